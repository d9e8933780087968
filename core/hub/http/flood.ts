import { prefixOf } from '../store/tokens.ts'

/** Counts by key within a minute; what is counted is forgotten with the minute. */
export interface Counter {
  /** The count after this one. */
  add(key: string): number
  countOf(key: string): number
  /** Until the counts are forgotten. */
  leftMs(): number
}

const minuteMs = 60_000
/** More keys than this in one minute is itself a flood: newcomers then share one count. */
const maxKeys = 50_000

function minuteCounter(now: () => number): Counter {
  let counts = new Map<string, number>()
  let until = 0
  const fresh = () => {
    if (now() < until && until - now() <= minuteMs) return counts
    until = now() + minuteMs
    counts = new Map()
    return counts
  }
  const keyed = (key: string) => (counts.size < maxKeys || counts.has(key) ? key : 'everybody else')
  return {
    add: key => {
      const held = fresh()
      const name = keyed(key)
      const count = (held.get(name) ?? 0) + 1
      held.set(name, count)
      return count
    },
    countOf: key => fresh().get(keyed(key)) ?? 0,
    leftMs: () => Math.max(1000, until - now()),
  }
}

/** How much is let through in a minute (security, section 5). */
export interface Limits {
  readonly perAddress: number
  readonly failuresPerToken: number
  readonly perToken: number
}
export const usualLimits: Limits = { perAddress: 6000, failuresPerToken: 20, perToken: 600 }

/** Guards the door: each answer is null (let in) or the milliseconds to wait. */
export interface FloodGuard {
  /** Before anything else is looked at. */
  admit(address: string, token: string | null): number | null
  failed(address: string, token: string | null): void
  /** After the token was found good. */
  admitToken(tokenId: string): number | null
}

/**
 * Wrong tokens are counted by address and by the name they begin with, so that one wrong console
 * does not lock out its office; all names we never gave out count as one, so that guessing does not
 * begin anew with each guess.
 */
export function floodGuard(
  limits: Limits,
  knownPrefix: (prefix: string) => boolean,
  now: () => number,
): FloodGuard {
  const addresses = minuteCounter(now)
  const failures = minuteCounter(now)
  const tokens = minuteCounter(now)
  const failureKey = (address: string, token: string | null) => {
    const prefix = token === null ? null : prefixOf(token)
    return `${address} ${prefix !== null && knownPrefix(prefix) ? prefix : 'unknown'}`
  }
  return {
    admit: (address, token) => {
      if (addresses.add(address) > limits.perAddress) return addresses.leftMs()
      const isLocked = failures.countOf(failureKey(address, token)) >= limits.failuresPerToken
      return isLocked ? failures.leftMs() : null
    },
    failed: (address, token) => void failures.add(failureKey(address, token)),
    admitToken: tokenId => (tokens.add(tokenId) > limits.perToken ? tokens.leftMs() : null),
  }
}

/**
 * How long each method has worked for one application or webhook: the portal blocks a method after
 * 480 s within ten minutes and leaves the others alone (bitrix24.md 2.3).
 */
import type { Clock } from './clock.ts'
import type { Work } from './envelope.ts'

const limitMs = 480_000
/** From here on the calls are spread over what is left of the ten minutes. */
const fullFrom = 0.8
/** The portal does not count less than that. */
const smallestCostMs = 100
const blockedMs = 60_000
/** Ten minutes and one more; a time further away is no time of the portal. */
const longestMs = 660_000

interface Account {
  readonly resetAt: number
  readonly gapMs: number
  readonly nextAt: number
  readonly blockedUntil: number
}
const fresh: Account = { resetAt: 0, gapMs: 0, nextAt: 0, blockedUntil: 0 }

export class Operating {
  readonly #clock: Clock
  readonly #accounts = new Map<string, Account>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** For how long one of these methods is blocked yet, in ms; 0: none is. */
  blockedForMs(methods: readonly string[]): number {
    const now = this.#clock.elapsed()
    return Math.ceil(Math.max(0, ...methods.map(one => this.#accountOf(one).blockedUntil - now)))
  }

  /** Takes the place of these calls (a method comes as often as it is called): ms to wait for it. */
  reserve(methods: readonly string[]): number {
    const now = this.#clock.elapsed()
    let waitMs = 0
    for (const method of methods) {
      const account = this.#accountOf(method)
      if (account.gapMs === 0 || now >= account.resetAt) continue
      waitMs = Math.max(waitMs, account.nextAt - now)
      const nextAt = Math.max(now, account.nextAt) + account.gapMs
      this.#accounts.set(method.toLowerCase(), { ...account, nextAt })
    }
    return Math.ceil(waitMs)
  }

  book(method: string, work: Work): void {
    const now = this.#clock.elapsed()
    const account = this.#accountOf(method)
    const leftMs = Math.min(longestMs, Math.max(0, work.resetInMs ?? 0))
    const isNearlyFull = work.operatingMs >= limitMs * fullFrom
    const costMs = Math.max(smallestCostMs, work.tookMs)
    const calls = Math.max(1, Math.floor((limitMs - work.operatingMs) / costMs))
    const gapMs = isNearlyFull ? leftMs / calls : 0
    const nextAt = gapMs === 0 ? 0 : Math.max(account.nextAt, now + gapMs)
    this.#accounts.set(method.toLowerCase(), {
      ...account,
      resetAt: now + leftMs,
      gapMs,
      nextAt,
    })
  }

  /** The portal has blocked it. Returns for how long, in ms: until the reset it told before. */
  block(method: string): number {
    const now = this.#clock.elapsed()
    const account = this.#accountOf(method)
    const pauseMs = account.resetAt > now ? account.resetAt - now : blockedMs
    this.#accounts.set(method.toLowerCase(), { ...account, blockedUntil: now + pauseMs })
    return Math.ceil(pauseMs)
  }

  #accountOf(method: string): Account {
    return this.#accounts.get(method.toLowerCase()) ?? fresh
  }
}

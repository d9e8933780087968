import { createBell } from './bell.ts'
import type { Bell, Sleep } from './bell.ts'

/** Why a lane cannot go on, as the status shows it. */
export type Trouble =
  | { readonly kind: 'offline' | 'slow' | 'unauthorised' }
  | { readonly kind: 'failed'; readonly reason: string }

/** One direction of traffic, with its own backoff: pushing may fail while pulling goes well. */
export interface Lane {
  readonly bell: Bell
  readonly trouble: Trouble | null
  /** The next attempt by our clock (UTC ms), when one is planned. */
  readonly retryAt: number | null
  succeeded(): void
  /** Returns how long to wait; null: until somebody asks (`bell.now`). */
  failed(trouble: Trouble, atLeastMs: number | null): number | null
  /** Forgets the backoff and goes now. */
  retry(): void
}

const firstDelayMs = 1_000
const longestDelayMs = 300_000
/** Full jitter may draw nought; a server in trouble is still not asked without a breath. */
const shortestDelayMs = 100

/** Full jitter over 1 s · 2ⁿ, at most 5 min; `failures` from 1. */
function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(30, failures - 1))
  return Math.max(shortestDelayMs, Math.round(random() * ceiling))
}

export function createLane(clock: {
  readonly now: () => number
  readonly sleep: Sleep
  readonly random: () => number
  readonly stop: AbortSignal
}): Lane {
  const bell = createBell(clock.sleep, clock.stop)
  let failures = 0
  let trouble: Trouble | null = null
  let retryAt: number | null = null
  const forget = () => {
    failures = 0
    retryAt = null
  }
  return {
    bell,
    get trouble() {
      return trouble
    },
    get retryAt() {
      return retryAt
    },
    succeeded() {
      forget()
      trouble = null
    },
    failed(what, atLeastMs) {
      failures += 1
      trouble = what
      const delay =
        what.kind === 'unauthorised'
          ? null
          : Math.max(atLeastMs ?? 0, backoffMs(failures, clock.random))
      retryAt = delay === null ? null : clock.now() + delay
      return delay
    },
    retry() {
      forget()
      bell.now()
    },
  }
}

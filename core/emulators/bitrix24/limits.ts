/** What a portal allows (bitrix24.md 2.3); null switches a limit off. */
export interface Limits {
  /** Leaky bucket: a request adds one, a second takes `perSecond`, above `burst` it is refused. */
  readonly rate: { readonly perSecond: number; readonly burst: number } | null
  /** Seconds of work of one method within ten minutes, for one webhook or application. */
  readonly operatingSeconds: number | null
  /** A request lives no longer. */
  readonly requestMs: number
  /** Seconds of work by method; what is not named costs nothing. */
  readonly costs: Readonly<Record<string, number>>
  /** On the way there and back, milliseconds. */
  readonly latencyMs: number
}

/** Not the enterprise plan. */
export const usualLimits: Limits = {
  rate: { perSecond: 2, burst: 50 },
  operatingSeconds: 480,
  requestMs: 60_000,
  costs: {},
  latencyMs: 0,
}

/** Counts requests of the whole portal: everything here comes from one address. */
export class LeakyBucket {
  #level = 0
  #at = 0

  /** Is this request let in? */
  pour(rate: NonNullable<Limits['rate']>, now: number): boolean {
    const passed = Math.max(0, now - this.#at)
    this.#level = Math.max(0, this.#level - (passed / 1000) * rate.perSecond)
    this.#at = now
    if (this.#level + 1 > rate.burst) return false
    this.#level += 1
    return true
  }
}

interface Minute {
  /** Of the first call in it, milliseconds. */
  readonly startedAt: number
  seconds: number
}

const minuteMs = 60_000
const windowMs = 600_000
/** The kernel does not count shorter runs. */
const ignoredSeconds = 0.1

/** Work of methods over ten buckets of a minute, by caller and method. */
export class OperatingTime {
  readonly #minutes = new Map<string, Map<number, Minute>>()

  /** Seconds so far, and when the oldest bucket drops out (epoch seconds). */
  stateOf(key: string, now: number): { readonly seconds: number; readonly resetAt: number } {
    const minutes = this.#minutes.get(key)
    let seconds = 0
    let oldest = now
    for (const [minute, bucket] of minutes ?? []) {
      if (bucket.startedAt + windowMs <= now) {
        minutes?.delete(minute)
        continue
      }
      seconds += bucket.seconds
      oldest = Math.min(oldest, bucket.startedAt)
    }
    return { seconds, resetAt: Math.floor((oldest + windowMs) / 1000) }
  }

  book(key: string, seconds: number, now: number): void {
    if (seconds <= ignoredSeconds) return
    const minutes = this.#minutes.get(key) ?? new Map<number, Minute>()
    this.#minutes.set(key, minutes)
    const minute = Math.floor(now / minuteMs)
    const bucket = minutes.get(minute) ?? { startedAt: now, seconds: 0 }
    bucket.seconds += seconds
    minutes.set(minute, bucket)
  }
}

/**
 * How fast a portal is asked: a leaky bucket under the portal's own, which all programs behind one
 * address share (bitrix24.md 2.3, sync.md 2.7), so it gives way when it is told to and comes back.
 */
import { BackendError } from '../errors.ts'
import type { Clock } from './clock.ts'

export interface Pace {
  readonly ratePerSecond: number
  readonly burst: number
}
export const usualPace: Pace = { ratePerSecond: 1.6, burst: 40 }

const slowestPerSecond = 0.1
const regainedPerSecond = 0.05
const shortestPauseMs = 1_000
const longestPauseMs = 30_000

interface Waiting {
  readonly go: () => void
}

export class Limiter {
  readonly #clock: Clock
  readonly #pace: Pace
  readonly #writes: Waiting[] = []
  readonly #reads: Waiting[] = []
  #ratePerSecond: number
  /** Requests not yet leaked away, at `#leakedAt`. */
  #level = 0
  #leakedAt: number
  #pausedUntil = 0
  #refusals = 0
  #refusedAt = Number.NEGATIVE_INFINITY
  #isServing = false
  #rest = new AbortController()

  constructor(clock: Clock, pace: Pace) {
    this.#clock = clock
    this.#pace = pace
    this.#ratePerSecond = pace.ratePerSecond
    this.#leakedAt = clock.elapsed()
  }

  get ratePerSecond(): number {
    return this.#ratePerSecond
  }

  /** Who waits, of both kinds. */
  get waiting(): number {
    return this.#writes.length + this.#reads.length
  }

  /** First come, first served, writes before reads. Throws `offline` when stopped: nothing left. */
  turn(isWrite: boolean, signal: AbortSignal): Promise<void> {
    const queue = isWrite ? this.#writes : this.#reads
    return new Promise((resolve, reject) => {
      const stop = () => {
        queue.splice(queue.indexOf(waiting), 1)
        if (this.waiting === 0) this.#rest.abort()
        reject(new BackendError('offline', 'stopped'))
      }
      const waiting: Waiting = {
        go() {
          signal.removeEventListener('abort', stop)
          resolve()
        },
      }
      if (signal.aborted) return reject(new BackendError('offline', 'stopped'))
      signal.addEventListener('abort', stop, { once: true })
      queue.push(waiting)
      void this.#serve()
    })
  }

  /**
   * The portal said that it is too much, to a request sent at that time (`elapsed`). Requests that
   * left together are refused together: they slow down once. Returns the pause in ms.
   */
  refused(sentAt: number): number {
    const now = this.#clock.elapsed()
    if (sentAt > this.#refusedAt) {
      this.#refusals += 1
      this.#refusedAt = now
      this.#leak()
      this.#level = this.#pace.burst
      this.#ratePerSecond = Math.max(slowestPerSecond, this.#ratePerSecond / 2)
      const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** (this.#refusals - 1))
      this.#pausedUntil = now + pauseMs * (1 + this.#clock.random())
    }
    return Math.max(shortestPauseMs, Math.ceil(this.#pausedUntil - now))
  }

  accepted(): void {
    this.#leak()
    this.#refusals = 0
    this.#ratePerSecond = Math.min(
      this.#pace.ratePerSecond,
      this.#ratePerSecond + regainedPerSecond,
    )
  }

  #leak(): void {
    const now = this.#clock.elapsed()
    const leaked = ((now - this.#leakedAt) / 1000) * this.#ratePerSecond
    this.#level = Math.max(0, this.#level - leaked)
    this.#leakedAt = now
  }

  #waitMs(): number {
    this.#leak()
    const overflow = this.#level + 1 - this.#pace.burst
    // A hair's breadth of rounding is not worth another turn of the clock.
    const leakMs = overflow > 1e-6 ? (overflow / this.#ratePerSecond) * 1000 : 0
    return Math.max(leakMs, this.#pausedUntil - this.#leakedAt)
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return
    this.#isServing = true
    while (this.waiting > 0) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        this.#rest = new AbortController()
        await this.#clock.sleep(Math.ceil(waitMs), this.#rest.signal)
        continue
      }
      this.#level += 1
      const next = this.#writes.shift() ?? this.#reads.shift()
      next?.go()
    }
    this.#isServing = false
  }
}

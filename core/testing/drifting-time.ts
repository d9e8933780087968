import type { Clock } from '../backends/bitrix24/clock.ts'

interface Sleeper {
  readonly at: number
  wake(): void
}

/** Longer than anybody means to wait: whoever sleeps so long is woken only by a signal. */
const foreverMs = 7 * 86_400_000
/** So many turns without work, and nobody has anything to do but wait. */
const quietTurns = 25

/** Time that goes on to the next who waits as soon as nobody has anything else to do. */
export function driftingTime(startAt: number): Clock & { leap(milliseconds: number): void } {
  let elapsed = 0
  let isDrifting = false
  const sleepers = new Set<Sleeper>()
  const drift = async () => {
    isDrifting = true
    while (sleepers.size > 0) {
      for (let turn = 0; turn < quietTurns; turn += 1) await new Promise(setImmediate)
      const [first] = [...sleepers].sort((one, other) => one.at - other.at)
      if (!first) break
      elapsed = Math.max(elapsed, first.at)
      first.wake()
    }
    isDrifting = false
  }
  return {
    now: () => startAt + elapsed,
    elapsed: () => elapsed,
    random: () => 0.5,
    leap: milliseconds => void (elapsed += milliseconds),
    sleep: (milliseconds, signal) =>
      new Promise(resolve => {
        const wake = () => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper = { at: elapsed + Math.max(0, milliseconds), wake }
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', wake)
        if (milliseconds >= foreverMs) return
        sleepers.add(sleeper)
        if (!isDrifting) void drift()
      }),
  }
}

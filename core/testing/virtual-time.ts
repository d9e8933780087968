import type { Sleep } from '../sync/bell.ts'

/** Time that passes only when a test lets it. */
export interface VirtualTime {
  now(): number
  readonly sleep: Sleep
  /** Lets everything happen that is due within this time, in order. */
  pass(milliseconds: number): Promise<void>
  /** Sets the wall clock off without any time passing: sleeps do not notice. */
  shiftClock(milliseconds: number): void
}

interface Sleeper {
  readonly at: number
  wake(): void
}

export function createVirtualTime(startAt: number): VirtualTime {
  let elapsed = 0
  let shift = 0
  const sleepers = new Set<Sleeper>()
  const earliest = (): Sleeper | null => {
    let found: Sleeper | null = null
    for (const sleeper of sleepers) if (!found || sleeper.at < found.at) found = sleeper
    return found
  }
  return {
    now: () => startAt + shift + elapsed,
    sleep: (milliseconds, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        const sleeper = {
          at: elapsed + Math.max(0, milliseconds),
          wake() {
            sleepers.delete(sleeper)
            signal.removeEventListener('abort', sleeper.wake)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal.addEventListener('abort', sleeper.wake)
      }),
    async pass(milliseconds) {
      const until = elapsed + milliseconds
      await settled()
      for (let next = earliest(); next && next.at <= until; next = earliest()) {
        elapsed = Math.max(elapsed, next.at)
        next.wake()
        await settled()
      }
      elapsed = until
    },
    shiftClock: milliseconds => void (shift += milliseconds),
  }
}

const quietTurns = 12
/** A turn this long means that somebody is at work between pauses of their own. */
const workMs = 2

/** Promises and pauses between slices have come to rest. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < quietTurns;) {
    const startedAt = performance.now()
    await new Promise(resolve => {
      setImmediate(resolve)
    })
    quiet = performance.now() - startedAt > workMs ? 0 : quiet + 1
  }
}

/** Time as the client sees it; tests pass their own. */
export interface Clock {
  /** UTC ms. */
  now(): number
  /** Monotonic ms. */
  elapsed(): number
  /** Resolves after the time or as soon as the signal is aborted; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** From 0 to less than 1. */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end)
    }),
  random: () => Math.random(),
}

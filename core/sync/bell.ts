/** Waiting that can be cut short; time and stopping come from outside. */
export interface Bell {
  /** There is something new to do: ends a rest, not a backoff. */
  work(): void
  /** Now: ends a rest and a backoff. */
  now(): void
  /** Forgets what rang before; called before looking for work, so that nothing rung later is missed. */
  clear(): void
  /** Until either rings or the time (null: no limit) is over. */
  rest(milliseconds: number | null): Promise<void>
  /** Until `now` rings or the time is over. */
  holdOff(milliseconds: number | null): Promise<void>
}

/** Resolves after the time or as soon as the signal is aborted; never rejects. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

type Loudness = 'none' | 'work' | 'now'

export function createBell(sleep: Sleep, stop: AbortSignal): Bell {
  let rung: Loudness = 'none'
  let wakeUp: ((loudness: Loudness) => void) | null = null
  const ring = (loudness: 'work' | 'now') => {
    if (rung !== 'now') rung = loudness
    wakeUp?.(loudness)
  }
  const wait = async (milliseconds: number | null, hears: (loudness: Loudness) => boolean) => {
    if (stop.aborted || hears(rung)) return
    const over = new AbortController()
    const ended = new Promise<void>(resolve => {
      over.signal.addEventListener('abort', () => resolve())
    })
    const end = () => over.abort('rung')
    wakeUp = loudness => {
      if (hears(loudness)) end()
    }
    stop.addEventListener('abort', end)
    await (milliseconds === null ? ended : sleep(milliseconds, over.signal))
    stop.removeEventListener('abort', end)
    wakeUp = null
    end()
  }
  return {
    work: () => ring('work'),
    now: () => ring('now'),
    clear: () => {
      rung = 'none'
    },
    rest: milliseconds => wait(milliseconds, loudness => loudness !== 'none'),
    holdOff: milliseconds => wait(milliseconds, loudness => loudness === 'now'),
  }
}

/** Real time. */
export const sleepFor: Sleep = (milliseconds, signal) =>
  new Promise(resolve => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    // Longer than a timer can hold means «until told»; the loops ask again anyway.
    const timer = setTimeout(end, Math.min(milliseconds, 2_147_483_647))
    signal.addEventListener('abort', end)
  })

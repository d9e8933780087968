import { BackendError } from '../backends/errors.ts'
import type { VirtualTime } from './virtual-time.ts'

export type Fault =
  | 'none'
  /** Nothing leaves. */
  | 'offline'
  /** It leaves and never arrives. */
  | 'lostRequest'
  /** It is carried out; the answer never comes. */
  | 'lostAnswer'
  /** The network delivers it twice. */
  | 'repeated'
  /** It is carried out after the asker has given up. */
  | 'delayed'
  | 'slow'
  | 'busy'
  | 'unauthorised'
  /** A portal's page with 200. */
  | 'senseless'

const patienceMs = 30_000
const zombieMs = 45_000
const slowMs = 8_000
const latencyMs = 20

interface Way {
  readonly time: VirtualTime
  readonly signal: AbortSignal
  readonly isWrite: boolean
}

/** Carries a question over and its answer back, as far as the fault lets it. */
export async function overTheNetwork<T>(way: Way, fault: Fault, run: () => T): Promise<T> {
  const { time, signal } = way
  if (signal.aborted || fault === 'offline') throw new BackendError('offline', fault)
  await time.sleep(latencyMs, signal)
  if (signal.aborted) throw new BackendError('ambiguous', fault)
  return ways[fault](way, run)
}

type Carry = <T>(way: Way, run: () => T) => T | Promise<T>

const ways: Readonly<Record<Fault, Carry>> = {
  none: (_way, run) => run(),
  offline: () => {
    throw new BackendError('offline', 'offline')
  },
  repeated: (_way, run) => {
    run()
    return run()
  },
  slow: async ({ time, signal }, run) => {
    await time.sleep(slowMs, signal)
    const answer = run()
    if (signal.aborted) throw new BackendError('ambiguous', 'stopped')
    return answer
  },
  busy: () => {
    throw new BackendError('busy', 'busy', { retryAfterMs: 2_000 })
  },
  unauthorised: () => {
    throw new BackendError('unauthorised', 'unauthorised')
  },
  senseless: ({ isWrite }) => {
    throw new BackendError(isWrite ? 'ambiguous' : 'broken', 'senseless', {
      code: 'senselessAnswer',
    })
  },
  lostAnswer: (way, run) => {
    run()
    return silence(way)
  },
  delayed: (way, run) => {
    void way.time
      .sleep(zombieMs, new AbortController().signal)
      .then(run)
      .catch(() => {})
    return silence(way)
  },
  lostRequest: way => silence(way),
}

async function silence({ time, signal }: Way): Promise<never> {
  await time.sleep(patienceMs, signal)
  throw new BackendError('ambiguous', 'silence')
}

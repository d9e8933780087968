import type { SyncStatus } from '../contract.ts'
import { outboxCounts } from '../store/outbox.ts'
import { readCursor } from '../store/write.ts'
import type { Line } from './line.ts'

/** What the window shows of the connection, worked out from what is known now. */
export function statusOf(line: Line): SyncStatus {
  const { push, pull } = line
  const retries = [push.retryAt, pull.retryAt].flatMap(at => (at === null ? [] : [at]))
  const counts = outboxCounts(line.store)
  return {
    link: linkOf(line),
    freshAt: readCursor(line.store).freshAt,
    retryAt: retries.length === 0 ? null : Math.min(...retries),
    ...counts,
    sendLeftMs: sendLeftMs(line, counts.waiting),
    load: line.load,
    clockOffsetMs: line.clockOffsetMs,
  }
}

/** At the pace so far, which knows nothing yet of the pauses a backend will make. */
function sendLeftMs({ drain, backend, now }: Line, waiting: number): number | null {
  const atPace = drain.leftMs(waiting, now())
  const atLeast = backend.leastMs?.(waiting) ?? null
  return atPace === null || atLeast === null ? atPace : Math.max(atPace, atLeast)
}

const gravity = ['unauthorised', 'failed', 'offline', 'slow'] as const

function linkOf(line: Line): SyncStatus['link'] {
  if (line.otherEpoch !== null) return { kind: 'epochChanged' }
  const troubles = [line.push.trouble, line.pull.trouble]
  for (const kind of gravity) {
    const trouble = troubles.find(one => one?.kind === kind)
    if (trouble) return trouble
  }
  if (line.slowAnswers > 0) return { kind: 'slow' }
  return { kind: line.load === null ? 'idle' : 'loading' }
}

const quietMs = 250

export interface Teller {
  /** Tells soon, or at once when the link itself has changed. */
  changed(): void
}

/** Tells the status when it differs from the last told, at most four times a second. */
export function createTeller(options: {
  readonly line: Line
  readonly tell: (status: SyncStatus) => void
  readonly report: (error: unknown) => void
}): Teller {
  const { line, tell, report } = options
  const { sleep, stop } = line
  let told = ''
  let toldLink = ''
  let isWaiting = false
  const say = () => {
    const current = statusOf(line)
    const text = JSON.stringify(current)
    if (text === told) return
    told = text
    toldLink = JSON.stringify(current.link)
    tell(current)
  }
  // Who changed something must not fail because it could not be told: a store may refuse to be read.
  const safely = (act: () => void) => {
    try {
      if (!stop.aborted) act()
    } catch (error) {
      report(error)
    }
  }
  const later = async () => {
    isWaiting = true
    await sleep(quietMs, stop)
    isWaiting = false
    safely(say)
  }
  return {
    changed: () =>
      safely(() => {
        if (JSON.stringify(linkOf(line)) !== toldLink) say()
        else if (!isWaiting) void later()
      }),
  }
}

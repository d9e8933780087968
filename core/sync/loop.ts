import type { Backend } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import type { SyncStatus } from '../contract.ts'
import { mergeWords } from '../store/merge-words.ts'
import type { Store } from '../store/open-store.ts'
import { sleepFor } from './bell.ts'
import type { Sleep } from './bell.ts'
import type { Lane } from './lane.ts'
import { createLine } from './line.ts'
import type { Line } from './line.ts'
import { pullOnce } from './pull.ts'
import type { PullResult } from './pull.ts'
import { pushOnce } from './push.ts'
import type { PushResult } from './push.ts'
import { createTeller, statusOf } from './status.ts'

/** Time and chance may be given, so that tests run in their own time. */
export interface SyncOptions {
  readonly store: Store
  readonly backend: Backend
  readonly now?: () => number
  readonly sleep?: Sleep
  readonly random?: () => number
  readonly onStatus?: (status: SyncStatus) => void
  /** Hears what is our fault and not the world's; never a BackendError. */
  readonly report?: (error: unknown) => void
}

/** Carries the outbox out and the world in. */
export interface Sync {
  start(): void
  /** After this nothing runs; what is in flight stays «unknown» and is asked again at the next start. */
  stop(): Promise<void>
  /** Forgets every backoff and tries now. */
  wake(): void
  status(): SyncStatus
  /** The head says that the other backend is the right one: everything is pulled anew, then pushed. */
  acceptEpoch(): void
  /** One round each, for tests and for programs without a loop; they never throw. */
  pushOnce(): Promise<PushResult>
  pullOnce(): Promise<PullResult>
}

const pollMs = 30_000
/** Notices come in bursts; one pull answers them all. */
const gatherMs = 100

export function createSync(options: SyncOptions): Sync {
  const { store, backend, sleep = sleepFor, onStatus, report = () => {} } = options
  const stopping = new AbortController()
  const stop = stopping.signal
  const line: Line = createLine({
    store,
    backend,
    stop,
    sleep,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    changed: () => teller.changed(),
  })
  const teller = createTeller({ line, tell: status => onStatus?.(status), report })
  let running: Promise<unknown> | null = null
  let forgetStore = () => {}
  const wake = () => {
    for (const lane of [line.push, line.pull, line.listen]) lane.retry()
  }
  return {
    start() {
      if (running || stop.aborted) return
      forgetStore = store.onTouched(touched => {
        if (!touched.isOutboxTouched) return
        line.push.bell.work()
        line.changed()
      })
      running = Promise.all([pushing(line, report), pulling(line, report), listening(line)])
    },
    async stop() {
      forgetStore()
      stopping.abort()
      await running
    },
    wake,
    status: () => statusOf(line),
    acceptEpoch() {
      line.acceptEpoch()
      wake()
    },
    pushOnce: () => pushOnce(line),
    pullOnce: () => pullOnce(line),
  }
}

/** Empties the outbox until it is stopped. */
export async function pushing(line: Line, report: (error: unknown) => void): Promise<void> {
  const { bell } = line.push
  while (!line.stop.aborted) {
    bell.clear()
    const wasOffline = line.push.trouble?.kind === 'offline'
    const result = await pushOnce(line)
    switch (result.kind) {
      case 'sent':
        if (wasOffline) retryIfOffline(line.pull, line.listen)
        break
      case 'nothing':
        await bell.rest(null)
        break
      case 'parked':
        await bell.holdOff(null)
        break
      case 'failed':
        if (result.error !== undefined) report(result.error)
        await bell.holdOff(result.delayMs)
    }
  }
}

async function pulling(line: Line, report: (error: unknown) => void): Promise<void> {
  const { bell } = line.pull
  while (!line.stop.aborted) {
    bell.clear()
    const result = await pullOnce(line)
    switch (result.kind) {
      case 'upToDate':
        retryIfOffline(line.push, line.listen)
        await mergeWords(line.store, { signal: line.stop }).catch(report)
        await bell.holdOff(gatherMs)
        await bell.rest(pollMs)
        break
      case 'parked':
      case 'stopped':
        await bell.holdOff(null)
        break
      case 'failed':
        if (result.error !== undefined) report(result.error)
        await bell.holdOff(result.delayMs)
    }
  }
}

/** One way works again, so the others need not wait out their backoff. */
function retryIfOffline(...lanes: readonly Lane[]): void {
  for (const lane of lanes) if (lane.trouble?.kind === 'offline') lane.retry()
}

/** What the stream of notices misses the next poll brings. */
async function listening(line: Line): Promise<void> {
  if (!line.backend.abilities.hasNotices) return
  const { listen, push, pull } = line
  const heard = () => {
    listen.succeeded()
    retryIfOffline(push, pull)
    pull.bell.work()
  }
  while (!line.stop.aborted) {
    listen.bell.clear()
    await line.backend.listen(heard, line.stop).catch(ignoreTheWorld)
    // A stream that broke is the first sign of a lost network: a pull finds out at once.
    pull.bell.work()
    await listen.bell.holdOff(listen.failed({ kind: 'offline' }, null))
  }
}

function ignoreTheWorld(error: unknown): void {
  if (!(error instanceof BackendError)) throw error
}

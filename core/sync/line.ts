import type { Backend } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import type { DecisionId } from '../domain/id.ts'
import type { Store } from '../store/open-store.ts'
import { readMe, writeMe } from '../store/org.ts'
import { sentDecisions } from '../store/outbox.ts'
import { beginRestart, readCursor } from '../store/write.ts'
import type { Sleep } from './bell.ts'
import { createDrain } from './drain.ts'
import type { Drain } from './drain.ts'
import { createLane } from './lane.ts'
import type { Lane, Trouble } from './lane.ts'

export interface Clock {
  /** Wall time, UTC ms; for display and for what is written, never for waiting. */
  readonly now: () => number
  readonly sleep: Sleep
  /** From 0 up to, not including, 1. */
  readonly random: () => number
}

export interface Load {
  readonly done: number
  readonly total: number
  readonly leftMs: number | null
}

/** What both directions share: one store, one backend, and what is known of the way between. */
export interface Line extends Clock {
  readonly store: Store
  readonly backend: Backend
  readonly stop: AbortSignal
  readonly push: Lane
  readonly pull: Lane
  /** The stream of notices; its troubles are not shown, for it only saves time. */
  readonly listen: Lane
  /** Sent, and what became of it not yet written down. */
  readonly inFlight: Set<DecisionId>
  /** Refused together with others; one of them spoils the rest. */
  readonly suspects: Set<DecisionId>
  /** The backend asked to leave them alone for a while. */
  readonly resting: Set<DecisionId>
  readonly drain: Drain
  load: Load | null
  clockOffsetMs: number | null
  /** Answers we have been waiting for longer than 5 s. */
  slowAnswers: number
  /** The backend is another one than before: nothing goes either way until the head says so. */
  otherEpoch: string | null
  /** Asks, and notices slowness. */
  ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Before the first decision of a connection: is it still the backend we know? */
  verify(): Promise<void>
  /** The connection broke: what is behind it may be another backend next time. */
  unverify(): void
  /** False when `epoch` is not the one this replica was filled from. */
  isSameEpoch(epoch: string): boolean
  acceptEpoch(): void
  /** Something the status shows may have changed. */
  changed(): void
}

const slowAfterMs = 5_000

export interface LineOptions extends Clock {
  readonly store: Store
  readonly backend: Backend
  readonly stop: AbortSignal
  readonly changed: () => void
}

export function createLine({ store, backend, stop, changed, ...clock }: LineOptions): Line {
  let accepted: string | null = null
  let verified: Promise<void> | null = null
  const line: Line = {
    ...clock,
    store,
    backend,
    stop,
    changed,
    push: createLane({ ...clock, stop }),
    pull: createLane({ ...clock, stop }),
    listen: createLane({ ...clock, stop }),
    // Another line over this store may have been stopped in the middle.
    inFlight: new Set(sentDecisions(store)),
    suspects: new Set(),
    resting: new Set(),
    drain: createDrain(),
    load: null,
    clockOffsetMs: null,
    slowAnswers: 0,
    otherEpoch: null,
    ask: question => asking(line, question),
    verify: () => (verified ??= introduce(line).catch(forgetAndThrow)),
    unverify: () => {
      verified = null
    },
    isSameEpoch(epoch) {
      const known = accepted ?? readMe(store)?.epoch ?? readCursor(store).epoch
      if (known === null || known === epoch) return true
      line.otherEpoch = epoch
      changed()
      return false
    },
    acceptEpoch() {
      accepted = line.otherEpoch ?? accepted
      line.otherEpoch = null
      verified = null
      beginRestart(store)
    },
  }
  const forgetAndThrow = (error: unknown) => {
    verified = null
    throw error
  }
  return line
}

async function asking<T>(line: Line, question: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const answered = new AbortController()
  let isSlow = false
  const watch = line.sleep(slowAfterMs, answered.signal).then(() => {
    if (answered.signal.aborted || line.stop.aborted) return
    isSlow = true
    line.slowAnswers += 1
    line.changed()
  })
  try {
    return await question(line.stop)
  } finally {
    // A reason of its own: the usual one is an error made anew each time.
    answered.abort('answered')
    await watch
    if (isSlow) line.slowAnswers -= 1
    line.changed()
  }
}

async function introduce(line: Line): Promise<void> {
  const askedAt = line.now()
  const me = await line.ask(signal => line.backend.me(signal))
  noteClock(line, askedAt, me.now)
  if (line.isSameEpoch(me.epoch)) writeMe(line.store, me)
}

/** The backend's clock against ours, taken at the middle of the round trip. */
export function noteClock(line: Line, askedAt: number, theirNow: number): void {
  line.clockOffsetMs = Math.round(theirNow - (askedAt + line.now()) / 2)
}

/** Each kind of failure has one consequence; what is not the world's is the program's own. */
export function troubleOf(error: unknown): { trouble: Trouble; atLeastMs: number | null } {
  if (!(error instanceof BackendError))
    return { trouble: { kind: 'failed', reason: codeOf(error) }, atLeastMs: null }
  switch (error.kind) {
    case 'offline':
    case 'ambiguous':
      return { trouble: { kind: 'offline' }, atLeastMs: null }
    case 'busy':
      return { trouble: { kind: 'slow' }, atLeastMs: error.retryAfterMs }
    case 'unauthorised':
      return { trouble: { kind: 'unauthorised' }, atLeastMs: null }
    case 'forbidden':
    case 'refused':
    case 'broken':
      return { trouble: { kind: 'failed', reason: error.code ?? error.kind }, atLeastMs: null }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'internal'

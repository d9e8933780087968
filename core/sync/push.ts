import type { Outcome, Unsettled } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import type { Decision } from '../domain/decision.ts'
import {
  dueDecisions,
  keepWitnesses,
  markSending,
  markUnknown,
  requeue,
  sendingOf,
  settle,
} from '../store/outbox.ts'
import { holdForAbsent } from './hold.ts'
import { troubleOf } from './line.ts'
import type { Line } from './line.ts'
import { doubtWhatWasSent, isEditWaiting, pushEdit } from './push-edits.ts'
import { rest } from './rest.ts'

export type PushResult =
  | { readonly kind: 'sent'; readonly count: number }
  | { readonly kind: 'nothing' | 'parked' }
  /** `delayMs` null: wait until somebody asks. `error`: set when it was not the world's fault. */
  | { readonly kind: 'failed'; readonly delayMs: number | null; readonly error?: unknown }

const batchSize = 50
/** Waiting is the lane's, by elapsed time: a clock that was set back must not hold a decision. */
const wheneverDue = Number.MAX_SAFE_INTEGER

/**
 * One round of the outbox: the oldest waiting decision of each case, at most 50, sent together.
 * Never throws.
 */
export async function pushOnce(line: Line): Promise<PushResult> {
  if (line.otherEpoch !== null) return { kind: 'parked' }
  try {
    settleLeftovers(line)
    const isDecisionDue = dueNow(line, 1).length > 0
    if (!isDecisionDue && !isEditWaiting(line)) {
      if (line.resting.size === 0) line.drain.empty()
      line.push.succeeded()
      return { kind: 'nothing' }
    }
    await line.verify()
    if (line.otherEpoch !== null) return { kind: 'parked' }
    if (!isDecisionDue) {
      const sent = await pushEdit(line)
      line.push.succeeded()
      return { kind: 'sent', count: sent }
    }
    holdForAbsent(line, dueNow(line, batchSize))
    // Asked again: the head may have taken something back while we waited.
    const count = await send(line, batchOf(line))
    line.push.succeeded()
    return { kind: 'sent', count }
  } catch (error) {
    return failed(line, error)
  } finally {
    line.changed()
  }
}

/** Without those that rest: what the backend has asked to leave alone for a while. */
const dueNow = ({ store, resting }: Line, limit: number): readonly Decision[] =>
  dueDecisions(store, wheneverDue, limit + resting.size)
    .filter(({ decisionId }) => !resting.has(decisionId))
    .slice(0, limit)

/** Everything that waits, or one of those that were refused together: alone it gets its own answer. */
function batchOf(line: Line): readonly Decision[] {
  const due = dueNow(line, batchSize)
  const suspect = due.find(({ decisionId }) => line.suspects.has(decisionId))
  return suspect ? [suspect] : due
}

async function send(line: Line, decisions: readonly Decision[]): Promise<number> {
  if (decisions.length === 0) return 0
  const { store, inFlight, suspects } = line
  const ids = decisions.map(decision => decision.decisionId)
  markSending(store, ids, line.now())
  line.drain.settled(0, line.now())
  for (const id of ids) inFlight.add(id)
  const outcomes = await answersTo(line, decisions)
  if (outcomes === 'refusedTogether') {
    requeue(store, ids, 'refusedTogether', line.now())
    for (const id of ids) suspects.add(id)
  } else {
    const settled = outcomes.filter(isSettled)
    settle(store, settled, line.now())
    line.drain.settled(settled.length, line.now())
    for (const one of outcomes) if (!isSettled(one)) rest(line, one)
    for (const id of ids) suspects.delete(id)
  }
  for (const id of ids) inFlight.delete(id)
  return ids.length
}

const isSettled = (one: Outcome | Unsettled): one is Outcome => 'current' in one

async function answersTo(
  line: Line,
  decisions: readonly Decision[],
): Promise<readonly (Outcome | Unsettled)[] | 'refusedTogether'> {
  const { store, backend } = line
  const sendings = decisions.map(decision => sendingOf(store, decision))
  try {
    return await line.ask(signal =>
      backend.push(sendings, witnesses => keepWitnesses(store, witnesses), signal),
    )
  } catch (error) {
    if (!(error instanceof BackendError) || error.kind !== 'refused') throw error
    return decisions.length > 1 ? 'refusedTogether' : decisions.map(refusal)
  }
}

/** The backend understood and will never take it. */
const refusal = ({ decisionId }: Decision): Outcome => ({
  decisionId,
  outcome: 'rejected',
  code: 'invalid',
  current: null,
  changedBy: null,
  changedAt: null,
})

function failed(line: Line, error: unknown): PushResult {
  const { trouble, atLeastMs } = troubleOf(error)
  const delayMs = line.push.failed(trouble, atLeastMs)
  if (trouble.kind === 'offline') line.unverify()
  const unwritten = writeDown(line, error, line.now() + Math.ceil(delayMs ?? 0))
  const ours = unwritten ?? (error instanceof BackendError ? undefined : error)
  return ours === undefined ? { kind: 'failed', delayMs } : { kind: 'failed', delayMs, error: ours }
}

const neverLeft: ReadonlySet<string> = new Set(['offline', 'busy', 'unauthorised', 'forbidden'])

/**
 * What was in flight either did not leave, or nobody knows. Returns what the store threw: then it
 * stays in flight for `settleLeftovers`.
 */
function writeDown(line: Line, error: unknown, dueAt: number): unknown {
  const ids = [...line.inFlight]
  if (ids.length === 0 || !(error instanceof BackendError)) return undefined
  try {
    if (neverLeft.has(error.kind)) requeue(line.store, ids, error.kind, dueAt)
    else markUnknown(line.store, ids, error.kind, dueAt)
    line.inFlight.clear()
    return undefined
  } catch (thrown) {
    return thrown
  }
}

/** What came back could not be written (a full disk, say): ask the backend for it again. */
function settleLeftovers(line: Line): void {
  doubtWhatWasSent(line)
  if (line.inFlight.size === 0) return
  markUnknown(line.store, [...line.inFlight], 'notWritten', line.now())
  line.inFlight.clear()
}

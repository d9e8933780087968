import { sql } from 'kysely'
import type { Decision, DecisionState } from '../domain/decision.ts'
import type { CaseId, DecisionId } from '../domain/id.ts'
import { cancelWithDependents } from './cancel.ts'
import { jsonList, statement, tables } from './db.ts'
import { decisionIn, decisionRow, move, toRecord, type DecisionRow } from './decision-rows.ts'
import { editCounts } from './org-edits.ts'
import type { DecisionRecord, OutboxCounts, PendingState } from './records.ts'
import type { Store } from './store.ts'

export { outboxItems, unsentAsJson } from './outbox-items.ts'
export { resolve } from './resolve.ts'
export { settle } from './settle.ts'
export { keepWitnesses, sendingOf } from './witness.ts'

/** Longer than any pause we make: a due time further off means that the clock was set back. */
const longestPauseMs = 3_600_000

/** The oldest unsettled decision of its case; applied ones wait only to be seen and hold up nothing. */
const isFirst = sql<boolean>`not exists (
  select 1 from decisions as earlier where earlier.caseId = decisions.caseId
  and earlier.seq < decisions.seq and earlier.isSettled = 0 and earlier.state <> 'applied')`

const waitingFirst = tables
  .selectFrom('decisions')
  .where('isSettled', '=', sql.lit(0))
  .where('state', 'in', [sql.lit<DecisionState>('queued'), sql.lit<DecisionState>('unknown')])
  .where(isFirst)

const due = statement<{ now: number; late: number; limit: number }>()(value =>
  waitingFirst
    .selectAll()
    .where(eb => eb.or([eb('dueAt', '<=', value('now')), eb('dueAt', '>', value('late'))]))
    .orderBy('seq')
    // SQLite plans a query anew each time a bare parameter is its limit.
    .limit(sql<number>`${value('limit')} + 0`),
)

/** At most one a case: its oldest unsettled one, when queued or unknown and due. */
export const dueDecisions = (store: Store, now: number, limit: number): Decision[] =>
  store.all(due({ now, late: now + longestPauseMs, limit })).map(decisionIn)

const nearest = statement()(() => waitingFirst.select('dueAt'))

/** When the next waiting decision may be tried (0: at once); null: nothing waits, or only behind a conflict. */
export function nextDueAt(store: Store): number | null {
  const late = store.now() + longestPauseMs
  const times = store.all(nearest({})).map(({ dueAt }) => (dueAt > late ? 0 : dueAt))
  return times.length > 0 ? times.reduce((one, other) => Math.min(one, other)) : null
}

const sending = statement()(() =>
  tables
    .selectFrom('decisions')
    .select('decisionId')
    .where('isSettled', '=', sql.lit(0))
    .where('state', '=', sql.lit<DecisionState>('sending')),
)

/** What was sent and is not known to be answered. */
export const sentDecisions = (store: Store): DecisionId[] =>
  store.all(sending({})).map(({ decisionId }) => decisionId)

/**
 * Committed before the first byte leaves. Throws, and marks none, when one of them is no longer
 * waiting: what the head has taken back meanwhile must not be sent.
 */
export function markSending(store: Store, ids: readonly DecisionId[], now: number): void {
  store.transact(touching => {
    for (const id of ids) {
      const row = decisionRow(store, id)
      if (row?.state !== 'queued' && row?.state !== 'unknown')
        throw new Error(
          `a decision that does not wait cannot be sent: ${id} is ${row?.state ?? 'not here'}`,
        )
      const changes = { attempt: row.attempt + 1 }
      move(store, touching, row, { to: 'sending', why: 'sent', at: now, changes })
    }
  })
}

/** Not executed: back to the queue, due at `dueAt`. One that was unknown before stays unknown. */
export const requeue = (
  store: Store,
  ids: readonly DecisionId[],
  why: string,
  dueAt: number,
): void =>
  putBack(store, ids, row => ({
    to: row.isDoubtful ? 'unknown' : 'queued',
    why,
    changes: { dueAt },
  }))

/** There is evidence that what left had no effect: as if it had never left. */
export const queueAnew = (
  store: Store,
  ids: readonly DecisionId[],
  why: string,
  dueAt: number,
): void =>
  putBack(store, ids, () => ({
    to: 'queued',
    why,
    changes: { dueAt, isDoubtful: 0, witness: null },
  }))

/** Sent and not answered: to be asked again at `dueAt`. */
export const markUnknown = (
  store: Store,
  ids: readonly DecisionId[],
  why: string,
  dueAt: number,
): void => putBack(store, ids, () => ({ to: 'unknown', why, changes: { dueAt, isDoubtful: 1 } }))

function putBack(
  store: Store,
  ids: readonly DecisionId[],
  decide: (row: DecisionRow) => {
    to: DecisionState
    why: string
    changes: { dueAt: number; isDoubtful?: number; witness?: null }
  },
): void {
  store.transact(touching => {
    for (const id of ids) {
      const row = decisionRow(store, id)
      if (row?.state === 'sending' || row?.state === 'unknown')
        move(store, touching, row, { ...decide(row), at: store.now() })
    }
  })
}

/** Only queued and conflicting ones, with what was decided on top of them; returns which. */
export const cancelDecisions = (
  store: Store,
  ids: readonly DecisionId[],
  why: string,
): DecisionId[] =>
  store.transact(touching => cancelWithDependents(store, touching, { ids, why, at: store.now() }))

const forgetPause = statement()(() =>
  tables
    .updateTable('decisions')
    .set({ dueAt: 0 })
    .where('isSettled', '=', sql.lit(0))
    .where('dueAt', '>', 0),
)
/** Forget the backoff: everything that waits is due now. */
export const dueNow = (store: Store): void =>
  store.transact(touching => {
    touching.isOutboxTouched ||= store.run(forgetPause({})).changes > 0
  })

const seeAll = statement()(() =>
  tables
    .updateTable('decisions')
    .set({ isSeen: 1 })
    .where('state', '=', sql.lit('rejected'))
    .where('isSeen', '=', sql.lit(0)),
)
const see = statement<{ ids: string }>()(value =>
  tables
    .updateTable('decisions')
    .set({ isSeen: 1 })
    .where('state', '=', sql.lit('rejected'))
    .where('isSeen', '=', sql.lit(0))
    .where('decisionId', 'in', sql<DecisionId>`(select value from json_each(${value('ids')}))`),
)
/** Rejected decisions the head has looked at are no longer counted; null: all. */
export const markSeen = (store: Store, ids: readonly DecisionId[] | null): void =>
  store.transact(touching => {
    const { changes } = store.run(ids ? see({ ids: jsonList(ids) }) : seeAll({}))
    touching.isOutboxTouched ||= changes > 0
  })

const byState = statement()(() =>
  tables
    .selectFrom('decisions')
    .select(eb => ['state', eb.fn.countAll<number>().as('count')])
    .where('isSettled', '=', sql.lit(0))
    .groupBy('state'),
)
const unseen = statement()(() =>
  tables
    .selectFrom('decisions')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('rejected'))
    .where('isSeen', '=', sql.lit(0)),
)
/** Decisions and edits of the organisation together. */
export function outboxCounts(store: Store): OutboxCounts {
  const counts = new Map(store.all(byState({})).map(row => [row.state, row.count]))
  const of = (state: DecisionState) => counts.get(state) ?? 0
  const edits = editCounts(store)
  return {
    waiting: of('queued') + of('sending') + of('unknown') + edits.waiting,
    conflicts: of('conflict') + edits.conflicts,
    rejected: (store.one(unseen({}))?.count ?? 0) + edits.rejected,
  }
}

const pendingAll = statement()(() =>
  tables
    .selectFrom('decisions')
    .select(['caseId', 'state'])
    .where('isSettled', '=', sql.lit(0))
    .where('state', '<>', sql.lit('applied'))
    .where(isFirst),
)
const pendingOf = statement<{ caseIds: string }>()(value =>
  tables
    .selectFrom('decisions')
    .select(['caseId', 'state'])
    .where('caseId', 'in', sql<CaseId>`(select value from json_each(${value('caseIds')}))`)
    .where('isSettled', '=', sql.lit(0))
    .where('state', '<>', sql.lit('applied'))
    .where(isFirst),
)
/** By case, the state of its oldest unsettled decision; null: all cases. */
export function pendingStates(
  store: Store,
  caseIds: Iterable<CaseId> | null,
): Record<CaseId, PendingState> {
  const rows = store.all(caseIds ? pendingOf({ caseIds: jsonList(caseIds) }) : pendingAll({}))
  const states: Record<CaseId, PendingState> = {}
  for (const { caseId, state } of rows) if (isPending(state)) states[caseId] = state
  return states
}
const isPending = (state: DecisionState): state is PendingState =>
  state === 'queued' || state === 'sending' || state === 'unknown' || state === 'conflict'

const ofCase = statement<{ caseId: CaseId }>()(value =>
  tables.selectFrom('decisions').selectAll().where('caseId', '=', value('caseId')).orderBy('seq'),
)
/** All decisions about a case, oldest first. */
export const decisionsOf = (store: Store, caseId: CaseId): DecisionRecord[] =>
  store.all(ofCase({ caseId })).map(toRecord)

export function readDecision(store: Store, decisionId: DecisionId): DecisionRecord | null {
  const row = decisionRow(store, decisionId)
  return row ? toRecord(row) : null
}

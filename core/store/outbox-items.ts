import { sql } from 'kysely'
import type { Fields } from '../domain/decision.ts'
import type { DecisionId } from '../domain/id.ts'
import { fromJson, jsonList, statement, tables } from './db.ts'
import { decisionIn, type DecisionRow } from './decision-rows.ts'
import { fieldsOf, sameFields, haveSameValues } from './fold.ts'
import { editIn, unsettledEditRows } from './org-edit-rows.ts'
import { baseCase } from './overlay.ts'
import type { Conflict, OutboxItem } from './records.ts'
import { finalWish } from './settle.ts'
import type { Store } from './store.ts'

const unfinished = statement<{ limit: number }>()(value =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where(eb =>
      eb.or([
        eb.and([eb('isSettled', '=', sql.lit(0)), eb('state', '<>', sql.lit('applied'))]),
        eb.and([eb('state', '=', sql.lit('rejected')), eb('isSeen', '=', sql.lit(0))]),
      ]),
    )
    .orderBy('seq')
    .limit(value('limit')),
)
const newest = statement<{ but: string; limit: number }>()(value =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where('decisionId', 'not in', sql<DecisionId>`(select value from json_each(${value('but')}))`)
    .orderBy('seq', 'desc')
    .limit(value('limit')),
)

/** Unfinished ones first, in the order they were made, then the newest finished. */
export function outboxItems(store: Store, limit: number): OutboxItem[] {
  const first = store.all(unfinished({ limit }))
  const but = jsonList(first.map(row => row.decisionId))
  const rest = store.all(newest({ but, limit: limit - first.length }))
  return [...first, ...rest].map(row => ({
    decision: decisionIn(row),
    state: row.state,
    attempt: row.attempt,
    caseNumber: row.caseNumber,
    subject: row.subject,
    retryAt:
      row.dueAt > 0 && (row.state === 'queued' || row.state === 'unknown') ? row.dueAt : null,
    code: row.code,
    conflict: row.state === 'conflict' ? conflictOf(store, row) : null,
    isSeen: row.isSeen === 1,
  }))
}

function conflictOf(store: Store, row: DecisionRow): Conflict {
  const { base, mine } = finalWish(store, row)
  const told = toldOf(row)
  const now = baseCase(store, row.caseId)
  const theirs = sameFields(mine, theirsOf(store, row))
  const isAsTold = !now || haveSameValues(theirs, sameFields(mine, told))
  return {
    base,
    mine,
    theirs,
    changedBy: isAsTold ? row.changedBy : null,
    changedAt: isAsTold ? row.theirsAt : (now?.updatedAt ?? null),
  }
}

/** What the replica shows now, for it may have moved on since; else what the conflict told. */
export function theirsOf(store: Store, row: DecisionRow): Fields {
  const now = baseCase(store, row.caseId)
  return now ? fieldsOf(now) : toldOf(row)
}

const toldOf = (row: DecisionRow): Fields =>
  row.theirsJson === null ? {} : fromJson<Fields>(row.theirsJson)

const allUnfinished = statement()(() =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where('isSettled', '=', sql.lit(0))
    .where('state', '<>', sql.lit('applied'))
    .orderBy('seq'),
)

/** Everything not yet confirmed, for a file the user keeps. */
export function unsentAsJson(store: Store): string {
  const decisions = store.all(allUnfinished({})).map(row => ({
    caseNumber: row.caseNumber,
    subject: row.subject,
    state: row.state,
    attempt: row.attempt,
    why: row.why,
    decision: decisionIn(row),
  }))
  const head = {
    format: 'nachalo-unsent',
    v: 1,
    workspaceId: store.workspaceId,
    writtenAt: store.now(),
  }
  const orgEdits = unsettledEditRows(store)
    .filter(({ state }) => state !== 'applied')
    .map(row => ({ state: row.state, attempt: row.attempt, edit: editIn(row) }))
  const whole = { ...head, decisions, ...(orgEdits.length > 0 ? { orgEdits } : {}) }
  return `${JSON.stringify(whole, null, 2)}\n`
}

import { sql, type Selectable } from 'kysely'
import type { Decision, DecisionState, Fields } from '../domain/decision.ts'
import type { CaseId, DecisionId, EditId } from '../domain/id.ts'
import { fromJson, jsonList, statement, tables } from './db.ts'
import type { DecisionRecord } from './records.ts'
import type { Store, Touching } from './store.ts'
import type { OutboxTables } from './tables.ts'

export type DecisionRow = Selectable<OutboxTables['decisions']>

export const decisionIn = (row: Pick<DecisionRow, 'contentJson'>): Decision =>
  fromJson<Decision>(row.contentJson)

const dependsOn = (row: Pick<DecisionRow, 'dependsOnJson'>): readonly DecisionId[] =>
  fromJson<DecisionId[]>(row.dependsOnJson)

export const toRecord = (row: DecisionRow): DecisionRecord => ({
  decision: decisionIn(row),
  told: row.theirsJson === null ? null : fromJson<Fields>(row.theirsJson),
  state: row.state,
  attempt: row.attempt,
  code: row.code,
  why: row.why,
  changedAt: row.changedAt,
})

const rowOf = statement<{ decisionId: DecisionId }>()(value =>
  tables.selectFrom('decisions').selectAll().where('decisionId', '=', value('decisionId')),
)
export const decisionRow = (store: Store, decisionId: DecisionId): DecisionRow | undefined =>
  store.one(rowOf({ decisionId }))

const unsettledOf = statement<{ caseId: CaseId }>()(value =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where('caseId', '=', value('caseId'))
    .where('isSettled', '=', sql.lit(0))
    .orderBy('seq'),
)
/** Those of a case that can still matter, oldest first. */
export const unsettledRows = (store: Store, caseId: CaseId): DecisionRow[] =>
  store.all(unsettledOf({ caseId }))

const unsettledCases = statement()(() =>
  tables.selectFrom('decisions').select('caseId').distinct().where('isSettled', '=', sql.lit(0)),
)
export const unsettledCaseIds = (store: Store): Set<CaseId> =>
  new Set(store.all(unsettledCases({})).map(row => row.caseId))

const rejectedAmong = statement<{ ids: string }>()(value =>
  tables
    .selectFrom('decisions')
    .select('decisionId')
    .where('state', '=', sql.lit('rejected'))
    .where('decisionId', 'in', sql<DecisionId>`(select value from json_each(${value('ids')}))`),
)

/**
 * Of a case's unsettled decisions, those the head should see: not the conflicting ones, nor what
 * was decided on top of a conflicting or rejected one, unless it came true all the same.
 */
export function standing(store: Store, rows: readonly DecisionRow[]): DecisionRow[] {
  const known = new Set(rows.map(row => row.decisionId))
  const elsewhere = rows.flatMap(dependsOn).filter(id => !known.has(id))
  const lifted = new Set<DecisionId>(
    elsewhere.length > 0
      ? store.all(rejectedAmong({ ids: jsonList(elsewhere) })).map(row => row.decisionId)
      : [],
  )
  return rows.filter(row => {
    const isHollow = row.state !== 'applied' && dependsOn(row).some(id => lifted.has(id))
    const isLifted = row.state === 'conflict' || isHollow
    if (isLifted) lifted.add(row.decisionId)
    return !isLifted
  })
}

/** The unsent decisions of a case that were made on top of one of these, directly or not. */
export function dependents(
  rows: readonly DecisionRow[],
  of: ReadonlySet<DecisionId>,
): DecisionRow[] {
  const reached = new Set(of)
  return rows.filter(row => {
    if (row.state !== 'queued' || !dependsOn(row).some(id => reached.has(id))) return false
    reached.add(row.decisionId)
    return !of.has(row.decisionId)
  })
}

type Changes = Partial<
  Pick<
    DecisionRow,
    | 'attempt'
    | 'dueAt'
    | 'isDoubtful'
    | 'resultVersion'
    | 'code'
    | 'theirsJson'
    | 'changedBy'
    | 'theirsAt'
    | 'witness'
  >
>

const columns = [
  'state',
  'why',
  'changedAt',
  'attempt',
  'dueAt',
  'isDoubtful',
  'isSettled',
  'resultVersion',
  'code',
  'theirsJson',
  'changedBy',
  'theirsAt',
  'witness',
] as const satisfies readonly (keyof DecisionRow)[]

const moveRow = statement<DecisionRow>()(value =>
  tables
    .updateTable('decisions')
    .set(Object.fromEntries(columns.map(name => [name, value(name)])))
    .where('seq', '=', value('seq')),
)

const addEvent = statement<{
  decisionId: DecisionId | EditId
  at: number
  fromState: DecisionState | null
  toState: DecisionState
  why: string
  evidenceJson: string | null
}>()(value =>
  tables.insertInto('decisionEvents').values({
    decisionId: value('decisionId'),
    at: value('at'),
    fromState: value('fromState'),
    toState: value('toState'),
    why: value('why'),
    evidenceJson: value('evidenceJson'),
  }),
)

export interface Move {
  readonly to: DecisionState
  readonly why: string
  readonly at: number
  readonly changes?: Changes
  readonly evidence?: unknown
}

const endsAtOnce: ReadonlySet<DecisionState> = new Set(['rejected', 'superseded', 'cancelled'])

/** One transition with its line in the log; an applied one is settled later, when the replica shows it. */
export function move(
  store: Store,
  touching: Touching,
  row: DecisionRow,
  { to, why, at, changes, evidence }: Move,
) {
  store.run(
    moveRow({
      ...row,
      ...changes,
      state: to,
      why,
      changedAt: at,
      isSettled: endsAtOnce.has(to) ? 1 : 0,
    }),
  )
  logEvent(store, row.decisionId, { from: row.state, to, why, at, evidence })
  touching.isOutboxTouched = true
  touching.caseIds.add(row.caseId)
}

export function logEvent(
  store: Store,
  decisionId: DecisionId | EditId,
  event: Omit<Move, 'changes'> & { readonly from: DecisionState | null },
): void {
  store.run(
    addEvent({
      decisionId,
      at: event.at,
      fromState: event.from,
      toState: event.to,
      why: event.why,
      evidenceJson: event.evidence === undefined ? null : JSON.stringify(event.evidence),
    }),
  )
}

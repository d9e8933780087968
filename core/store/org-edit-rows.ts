import { sql, type Selectable } from 'kysely'
import type { DecisionState, Reason } from '../domain/decision.ts'
import type { EditId } from '../domain/id.ts'
import { isOnTopOf, type OrgEdit } from '../domain/org-edit.ts'
import { fromJson, statement, tables } from './db.ts'
import { logEvent } from './decision-rows.ts'
import type { Store, Touching } from './store.ts'
import type { OutboxTables } from './tables.ts'

export type EditRow = Selectable<OutboxTables['orgEdits']>

export const editIn = (row: Pick<EditRow, 'contentJson'>): OrgEdit =>
  fromJson<OrgEdit>(row.contentJson)

const rowOf = statement<{ editId: EditId }>()(value =>
  tables.selectFrom('orgEdits').selectAll().where('editId', '=', value('editId')),
)
export const editRow = (store: Store, editId: EditId): EditRow | undefined =>
  store.one(rowOf({ editId }))

const unsettled = statement()(() =>
  tables.selectFrom('orgEdits').selectAll().where('isSettled', '=', sql.lit(0)).orderBy('seq'),
)
/** Edits that can still matter, oldest first. */
export const unsettledEditRows = (store: Store): EditRow[] => store.all(unsettled({}))

/** The unsent edits made on top of one of these, directly or not. */
export function editsOnTop(rows: readonly EditRow[], of: ReadonlySet<EditId>): EditRow[] {
  const reached = rows.filter(row => of.has(row.editId))
  const found: EditRow[] = []
  for (const row of rows) {
    if (row.state !== 'queued' || of.has(row.editId)) continue
    const isOnTop = reached.some(
      earlier => earlier.seq < row.seq && isOnTopOf(editIn(row), editIn(earlier)),
    )
    if (!isOnTop) continue
    reached.push(row)
    found.push(row)
  }
  return found
}

/** Without the conflicting ones and what was decided on top of them. */
export function standingEditRows(rows: readonly EditRow[]): EditRow[] {
  const conflicts = new Set(rows.filter(row => row.state === 'conflict').map(row => row.editId))
  const held = new Set(editsOnTop(rows, conflicts).map(row => row.editId))
  return rows.filter(row => !conflicts.has(row.editId) && !held.has(row.editId))
}

const columns = [
  'state',
  'attempt',
  'isDoubtful',
  'isSettled',
  'isSeen',
  'reasonsJson',
  'theirsJson',
  'changedBy',
  'theirsAt',
  'changedAt',
] as const satisfies readonly (keyof EditRow)[]

const moveRow = statement<EditRow>()(value =>
  tables
    .updateTable('orgEdits')
    .set(Object.fromEntries(columns.map(name => [name, value(name)])))
    .where('seq', '=', value('seq')),
)

const endsAtOnce: ReadonlySet<DecisionState> = new Set(['rejected', 'superseded', 'cancelled'])

interface EditMove {
  readonly to: DecisionState
  readonly why: string
  readonly changes?: Partial<
    Pick<EditRow, 'attempt' | 'isDoubtful' | 'theirsJson' | 'changedBy' | 'theirsAt'>
  >
  readonly reasons?: readonly Reason[]
}

/** One transition with its line in the log; an applied one is settled when a later pull has ended. */
export function moveEdit(
  store: Store,
  touching: Touching,
  row: EditRow,
  { to, why, changes, reasons = [] }: EditMove,
): void {
  const at = store.now()
  store.run(
    moveRow({
      ...row,
      ...changes,
      state: to,
      isSettled: endsAtOnce.has(to) ? 1 : 0,
      reasonsJson: JSON.stringify(reasons),
      changedAt: at,
    }),
  )
  const evidence = reasons.length > 0 ? reasons : undefined
  logEvent(store, row.editId, { from: row.state, to, why, at, evidence })
  touchEdits(touching)
}

/** An edit on its way shows in the organisation and among what waits. */
export function touchEdits(touching: Touching): void {
  touching.isOutboxTouched = true
  touching.isOrgTouched = true
}

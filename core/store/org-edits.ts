import { sql } from 'kysely'
import type { DecisionState } from '../domain/decision.ts'
import type { EditId } from '../domain/id.ts'
import type { EditOutcome, OrgEdit } from '../domain/org-edit.ts'
import { fromJson, holesFor, jsonList, statement, tables } from './db.ts'
import { logEvent } from './decision-rows.ts'
import {
  editIn,
  editRow,
  type EditRow,
  editsOnTop,
  moveEdit,
  standingEditRows,
  touchEdits,
  unsettledEditRows,
} from './org-edit-rows.ts'
import type { EditItem, OutboxCounts, PendingState } from './records.ts'
import type { Store } from './store.ts'

type NewRow = Omit<EditRow, 'seq'>
const columns = [
  'editId',
  'recordId',
  'contentJson',
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
] as const satisfies readonly (keyof NewRow)[]
const add = statement<NewRow>()(value =>
  tables.insertInto('orgEdits').values(holesFor<NewRow>(columns, value)),
)

export const isEditKnown = (store: Store, editId: EditId): boolean =>
  editRow(store, editId) !== undefined

/** Queues edits, all or none, durable when it returns; those whose id is known are left as they are. */
export function recordEdits(store: Store, edits: readonly OrgEdit[]): void {
  const isDone = () => edits.every(edit => editRow(store, edit.editId))
  store.transact(
    touching => {
      for (const edit of edits) {
        if (editRow(store, edit.editId)) continue
        const at = store.now()
        if (edit.supersedes) replace(store, edit.supersedes)
        store.run(
          add({
            ...fresh,
            editId: edit.editId,
            recordId: edit.id,
            contentJson: JSON.stringify(edit),
            changedAt: at,
          }),
        )
        logEvent(store, edit.editId, { from: null, to: 'queued', why: edit.kind, at })
      }
      touchEdits(touching)
    },
    { isDone },
  )
}

const fresh = {
  state: 'queued',
  attempt: 0,
  isDoubtful: 0,
  isSettled: 0,
  isSeen: 0,
  reasonsJson: '[]',
  theirsJson: null,
  changedBy: null,
  theirsAt: null,
} as const

/** A conflict is answered by another edit, which takes along what was decided on top of it. */
function replace(store: Store, editId: EditId): void {
  store.transact(touching => {
    const rows = unsettledEditRows(store)
    const row = rows.find(one => one.editId === editId && one.state === 'conflict')
    if (!row) return
    for (const each of [row, ...sameRecordOnTop(rows, row)])
      moveEdit(store, touching, each, { to: 'superseded', why: 'insist' })
  })
}

const sameRecordOnTop = (rows: readonly EditRow[], row: EditRow): readonly EditRow[] =>
  editsOnTop(rows, new Set([row.editId])).filter(one => one.recordId === row.recordId)

/** What an admin wants in the end of the record of a conflict: it and what was decided on top of it. */
export function finalEdit(store: Store, editId: EditId): OrgEdit | null {
  const rows = unsettledEditRows(store)
  const row = rows.find(one => one.editId === editId && one.state === 'conflict')
  if (!row) return null
  const all = [row, ...sameRecordOnTop(rows, row)].map(editIn)
  const last = all.at(-1) ?? editIn(row)
  return { ...last, want: Object.assign({}, ...all.map(edit => edit.want)) }
}

/** Unsettled edits as they are to be laid over the organisation, oldest first. */
export const standingEdits = (store: Store): readonly OrgEdit[] =>
  standingEditRows(unsettledEditRows(store)).map(editIn)

const waits: ReadonlySet<DecisionState> = new Set(['queued', 'unknown'])

/** The oldest that waits and stands on no conflict; null: none. */
export function nextEdit(store: Store): OrgEdit | null {
  const row = standingEditRows(unsettledEditRows(store)).find(({ state }) => waits.has(state))
  return row ? editIn(row) : null
}

/** Committed before the first byte leaves; false: it no longer waits, the admin took it back. */
export const markEditSending = (store: Store, editId: EditId): boolean =>
  store.transact(touching => {
    const row = editRow(store, editId)
    if (!row || !waits.has(row.state)) return false
    const changes = { attempt: row.attempt + 1 }
    moveEdit(store, touching, row, { to: 'sending', why: 'sent', changes })
    return true
  })

/** Sent and not answered, for whatever reason: to be asked again under the same id. */
export const leaveEditsUnknown = (store: Store, why: string): void =>
  putBack(store, () => ({ to: 'unknown', why, changes: { isDoubtful: 1 } }))

/** Did not leave: back to the queue; one that was unknown before stays so. */
export const requeueEdits = (store: Store, why: string): void =>
  putBack(store, row => ({ to: row.isDoubtful ? 'unknown' : 'queued', why, changes: {} }))

function putBack(
  store: Store,
  decide: (row: EditRow) => {
    to: DecisionState
    why: string
    changes: { isDoubtful?: number }
  },
): void {
  const sent = unsettledEditRows(store).filter(row => row.state === 'sending')
  if (sent.length === 0) return
  store.transact(touching => {
    for (const row of sent) moveEdit(store, touching, row, decide(row))
  })
}

/** After a restore even what looks unsent may have been sent since the backup was made. */
export const doubtEdits = (store: Store): void =>
  store.transact(touching => {
    for (const row of unsettledEditRows(store))
      if (row.state === 'queued')
        moveEdit(store, touching, row, {
          to: 'unknown',
          why: 'restored',
          changes: { isDoubtful: 1 },
        })
  })

/** Writes what became of an edit; one that is finished or unknown to us changes nothing. */
export const settleEdit = (store: Store, outcome: EditOutcome): void =>
  store.transact(touching => {
    const row = editRow(store, outcome.editId)
    if (!row || (row.state !== 'sending' && !waits.has(row.state))) return
    const to = outcome.outcome === 'alreadySo' ? 'applied' : outcome.outcome
    const { reasons, theirs, changedBy, changedAt } = outcome
    moveEdit(store, touching, row, {
      to,
      why: outcome.outcome,
      reasons,
      changes: { theirsJson: theirs && JSON.stringify(theirs), changedBy, theirsAt: changedAt },
    })
  })

/** Applied ones the replica may not show yet. */
export const appliedEdits = (store: Store): readonly EditId[] =>
  unsettledEditRows(store)
    .filter(row => row.state === 'applied')
    .map(row => row.editId)

const lift = statement<{ ids: string }>()(value =>
  tables
    .updateTable('orgEdits')
    .set({ isSettled: 1 })
    .where('state', '=', sql.lit('applied'))
    .where('editId', 'in', sql<EditId>`(select value from json_each(${value('ids')}))`),
)
/** A pull that began after these were applied has ended: the replica shows them itself. */
export function liftEdits(store: Store, ids: readonly EditId[]): void {
  if (ids.length === 0) return
  store.transact(touching => {
    store.run(lift({ ids: jsonList(ids) }))
    touchEdits(touching)
  })
}

/** Queued and conflicting ones, with what was decided on top of them; returns which. */
export const cancelEdit = (store: Store, editId: EditId, why: string): readonly EditId[] =>
  store.transact(touching => {
    const rows = unsettledEditRows(store)
    const row = rows.find(one => one.editId === editId)
    if (row?.state !== 'queued' && row?.state !== 'conflict') return []
    const all = [row, ...editsOnTop(rows, new Set([editId]))]
    for (const each of all) moveEdit(store, touching, each, { to: 'cancelled', why })
    return all.map(each => each.editId)
  })

const see = statement<{ editId: EditId }>()(value =>
  tables.updateTable('orgEdits').set({ isSeen: 1 }).where('editId', '=', value('editId')),
)
/** A rejected one the admin has read about is no longer counted. */
export const markEditSeen = (store: Store, editId: EditId): void =>
  store.transact(touching => {
    store.run(see({ editId }))
    touching.isOutboxTouched = true
  })

const unseen = statement()(() =>
  tables
    .selectFrom('orgEdits')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('rejected'))
    .where('isSeen', '=', sql.lit(0)),
)
export function editCounts(store: Store): OutboxCounts {
  const rows = unsettledEditRows(store)
  const of = (...states: readonly DecisionState[]) =>
    rows.filter(({ state }) => states.includes(state)).length
  return {
    waiting: of('queued', 'sending', 'unknown'),
    conflicts: of('conflict'),
    rejected: store.one(unseen({}))?.count ?? 0,
  }
}

/** By record, the state of its oldest edit that is not settled. */
export function pendingRecords(store: Store): Record<string, PendingState> {
  const states: Record<string, PendingState> = {}
  for (const { recordId, state } of unsettledEditRows(store))
    if (state === 'queued' || state === 'sending' || state === 'unknown' || state === 'conflict')
      states[recordId] ??= state
  return states
}

const newest = statement<{ limit: number }>()(value =>
  tables.selectFrom('orgEdits').selectAll().orderBy('seq', 'desc').limit(value('limit')),
)
/** Unfinished ones and the newest finished, in the order they were made. */
export function editItems(store: Store, limit: number): readonly EditItem[] {
  const rows = new Map(
    [...unsettledEditRows(store), ...store.all(newest({ limit }))].map(row => [row.seq, row]),
  )
  return [...rows.values()]
    .sort((a, b) => a.seq - b.seq)
    .map(row => ({
      edit: editIn(row),
      state: row.state,
      attempt: row.attempt,
      reasons: fromJson<EditItem['reasons']>(row.reasonsJson),
      theirs: row.theirsJson === null ? null : fromJson<EditItem['theirs']>(row.theirsJson),
      changedBy: row.changedBy,
      changedAt: row.theirsAt,
      isSeen: row.isSeen === 1,
    }))
}

import type { ActId, DecisionId } from '../domain/id.ts'
import { cancelWithDependents } from './cancel.ts'
import { statement, tables } from './db.ts'
import { toRecord, type DecisionRow } from './decision-rows.ts'
import { recordDecision } from './record-decision.ts'
import type { Act, StackedAct, UndoState } from './records.ts'
import type { Store } from './store.ts'
import { actRow, labelFor, labelOf, putOnStack, topOf } from './undo-stack.ts'

export type { Act } from './records.ts'

/**
 * One durable transaction: decisions, audit events, overlay, undo stack. A repeated actId or
 * decisionId is not recorded twice. One of `cancels` that is no longer queued is left as it is.
 * A decision about the fields of a conflict answers that conflict.
 */
export function recordAct(store: Store, act: Act): void {
  store.transact(
    touching => {
      if (actRow(store, act.actId)) return
      const at = store.now()
      const ids = act.cancels ?? []
      cancelWithDependents(store, touching, { ids, why: act.verb, at })
      const recorded = act.decisions.filter(one => recordDecision(store, touching, one))
      putOnStack(store, act, recorded)
      touching.isOutboxTouched = true
    },
    { isDone: () => actRow(store, act.actId) !== undefined },
  )
}

/**
 * Was this act stored? Also the answer to «unknownCommit»: after a COMMIT that failed every question
 * goes to a fresh connection.
 */
export const isRecorded = (store: Store, actId: ActId): boolean =>
  actRow(store, actId) !== undefined

export function undoState(store: Store): UndoState {
  return { undo: labelOf(topOf(store, 'done')), redo: labelOf(topOf(store, 'undone')) }
}

/** The last act not yet taken back, with what became of its decisions. */
export function actToUndo(store: Store): StackedAct | null {
  const act = topOf(store, 'done')
  return act ? { ...labelFor(act), decisions: rowsOfAct(store, act.actId).map(toRecord) } : null
}

/** The last act taken back, with those of its decisions that really were. */
export function actToRedo(store: Store): StackedAct | null {
  const act = topOf(store, 'undone')
  if (!act) return null
  const takenBack = rowsOfAct(store, act.actId).filter(row => isTakenBack(store, row))
  return { ...labelFor(act), decisions: takenBack.map(toRecord) }
}

const ofAct = statement<{ actId: ActId }>()(value =>
  tables.selectFrom('decisions').selectAll().where('actId', '=', value('actId')).orderBy('seq'),
)
const rowsOfAct = (store: Store, actId: ActId): DecisionRow[] => store.all(ofAct({ actId }))

const undoing = statement<{ undoes: DecisionId }>()(value =>
  tables
    .selectFrom('decisions')
    .select('decisionId')
    .where('undoes', '=', value('undoes'))
    .where('state', 'not in', ['cancelled', 'rejected'])
    .limit(1),
)
const isTakenBack = (store: Store, row: DecisionRow): boolean =>
  row.state === 'cancelled' || store.one(undoing({ undoes: row.decisionId })) !== undefined

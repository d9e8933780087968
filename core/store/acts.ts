import { sql, type Selectable } from 'kysely'
import type { Decision, Verb } from '../domain/decision.ts'
import type { ActId, DecisionId } from '../domain/id.ts'
import { cancelWithDependents } from './cancel.ts'
import { holesFor, statement, tables } from './db.ts'
import { decisionRow, toRecord, type DecisionRow } from './decision-rows.ts'
import { recordDecision } from './record-decision.ts'
import type { ActLabel, StackedAct, UndoState } from './records.ts'
import type { Store } from './store.ts'
import type { OutboxTables } from './tables.ts'

export interface Act {
  readonly actId: ActId
  readonly verb: Verb
  /** Name of the person or department it goes to. */
  readonly target: string | null
  readonly decisions: readonly Decision[]
  /** Queued decisions this act takes back before they are sent. */
  readonly cancels?: readonly DecisionId[]
  readonly undoesActId?: ActId
  readonly redoesActId?: ActId
}

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
      stack(store, act, act.decisions.filter(decision => recordDecision(store, touching, decision)))
      touching.isOutboxTouched = true
    },
    { isDone: () => actRow(store, act.actId) !== undefined },
  )
}

/**
 * Was this act stored? Also the answer to «unknownCommit»: after a COMMIT that failed every question
 * goes to a fresh connection.
 */
export const isRecorded = (store: Store, actId: ActId): boolean => actRow(store, actId) !== undefined

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

type ActRow = Selectable<OutboxTables['acts']>

const stackDepth = 50

const actById = statement<{ actId: ActId }>()(value =>
  tables.selectFrom('acts').selectAll().where('actId', '=', value('actId')),
)
const actRow = (store: Store, actId: ActId): ActRow | undefined => store.one(actById({ actId }))

const topDone = statement()(() =>
  tables.selectFrom('acts').selectAll().where('stack', '=', sql.lit('done')).orderBy('position', 'desc').limit(1),
)
const topUndone = statement()(() =>
  tables.selectFrom('acts').selectAll().where('stack', '=', sql.lit('undone')).orderBy('position', 'desc').limit(1),
)
const topOf = (store: Store, stackName: 'done' | 'undone'): ActRow | undefined =>
  store.one(stackName === 'done' ? topDone({}) : topUndone({}))

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

const addAct = statement<ActRow>()(value =>
  tables.insertInto('acts').values(
    holesFor<ActRow>(
      [
        'actId',
        'verb',
        'labelVerb',
        'target',
        'caseNumber',
        'count',
        'at',
        'undoesActId',
        'redoesActId',
        'stack',
        'position',
      ],
      value,
    ),
  ),
)
const place = statement<{ actId: ActId; stack: ActRow['stack']; position: number }>()(value =>
  tables
    .updateTable('acts')
    .set({ stack: value('stack'), position: value('position') })
    .where('actId', '=', value('actId')),
)
const clearRedo = statement()(() =>
  tables.updateTable('acts').set({ stack: 'off' }).where('stack', '=', sql.lit('undone')),
)
const forgetOld = statement<{ depth: number }>()(value =>
  tables
    .updateTable('acts')
    .set({ stack: 'off' })
    .where('stack', '=', sql.lit('done'))
    .where('position', '<=', eb =>
      eb
        .selectFrom('acts as newer')
        .select('newer.position')
        .where('newer.stack', '=', sql.lit('done'))
        .orderBy('newer.position', 'desc')
        .limit(1)
        .offset(value('depth')),
    ),
)
const highest = statement()(() =>
  tables
    .selectFrom('acts')
    .select(eb => eb.fn.coalesce(eb.fn.max('position'), sql.lit(0)).as('position'))
    .where('stack', '<>', sql.lit('off')),
)

/**
 * Puts the act where undo and redo find it: an undo moves the act it undoes to the redo side, a
 * redo comes back under the first name, any other act clears redo. Rules' acts are not the head's.
 */
function stack(store: Store, act: Act, recorded: readonly Decision[]): void {
  const position = Number(store.one(highest({}))?.position ?? 0) + 1
  const undone = act.undoesActId ? actRow(store, act.undoesActId) : undefined
  const redone = act.redoesActId ? actRow(store, act.redoesActId) : undefined
  if (undone?.stack === 'done') store.run(place({ actId: undone.actId, stack: 'undone', position }))
  if (redone?.stack === 'undone') store.run(place({ actId: redone.actId, stack: 'off', position }))
  const isByRule = recorded.some(decision => decision.issuedBy.ruleId !== undefined)
  const isStacked = recorded.length > 0 && !isByRule && act.undoesActId === undefined
  if (isStacked && !redone) store.run(clearRedo({}))
  const first = recorded[0] && decisionRow(store, recorded[0].decisionId)
  store.run(
    addAct({
      actId: act.actId,
      verb: act.verb,
      labelVerb: redone?.labelVerb ?? act.verb,
      target: act.target ?? redone?.target ?? null,
      caseNumber: first?.caseNumber ?? '',
      count: recorded.length,
      at: store.now(),
      undoesActId: act.undoesActId ?? null,
      redoesActId: act.redoesActId ?? null,
      stack: isStacked ? 'done' : 'off',
      position,
    }),
  )
  if (isStacked) store.run(forgetOld({ depth: stackDepth }))
}

const labelFor = (act: ActRow): ActLabel => ({
  actId: act.actId,
  verb: act.labelVerb,
  count: act.count,
  caseNumber: act.caseNumber,
  target: act.target,
})
const labelOf = (act: ActRow | undefined): ActLabel | null => (act ? labelFor(act) : null)

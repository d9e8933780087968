import { sql, type Selectable } from 'kysely'
import type { Decision } from '../domain/decision.ts'
import type { ActId } from '../domain/id.ts'
import { holesFor, statement, tables } from './db.ts'
import { decisionRow } from './decision-rows.ts'
import type { Act, ActLabel } from './records.ts'
import type { Store } from './store.ts'
import type { OutboxTables } from './tables.ts'

export type ActRow = Selectable<OutboxTables['acts']>

const stackDepth = 50

const actById = statement<{ actId: ActId }>()(value =>
  tables.selectFrom('acts').selectAll().where('actId', '=', value('actId')),
)
export const actRow = (store: Store, actId: ActId): ActRow | undefined =>
  store.one(actById({ actId }))

const topDone = statement()(() =>
  tables
    .selectFrom('acts')
    .selectAll()
    .where('stack', '=', sql.lit('done'))
    .orderBy('position', 'desc')
    .limit(1),
)
const topUndone = statement()(() =>
  tables
    .selectFrom('acts')
    .selectAll()
    .where('stack', '=', sql.lit('undone'))
    .orderBy('position', 'desc')
    .limit(1),
)
/** The act that undo (`done`) or redo (`undone`) would take. */
export const topOf = (store: Store, stackName: 'done' | 'undone'): ActRow | undefined =>
  store.one(stackName === 'done' ? topDone({}) : topUndone({}))

const addAct = statement<ActRow>()(value =>
  tables
    .insertInto('acts')
    .values(
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
export function putOnStack(store: Store, act: Act, recorded: readonly Decision[]): void {
  const position = (store.one(highest({}))?.position ?? 0) + 1
  const redone = rowNamed(store, act.redoesActId)
  takeOff(store, rowNamed(store, act.undoesActId), redone, position)
  const isByRule = recorded.some(decision => decision.issuedBy.ruleId !== undefined)
  const isStacked = recorded.length > 0 && !isByRule && act.undoesActId === undefined
  if (isStacked && !redone) store.run(clearRedo({}))
  store.run(
    addAct({
      ...named(act, redone),
      actId: act.actId,
      verb: act.verb,
      caseNumber: caseNumberOf(store, recorded[0]),
      count: recorded.length,
      at: store.now(),
      stack: isStacked ? 'done' : 'off',
      position,
    }),
  )
  if (isStacked) store.run(forgetOld({ depth: stackDepth }))
}

const rowNamed = (store: Store, actId: ActId | undefined): ActRow | undefined =>
  actId === undefined ? undefined : actRow(store, actId)

function takeOff(
  store: Store,
  undone: ActRow | undefined,
  redone: ActRow | undefined,
  position: number,
): void {
  if (undone?.stack === 'done') store.run(place({ actId: undone.actId, stack: 'undone', position }))
  if (redone?.stack === 'undone') store.run(place({ actId: redone.actId, stack: 'off', position }))
}

const named = (act: Act, redone: ActRow | undefined) => ({
  labelVerb: redone?.labelVerb ?? act.verb,
  target: act.target ?? redone?.target ?? null,
  undoesActId: act.undoesActId ?? null,
  redoesActId: act.redoesActId ?? null,
})

const caseNumberOf = (store: Store, decision: Decision | undefined): string =>
  (decision && decisionRow(store, decision.decisionId)?.caseNumber) ?? ''

export const labelFor = (act: ActRow): ActLabel => ({
  actId: act.actId,
  verb: act.labelVerb,
  count: act.count,
  caseNumber: act.caseNumber,
  target: act.target,
})
export const labelOf = (act: ActRow | undefined): ActLabel | null => (act ? labelFor(act) : null)

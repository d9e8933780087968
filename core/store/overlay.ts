import { sql } from 'kysely'
import type { Case } from '../domain/case.ts'
import type { CaseId } from '../domain/id.ts'
import { caseColumns, toCase, toColumns } from './case-columns.ts'
import { fromJson, holesFor, statement, tables } from './db.ts'
import { decisionIn, standing, unsettledCaseIds, unsettledRows } from './decision-rows.ts'
import { foldCase } from './fold.ts'
import type { Store, Touching } from './store.ts'
import type { OutboxTables } from './tables.ts'

type OverlayRow = OutboxTables['overlay']

const replicaRow = statement<{ caseId: CaseId }>()(value =>
  tables.selectFrom('cases').select(caseColumns).where('caseId', '=', value('caseId')),
)
const underneath = statement<{ caseId: CaseId }>()(value =>
  tables.selectFrom('overlay').select('baseJson').where('caseId', '=', value('caseId')),
)
const lay = statement<OverlayRow>()(value =>
  tables
    .insertInto('overlay')
    .orReplace()
    .values(holesFor<OverlayRow>([...caseColumns, 'baseJson'], value)),
)
const lift = statement<{ caseId: CaseId }>()(value =>
  tables.deleteFrom('overlay').where('caseId', '=', value('caseId')),
)

/** The case as the backend last said, without the outbox. */
export function baseCase(store: Store, caseId: CaseId): Case | null {
  const row = store.one(replicaRow({ caseId }))
  return row ? toCase(row) : null
}

/** The same; when the replica has lost it (set aside, or out of scope), as it was under the overlay. */
export function knownBase(store: Store, caseId: CaseId): Case | null {
  const base = baseCase(store, caseId)
  if (base) return base
  const row = store.one(underneath({ caseId }))
  return row ? fromJson<Case>(row.baseJson) : null
}

/** Lays the unsettled decisions of a case over it anew; without any the overlay is lifted. */
export function refold(store: Store, touching: Touching, caseId: CaseId): void {
  const laid = standing(store, unsettledRows(store, caseId))
  const base = laid.length > 0 ? knownBase(store, caseId) : null
  if (base) {
    const folded = foldCase(base, laid.map(decisionIn))
    store.run(lay({ ...toColumns(folded), baseJson: JSON.stringify(base) }))
  } else store.run(lift({ caseId }))
  touching.caseIds.add(caseId)
}

const settleCaughtUp = statement<{ caseId: CaseId }>()(value =>
  tables
    .updateTable('decisions')
    .set({ isSettled: 1 })
    .where('caseId', '=', value('caseId'))
    .where('state', '=', sql.lit('applied'))
    .where('isSettled', '=', sql.lit(0))
    .where('resultVersion', '<=', eb =>
      eb.selectFrom('cases').select('version').where('caseId', '=', value('caseId')),
    ),
)
const settleApplied = statement<{ caseId: CaseId }>()(value =>
  tables
    .updateTable('decisions')
    .set({ isSettled: 1 })
    .where('caseId', '=', value('caseId'))
    .where('state', '=', sql.lit('applied'))
    .where('isSettled', '=', sql.lit(0)),
)

/** The replica of a case has changed: what it shows now needs no overlay (I9), the rest is laid again. */
export function refreshOverlay(
  store: Store,
  touching: Touching,
  caseId: CaseId,
  isGone = false,
): void {
  store.run(isGone ? settleApplied({ caseId }) : settleCaughtUp({ caseId }))
  refold(store, touching, caseId)
}

const leftOver = statement()(() => tables.selectFrom('overlay').select('caseId'))
const fallenBehind = statement()(() =>
  tables
    .updateTable('decisions')
    .set({ isSettled: 0 })
    .where('state', '=', sql.lit('applied'))
    .where('isSettled', '=', sql.lit(1))
    .where('resultVersion', '>', eb =>
      eb.selectFrom('cases').select('version').whereRef('cases.caseId', '=', 'decisions.caseId'),
    ),
)

/**
 * The two files commit one after the other, so a crash can leave the replica behind what the
 * outbox took for shown. Everything the overlay says is derived: it is laid anew.
 */
export function refoldAll(store: Store): void {
  store.transact(touching => {
    store.run(fallenBehind({}))
    const caseIds = unsettledCaseIds(store)
    for (const { caseId } of store.all(leftOver({}))) caseIds.add(caseId)
    for (const caseId of caseIds) refreshOverlay(store, touching, caseId)
  })
}

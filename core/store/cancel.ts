import type { DecisionId } from '../domain/id.ts'
import { decisionRow, dependents, move, unsettledRows } from './decision-rows.ts'
import { refold } from './overlay.ts'
import type { Store, Touching } from './store.ts'

/**
 * Cancels queued and conflicting decisions and what was decided on top of them; the rest is left
 * as it is. Returns what was cancelled.
 */
export function cancelWithDependents(
  store: Store,
  touching: Touching,
  {
    ids,
    why,
    at,
  }: { readonly ids: readonly DecisionId[]; readonly why: string; readonly at: number },
): DecisionId[] {
  return ids.flatMap(id => {
    const row = decisionRow(store, id)
    if (row?.state !== 'queued' && row?.state !== 'conflict') return []
    const rows = [row, ...dependents(unsettledRows(store, row.caseId), new Set([id]))]
    for (const each of rows) move(store, touching, each, { to: 'cancelled', why, at })
    refold(store, touching, row.caseId)
    return rows.map(each => each.decisionId)
  })
}

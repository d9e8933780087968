import type { Patch } from '../domain/patch.ts'
import { acquaintedOf, clientOwnersOf, closedCounts, readCases } from '../store/cases.ts'
import type { Touched } from '../store/open-store.ts'
import { pendingRecords } from '../store/org-edits.ts'
import { readPreference } from '../store/preferences.ts'
import type { Desk } from './desk.ts'

/**
 * What a window must change to show what a commit changed. `pending` is the whole list: a case
 * that left it has nothing unsettled any more.
 */
export function patchOf(desk: Desk, touched: Touched): Patch {
  const { store } = desk
  const now = desk.now()
  const isOpen = new Set<string>()
  const cases = readCases(store, touched.caseIds).filter(theCase => theCase.status !== 'closed')
  for (const { caseId } of cases) isOpen.add(caseId)
  return {
    cases,
    gone: [...touched.caseIds].filter(caseId => !isOpen.has(caseId)),
    ...(touched.isOrgTouched
      ? { org: desk.index().org, defaultLimit: readPreference(store, 'defaultLimit') }
      : {}),
    ...(touched.areKindsTouched ? { kinds: [...desk.kinds().values()] } : {}),
    ...(touched.closedOf.size > 0
      ? { closed: closedCounts(store, touched.closedOf, now, desk.zone()) }
      : {}),
    ...(touched.clientIds.size > 0
      ? {
          acquainted: acquaintedOf(store, touched.clientIds, now),
          clientOwners: clientOwnersOf(store, touched.clientIds),
        }
      : {}),
    ...(touched.isOutboxTouched
      ? { pending: desk.pending(), orgPending: pendingRecords(store) }
      : {}),
  }
}

import type { Mended, Snapshot } from '../contract.ts'
import { undoState } from '../store/acts.ts'
import { acquaintedOf, clientOwnersOf, closedCounts, openCases } from '../store/cases.ts'
import { instantOfBackup } from '../store/files.ts'
import { pendingRecords } from '../store/org-edits.ts'
import { readPreference } from '../store/preferences.ts'
import type { Store } from '../store/store.ts'
import type { Desk } from './desk.ts'

/** Everything a window holds, as of this moment. */
export function open(desk: Desk): Snapshot {
  const { store, space, calendar } = desk
  const now = desk.now()
  const zone = desk.zone()
  return {
    space,
    me: desk.me(),
    zone,
    calendar,
    org: desk.index().org,
    kinds: [...desk.kinds().values()],
    cases: openCases(store),
    closed: closedCounts(store, null, now, zone),
    acquainted: acquaintedOf(store, null, now),
    clientOwners: clientOwnersOf(store, null),
    pending: desk.pending(),
    canEditOrg: desk.hasOrgEdits && desk.me()?.role === 'admin',
    canDefer: desk.canDefer,
    orgPending: pendingRecords(store),
    defaultLimit: readPreference(store, 'defaultLimit'),
    stages: desk.stages,
    sync: desk.syncStatus(),
    undo: undoState(store),
    mended: mendedOf(store),
  }
}

function mendedOf({ restoredFrom, lostDecisions }: Store): Mended | null {
  if (restoredFrom === null && lostDecisions === 0) return null
  const restoredAt = restoredFrom === null ? null : instantOfBackup(restoredFrom)
  return { restoredAt, lost: lostDecisions }
}

import { create } from 'zustand'
import type { OrgPending } from '../../core/contract-org.ts'
import type { Me, Mended, Snapshot, SpaceInfo, SyncStatus, UndoState } from '../../core/contract.ts'
import { noCalendar, type ProductionCalendar } from '../../core/domain/calendar.ts'
import type { Case, Kind } from '../../core/domain/case.ts'
import type { CaseId, ClientId, EmployeeId, KindId } from '../../core/domain/id.ts'
import type { ClosedCounts } from '../../core/domain/load.ts'
import type { Org } from '../../core/domain/org.ts'
import type { Patch } from '../../core/domain/patch.ts'
import type { Stage } from '../../core/domain/stage.ts'

export type PendingState = 'queued' | 'sending' | 'unknown' | 'conflict'

/** The records this window shows: facts from the core, replaced only by `load` and `patch`. */
export interface Replica {
  readonly isLoaded: boolean
  readonly space: SpaceInfo | null
  readonly me: Me | null
  readonly zone: string
  readonly calendar: ProductionCalendar
  readonly org: Org
  readonly kinds: ReadonlyMap<KindId, Kind>
  readonly cases: ReadonlyMap<CaseId, Case>
  readonly closed: Readonly<Record<EmployeeId, ClosedCounts>>
  readonly acquainted: Readonly<Record<ClientId, readonly EmployeeId[]>>
  readonly clientOwners: Readonly<Record<ClientId, EmployeeId | null>>
  readonly pending: Readonly<Record<CaseId, PendingState>>
  readonly canEditOrg: boolean
  readonly canDefer: boolean
  readonly orgPending: OrgPending
  readonly defaultLimit: number
  readonly stages: readonly Stage[]
  readonly sync: SyncStatus
  readonly undo: UndoState
  readonly mended: Mended | null
}

const empty: Replica = {
  isLoaded: false,
  space: null,
  me: null,
  zone: 'Europe/Moscow',
  calendar: noCalendar,
  org: { departments: [], posts: [], employees: [], absences: [], substitutions: [] },
  kinds: new Map(),
  cases: new Map(),
  closed: {},
  acquainted: {},
  clientOwners: {},
  pending: {},
  canEditOrg: false,
  canDefer: true,
  orgPending: {},
  defaultLimit: 10,
  stages: [],
  sync: {
    link: { kind: 'idle' },
    freshAt: null,
    retryAt: null,
    waiting: 0,
    sendLeftMs: null,
    conflicts: 0,
    rejected: 0,
    load: null,
    clockOffsetMs: null,
  },
  undo: { undo: null, redo: null },
  mended: null,
}

/** Somebody who does cases and gives none out. */
export const isReader = (me: Me | null): boolean =>
  me?.role === 'employee' || me?.role === 'external'

export const useReplica = create<Replica>(() => empty)

const kindsOf = (kinds: readonly Kind[]) => new Map(kinds.map(kind => [kind.kindId, kind]))

/** Replaces everything by what `open` answered. */
export function load(snapshot: Snapshot): void {
  useReplica.setState({
    ...snapshot,
    isLoaded: true,
    kinds: kindsOf(snapshot.kinds),
    cases: new Map(snapshot.cases.map(theCase => [theCase.caseId, theCase])),
  })
}

/** Forgets the records of a workspace that is no longer open. */
export function forget(): void {
  useReplica.setState(empty)
}

/** Lays one `changed` over the records. */
export function patch(change: Patch): void {
  useReplica.setState(replica => ({
    cases: patchedCases(replica.cases, change),
    org: change.org ?? replica.org,
    kinds: change.kinds ? kindsOf(change.kinds) : replica.kinds,
    closed: change.closed ? { ...replica.closed, ...change.closed } : replica.closed,
    acquainted: change.acquainted
      ? { ...replica.acquainted, ...change.acquainted }
      : replica.acquainted,
    clientOwners: change.clientOwners
      ? { ...replica.clientOwners, ...change.clientOwners }
      : replica.clientOwners,
    defaultLimit: change.defaultLimit ?? replica.defaultLimit,
    pending: change.pending ?? replica.pending,
    orgPending: change.orgPending ?? replica.orgPending,
  }))
}

function patchedCases(
  cases: ReadonlyMap<CaseId, Case>,
  { cases: told, gone }: Patch,
): ReadonlyMap<CaseId, Case> {
  // A decision on its way says at each step how its case stands; mostly as before.
  const changed = told.filter(theCase => !isSame(theCase, cases.get(theCase.caseId)))
  if (changed.length === 0 && gone.length === 0) return cases
  const next = new Map(cases)
  for (const caseId of gone) next.delete(caseId)
  for (const theCase of changed) next.set(theCase.caseId, theCase)
  return next
}

function isSame(theCase: Case, before: Case | undefined): boolean {
  if (!before) return false
  return Object.entries(theCase).every(([name, value]) => value === Reflect.get(before, name))
}

export function replaceSync(sync: SyncStatus): void {
  useReplica.setState({ sync })
}

export function replaceUndo(undo: UndoState): void {
  useReplica.setState({ undo })
}

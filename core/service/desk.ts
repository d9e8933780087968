import type { ActResult, Me, SpaceInfo, SyncStatus } from '../contract.ts'
import type { ProductionCalendar } from '../domain/calendar.ts'
import type { Kind } from '../domain/case.ts'
import { localIdOf } from '../domain/id.ts'
import type { ActId, CaseId, KindId } from '../domain/id.ts'
import { indexOrg } from '../domain/org-index.ts'
import type { OrgIndex } from '../domain/org-index.ts'
import { plainStages, type Stage } from '../domain/stage.ts'
import type { Store } from '../store/open-store.ts'
import { readKinds, readMe, readOrg } from '../store/org.ts'
import { pendingStates } from '../store/outbox.ts'
import type { PendingState } from '../store/records.ts'

export interface DeskOptions {
  readonly store: Store
  readonly space: SpaceInfo
  readonly calendar: ProductionCalendar
  /** UTC ms. */
  readonly now: () => number
  readonly syncStatus: () => SyncStatus
  /** Of the backend; absent: the plain ones. */
  readonly stages?: readonly Stage[]
  /** Does the backend take edits of the organisation? Absent: no. */
  readonly hasOrgEdits?: boolean
  /** Does the backend put cases off? Absent: yes. */
  readonly canDefer?: boolean
}

/** What every verb works at: one store, and what is worked out of it once per change. */
export interface Desk extends DeskOptions {
  readonly stages: readonly Stage[]
  readonly hasOrgEdits: boolean
  readonly canDefer: boolean
  /** null until the backend has said who this connection is. */
  me(): Me | null
  /** The workspace's IANA zone. */
  zone(): string
  index(): OrgIndex
  kinds(): ReadonlyMap<KindId, Kind>
  /** Name of a person or department by its id; the backend's own id where there is none. */
  nameOf(id: string): string
  /** Cases with something unsettled; the whole list, kept up with every commit. */
  pending(): Readonly<Record<CaseId, PendingState>>
  /** Answers given lately: a window that lost one asks again with the same act. */
  readonly answers: Map<ActId, ActResult>
}

/** Lives as long as its store. */
export function createDesk(options: DeskOptions): Desk {
  const { store } = options
  let index: OrgIndex | null = null
  let names: ReadonlyMap<string, string> | null = null
  let kinds: ReadonlyMap<KindId, Kind> | null = null
  const pending = createPending(store)
  store.onTouched(touched => {
    if (touched.isOrgTouched) index = names = null
    if (touched.areKindsTouched) kinds = null
    if (touched.isOutboxTouched) pending.follow(touched.caseIds)
  })
  const desk: Desk = {
    ...options,
    stages: options.stages ?? plainStages,
    hasOrgEdits: options.hasOrgEdits ?? false,
    canDefer: options.canDefer ?? true,
    answers: new Map(),
    me() {
      const me = readMe(store)
      if (!me) return null
      const { employeeId, name, role, departmentIds } = me
      return { employeeId, name, role, departmentIds }
    },
    zone: () => readMe(store)?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    index: () => (index ??= indexOrg(readOrg(store))),
    kinds: () => (kinds ??= new Map(readKinds(store).map(kind => [kind.kindId, kind]))),
    pending: pending.all,
    nameOf(id) {
      names ??= namesOf(desk.index())
      return names.get(id) ?? localIdOf(id)
    },
  }
  return desk
}

/** Asking about the touched cases alone keeps a drop quick while thousands wait. */
function createPending(store: Store) {
  let states: Record<CaseId, PendingState> | null = null
  return {
    all: () => ({ ...(states ??= pendingStates(store, null)) }),
    follow(caseIds: ReadonlySet<CaseId>) {
      if (!states) return
      const fresh = pendingStates(store, caseIds)
      for (const caseId of caseIds) {
        const state = fresh[caseId]
        if (state) states[caseId] = state
        else delete states[caseId]
      }
    },
  }
}

function namesOf({ employeeById, departmentById }: OrgIndex): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [id, { name }] of employeeById) names.set(id, name)
  for (const [id, { name }] of departmentById) names.set(id, name)
  return names
}

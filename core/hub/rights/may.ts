import type { DepartmentId, EmployeeId } from '../../domain/id.ts'
import type { CaseRow } from '../store/tables.ts'
import type { Viewer } from './viewer.ts'

/** What decides who sees a case. */
export type Placed = Pick<CaseRow, 'departmentId' | 'responsibleId' | 'status' | 'closedAt'>

/** What a token may be used for, whoever holds it. */
export const scopes = ['read', 'decide', 'create', 'change', 'agent'] as const
export type Scope = (typeof scopes)[number]

/** Everything anybody may ask to do with a case. */
export type Act =
  /** Know that it is there, with its weight and due. */
  | { readonly kind: 'see'; readonly theCase: Placed; readonly now: number }
  | { readonly kind: 'read'; readonly theCase: Placed; readonly now: number }
  /** Give out, take back, defer, pass. */
  | { readonly kind: 'giveOut'; readonly theCase: Placed }
  | { readonly kind: 'giveTo'; readonly employeeId: EmployeeId }
  /** Say how it goes: its status. */
  | { readonly kind: 'progress'; readonly theCase: Placed }
  /** Write its contents: due, weight, kind. */
  | { readonly kind: 'change'; readonly theCase: Placed }
  | {
      readonly kind: 'create'
      readonly departmentId: DepartmentId
      readonly responsibleId: EmployeeId | null
    }
  /** Change departments, posts and people, and read how they were changed. */
  | { readonly kind: 'editOrg' }

/** Closed cases older than this are not shown. */
export const closedKeptMs = 400 * 24 * 3_600_000

/** The one place where rights are judged. */
export function may(viewer: Viewer, act: Act): boolean {
  switch (act.kind) {
    case 'see':
      return visibility(viewer, act.theCase, act.now) !== 'none'
    case 'read':
      return visibility(viewer, act.theCase, act.now) === 'whole'
    case 'giveOut':
      return viewer.tokenRole === 'agent' || isInScope(viewer, act.theCase)
    case 'giveTo':
      return (
        viewer.tokenRole === 'agent' ||
        (viewer.departments.size > 0 && viewer.people.has(act.employeeId))
      )
    case 'progress':
      return viewer.seesAll || isInScope(viewer, act.theCase) || isOwn(viewer, act.theCase)
    case 'change':
      return viewer.seesAll || isInScope(viewer, act.theCase)
    case 'create':
      return mayCreate(viewer, act.departmentId, act.responsibleId)
    case 'editOrg':
      return viewer.tokenRole === 'admin'
  }
}

/** `masked`: somebody's load counts, the case itself is not to be read. */
export function visibility(
  viewer: Viewer,
  theCase: Placed,
  now: number,
): 'whole' | 'masked' | 'none' {
  if (viewer.seesAll) return 'whole'
  const isClosed = theCase.status === 'closed'
  if (isClosed && (theCase.closedAt ?? 0) < now - closedKeptMs) return 'none'
  if (isInScope(viewer, theCase) || isOwn(viewer, theCase)) return 'whole'
  if (theCase.responsibleId === null || !viewer.people.has(theCase.responsibleId)) return 'none'
  return isClosed && viewer.departments.size === 0 ? 'none' : 'masked'
}

const isInScope = (viewer: Viewer, theCase: Placed): boolean =>
  viewer.departments.has(theCase.departmentId)

const isOwn = (viewer: Viewer, theCase: Placed): boolean =>
  theCase.responsibleId !== null && theCase.responsibleId === viewer.employeeId

/** Anybody of the company may bring a case in; only who gives out there may say whose it is. */
function mayCreate(
  viewer: Viewer,
  departmentId: DepartmentId,
  responsibleId: EmployeeId | null,
): boolean {
  if (viewer.role === 'external') return false
  if (responsibleId === null || viewer.tokenRole === 'agent') return true
  if (responsibleId === viewer.employeeId) return true
  return viewer.departments.has(departmentId) && viewer.people.has(responsibleId)
}

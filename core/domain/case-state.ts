import type { Case, CaseState, Kind } from './case.ts'
import { departmentOf } from './department.ts'
import { headFor } from './head-for.ts'
import type { DepartmentId, EmployeeId, KindId } from './id.ts'
import type { Counts } from './load.ts'
import type { OrgIndex } from './org-index.ts'

/** The one state of a case at a moment (UTC ms): the first that holds. */
export function stateOf(
  theCase: Pick<Case, 'status' | 'deferredUntil' | 'dueAt'>,
  now: number,
): CaseState {
  const { status, deferredUntil } = theCase
  if (status === 'closed') return 'closed'
  if (status === 'awaitingApproval') return 'awaitingApproval'
  if (deferredUntil !== null && deferredUntil > now) return 'deferred'
  if (status === 'waiting') return 'waiting'
  return isPastDue(theCase, now) ? 'overdue' : 'inWork'
}

const isPastDue = ({ dueAt }: Pick<Case, 'dueAt'>, now: number): boolean =>
  dueAt !== null && dueAt < now

/** The marker «просрочено»: any open case whose due has passed; it overlaps with the states. */
export function isOverdue(theCase: Pick<Case, 'status' | 'dueAt'>, now: number): boolean {
  return theCase.status !== 'closed' && isPastDue(theCase, now)
}

/** Does the case add its weight to a load now? */
export function isCounted(
  theCase: Pick<Case, 'status' | 'deferredUntil' | 'dueAt'>,
  now: number,
): boolean {
  const state = stateOf(theCase, now)
  return state === 'inWork' || state === 'overdue'
}

/** The five counts of a list of cases; `closed` counts those in the list. */
export function countsOf(
  cases: Iterable<Pick<Case, 'status' | 'deferredUntil' | 'dueAt'>>,
  now: number,
): Counts {
  const counts = { inWork: 0, overdue: 0, deferred: 0, awaitingApproval: 0, closed: 0 }
  for (const theCase of cases) {
    const state = stateOf(theCase, now)
    counts[state === 'overdue' || state === 'waiting' ? 'inWork' : state] += 1
    if (isOverdue(theCase, now)) counts.overdue += 1
  }
  return counts
}

/** What decides whose inbox a case is in. */
export interface InboxWorld {
  readonly now: number
  readonly index: OrgIndex
  readonly kinds: ReadonlyMap<KindId, Kind>
  readonly me: EmployeeId
  /** My own department, for a case that names none. */
  readonly fallback: DepartmentId | null
  /** Departments a dispatcher gives out in, with all below. */
  readonly dispatched?: ReadonlySet<DepartmentId>
}

/** Is the case open, not deferred, without a responsible, and is the person it belongs to now me? */
export function isInInbox(theCase: Case, world: InboxWorld): boolean {
  const { now, index, kinds, me, fallback, dispatched } = world
  if (theCase.responsibleId !== null) return false
  const state = stateOf(theCase, now)
  if (state === 'closed' || state === 'deferred') return false
  const departmentId = departmentOf(theCase, index, kinds, fallback)
  if (departmentId !== null && dispatched?.has(departmentId)) return true
  return headForRemembered(index, departmentId, now) === me
}

/** The last moment asked about each organisation: a list of cases asks the same many times. */
const remembered = new WeakMap<
  OrgIndex,
  { at: number; heads: Map<DepartmentId | null, EmployeeId | null> }
>()

function headForRemembered(
  index: OrgIndex,
  departmentId: DepartmentId | null,
  at: number,
): EmployeeId | null {
  let memory = remembered.get(index)
  if (memory?.at !== at) {
    memory = { at, heads: new Map() }
    remembered.set(index, memory)
  }
  let headId = memory.heads.get(departmentId)
  if (headId === undefined) {
    headId = headFor(index, departmentId, at).headId
    memory.heads.set(departmentId, headId)
  }
  return headId
}

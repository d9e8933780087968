import type { Case, Kind } from './case.ts'
import type { DepartmentId, EmployeeId, KindId } from './id.ts'
import { byText, chainAbove, type OrgIndex } from './org-index.ts'
import type { Department } from './org.ts'

/**
 * The department of a case, the first that answers: its own field, the mapping of its kind, the
 * department of its responsible inside the subtree of `fallback` (lowest id when several),
 * `fallback` itself. Departments the organisation does not know do not answer.
 */
export function departmentOf(
  theCase: Pick<Case, 'departmentId' | 'kindId' | 'responsibleId'>,
  index: OrgIndex,
  kinds: ReadonlyMap<KindId, Kind>,
  fallback: DepartmentId | null,
): DepartmentId | null {
  const known = (id: DepartmentId | null | undefined) =>
    id !== null && id !== undefined && index.departmentById.has(id) ? id : null
  const kind = theCase.kindId === null ? undefined : kinds.get(theCase.kindId)
  return (
    known(theCase.departmentId) ??
    known(kind?.departmentId) ??
    departmentOfPerson(index, theCase.responsibleId, fallback) ??
    known(fallback)
  )
}

function departmentOfPerson(
  index: OrgIndex,
  employeeId: EmployeeId | null,
  within: DepartmentId | null,
): DepartmentId | null {
  let lowest: DepartmentId | null = null
  for (const id of (employeeId && index.departmentsOf.get(employeeId)) || []) {
    if (!index.departmentById.has(id) || (lowest !== null && lowest < id)) continue
    if (within === null || chainAbove(index, id).includes(within)) lowest = id
  }
  return lowest
}

/** A person's department for defaults: several are tried in the order of their ids. */
export function departmentsInOrder(
  index: OrgIndex,
  employeeId: EmployeeId,
): readonly DepartmentId[] {
  return [...(index.departmentsOf.get(employeeId) ?? [])].toSorted(byText)
}

/** The first value the departments or those above them name. */
export function inherited<T>(
  index: OrgIndex,
  departments: readonly DepartmentId[],
  valueOf: (department: Department) => T | null,
): T | null {
  for (const departmentId of departments)
    for (const above of chainAbove(index, departmentId)) {
      const department = index.departmentById.get(above)
      const value = department ? valueOf(department) : null
      if (value !== null) return value
    }
  return null
}

/** IANA zone of a person: the department's, the parent's, else the workspace's. */
export function zoneOf(index: OrgIndex, employeeId: EmployeeId, workspaceZone: string): string {
  return inherited(index, departmentsInOrder(index, employeeId), one => one.zone) ?? workspaceZone
}

/** Hours of work in one load point for a department: its own, the parent's, else 1. */
export function hoursPerPointOf(index: OrgIndex, departments: readonly DepartmentId[]): number {
  return inherited(index, departments, one => one.hoursPerPoint) ?? 1
}

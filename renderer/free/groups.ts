import type { Case } from '../../core/domain/case.ts'
import { byFreeness, type Freeness, freenessOf } from '../../core/domain/free.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { peopleOf } from '../../core/domain/org-index.ts'
import type { Employee } from '../../core/domain/org.ts'
import { byName } from '../state/by-name.ts'
import type { World } from '../state/world.ts'
import { matching } from '../ui/matching.ts'

/** One department with its people in the order of who is free first. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly people: readonly Freeness[]
  /** How many are free now. */
  readonly free: number
}

/** The departments of the scope by name; outside any scope those the viewer belongs to, else the viewer alone. */
export function groupsOf(
  cases: ReadonlyMap<CaseId, Case>,
  world: World,
  typed: string,
): readonly Group[] {
  const { index, drop } = world
  const shown = drop.scope.size > 0 ? drop.scope : new Set(index.departmentsOf.get(drop.me))
  const casesOf = Map.groupBy(cases.values(), one => one.responsibleId)
  // Whoever stands in two departments is looked at once.
  const known = new Map<EmployeeId, Freeness>()
  const lookAt = (employee: Employee): Freeness => {
    const { employeeId } = employee
    const looked =
      known.get(employeeId) ?? freenessOf(employee, casesOf.get(employeeId) ?? [], drop)
    known.set(employeeId, looked)
    return looked
  }
  const me = index.employeeById.get(drop.me)
  if (shown.size === 0 && me) {
    const people = [lookAt(me)]
    return [{ id: drop.me, name: me.name, people, free: people.filter(one => one.isFree).length }]
  }
  return index.org.departments
    .filter(({ departmentId }) => shown.has(departmentId))
    .toSorted(byName)
    .flatMap(({ departmentId, name }) => {
      const people = peopleFound(world, departmentId, typed).map(lookAt).sort(inOrder)
      const free = people.filter(({ isFree }) => isFree).length
      return people.length > 0 ? [{ id: departmentId, name, people, free }] : []
    })
}

function peopleFound(
  { index }: World,
  departmentId: DepartmentId,
  typed: string,
): readonly Employee[] {
  const people = [...peopleOf(index, new Set([departmentId]))]
    .flatMap(id => index.employeeById.get(id) ?? [])
    .filter(({ isDismissed }) => !isDismissed)
  return matching(
    people.map(employee => ({ text: employee.name, employee })),
    typed,
  ).map(({ employee }) => employee)
}

const inOrder = (a: Freeness, b: Freeness): number =>
  byFreeness(a, b) || byName(a.employee, b.employee)

import type { DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import type { PersonLoad } from '../../core/domain/load.ts'
import { peopleOf } from '../../core/domain/org-index.ts'
import type { Department, Employee } from '../../core/domain/org.ts'
import { rollUp } from '../../core/domain/roll-up.ts'
import { byName } from './by-name.ts'
import type { World } from './world.ts'

/** A department as the team shows it: its people, what lies below, and the load of all of them. */
export interface TeamNode {
  readonly department: Department
  readonly head: Employee | null
  /** Who holds a post here: the head first, then by name. */
  readonly people: readonly Employee[]
  readonly children: readonly TeamNode[]
  /** Points and limits of everybody here and below, each person once. */
  readonly points: number
  readonly limit: number
  readonly overdue: number
  readonly count: number
}

/**
 * The departments of the scope as trees; outside any scope, those the person belongs to. Whoever
 * holds cases in sight but no post any more stands in the first of them.
 */
export function teamOf(world: World): readonly TeamNode[] {
  const { scope, me } = world.drop
  const shown = scope.size > 0 ? scope : new Set(world.index.departmentsOf.get(me))
  const isTop = (id: DepartmentId) => {
    const parentId = world.index.parentOf.get(id) ?? null
    return parentId === null || !shown.has(parentId)
  }
  const tops = [...shown].filter(isTop).flatMap(id => nodeOf(world, id) ?? [])
  const [first, ...others] = tops
  const postless = scope.size > 0 ? postlessOf(world) : []
  if (!first || postless.length === 0) return tops
  return [{ ...first, people: [...first.people, ...postless] }, ...others]
}

function nodeOf(world: World, departmentId: DepartmentId): TeamNode | null {
  const { index } = world
  const department = index.departmentById.get(departmentId)
  if (!department) return null
  const headId = index.headOf.get(departmentId)
  const children = (index.childrenOf.get(departmentId) ?? []).flatMap(id => nodeOf(world, id) ?? [])
  return {
    department,
    head: (headId && index.employeeById.get(headId)) || null,
    people: peopleHere(world, departmentId, headId),
    children: children.sort((a, b) => byName(a.department, b.department)),
    ...rolledUp(world, departmentId),
  }
}

function rolledUp({ index, loads }: World, departmentId: DepartmentId) {
  const { points, limit, counts, people } = rollUp(index, departmentId, loads)
  return { points, limit, overdue: counts.overdue, count: people }
}

/** Dismissed people stay in sight only while they hold something. */
function peopleHere(
  { index, loads }: World,
  departmentId: DepartmentId,
  headId: EmployeeId | undefined,
): readonly Employee[] {
  return [...peopleOf(index, new Set([departmentId]))]
    .flatMap(id => index.employeeById.get(id) ?? [])
    .filter(one => !one.isDismissed || holdsAny(loads.get(one.employeeId)))
    .sort(
      (a, b) => Number(b.employeeId === headId) - Number(a.employeeId === headId) || byName(a, b),
    )
}

const holdsAny = (load: PersonLoad | undefined): boolean =>
  load !== undefined && load.counts.inWork + load.counts.deferred + load.counts.awaitingApproval > 0

/** Dismissed people lose their posts, not their cases; external ones may never have had a post. */
function postlessOf({ index, loads }: World): readonly Employee[] {
  return [...loads.values()]
    .filter(load => holdsAny(load) && !index.departmentsOf.has(load.employeeId))
    .flatMap(({ employeeId }) => index.employeeById.get(employeeId) ?? [])
    .sort(byName)
}

import type { DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { peopleOf, subtreeOf } from '../../core/domain/org-index.ts'
import type { Department, Employee } from '../../core/domain/org.ts'
import type { World } from '../state/world.ts'

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

/** The departments of the scope as trees; outside any scope, those the person belongs to. */
export function teamOf(world: World): readonly TeamNode[] {
  const { scope, me } = world.drop
  const shown = scope.size > 0 ? scope : new Set(world.index.departmentsOf.get(me))
  const isTop = (id: DepartmentId) => {
    const parentId = world.index.parentOf.get(id) ?? null
    return parentId === null || !shown.has(parentId)
  }
  const tops = [...shown].filter(isTop)
  return tops.map(id => nodeOf(world, id)).flatMap(node => node ?? [])
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

/** The load of everybody of a department and below it, each person once. */
function rolledUp({ index, loads }: World, departmentId: DepartmentId) {
  const everybody = peopleOf(index, subtreeOf(index, [departmentId]))
  const sum = { points: 0, limit: 0, overdue: 0, count: everybody.size }
  for (const employeeId of everybody) {
    const load = loads.get(employeeId)
    if (!load) continue
    sum.points += load.points
    sum.limit += load.limit
    sum.overdue += load.counts.overdue
  }
  return sum
}

const collator = new Intl.Collator('ru')
const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  collator.compare(a.name, b.name)

/** Dismissed people stay in sight only while they hold something. */
function peopleHere(
  { index, loads }: World,
  departmentId: DepartmentId,
  headId: EmployeeId | undefined,
): readonly Employee[] {
  const holds = (one: Employee) => (loads.get(one.employeeId)?.counts.inWork ?? 0) > 0
  return [...peopleOf(index, new Set([departmentId]))]
    .flatMap(id => index.employeeById.get(id) ?? [])
    .filter(one => !one.isDismissed || holds(one))
    .sort(
      (a, b) => Number(b.employeeId === headId) - Number(a.employeeId === headId) || byName(a, b),
    )
}

import type { DepartmentId, EmployeeId } from './id.ts'
import type { Absence, Department, Employee, Org, Post, Substitution } from './org.ts'

/** The organisation, ready to be asked; made anew whenever the org changes, never mutated. */
export interface OrgIndex {
  readonly org: Org
  readonly departmentById: ReadonlyMap<DepartmentId, Department>
  readonly employeeById: ReadonlyMap<EmployeeId, Employee>
  /** Parents with cycles cut: a department with an unknown parent is at the top. */
  readonly parentOf: ReadonlyMap<DepartmentId, DepartmentId | null>
  /** Under `null` are the tops; children are ordered by id. */
  readonly childrenOf: ReadonlyMap<DepartmentId | null, readonly DepartmentId[]>
  /** The holder of the head's post who is not dismissed. */
  readonly headOf: ReadonlyMap<DepartmentId, EmployeeId>
  readonly departmentsOf: ReadonlyMap<EmployeeId, ReadonlySet<DepartmentId>>
  readonly postsOf: ReadonlyMap<EmployeeId, readonly Post[]>
  /** By beginning. */
  readonly absencesOf: ReadonlyMap<EmployeeId, readonly Absence[]>
  /** By the person who is replaced, by beginning. */
  readonly substitutionsOf: ReadonlyMap<EmployeeId, readonly Substitution[]>
}

/** Indexes an organisation of any quality: cycles of parents are cut, unknown ids are harmless. */
export function indexOrg(org: Org): OrgIndex {
  const departmentById = new Map(org.departments.map(one => [one.departmentId, one]))
  const employeeById = new Map(org.employees.map(one => [one.employeeId, one]))
  const parentOf = parentsWithoutCycles(departmentById)
  const posts = [...org.posts].toSorted((a, b) => byText(a.postId, b.postId))
  const postsOf = grouped(posts, post => post.employeeId)
  return {
    org,
    departmentById,
    employeeById,
    parentOf,
    childrenOf: childrenByParent(parentOf),
    headOf: headsOf(posts, employeeById),
    departmentsOf: new Map(
      [...postsOf].map(([id, held]) => [id, new Set(held.map(post => post.departmentId))]),
    ),
    postsOf,
    absencesOf: grouped([...org.absences].toSorted(byBeginning), one => one.employeeId),
    substitutionsOf: grouped([...org.substitutions].toSorted(byBeginning), one => one.employeeId),
  }
}

/** Compares ids and other plain text the same way on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The roots and everything below them. */
export function subtreeOf(
  index: OrgIndex,
  roots: Iterable<DepartmentId>,
): ReadonlySet<DepartmentId> {
  const found = new Set<DepartmentId>(roots)
  for (const departmentId of found)
    for (const child of index.childrenOf.get(departmentId) ?? []) found.add(child)
  return found
}

/** The department itself and those above it, nearest first; empty for an unknown one. */
export function chainAbove(
  index: OrgIndex,
  departmentId: DepartmentId | null,
): readonly DepartmentId[] {
  const chain: DepartmentId[] = []
  let current = departmentId
  while (current !== null && index.parentOf.has(current)) {
    chain.push(current)
    current = index.parentOf.get(current) ?? null
  }
  return chain
}

/** The absence that covers the moment; the one that lasts longest when several do. */
export function absenceAt(index: OrgIndex, employeeId: EmployeeId, at: number): Absence | null {
  let found: Absence | null = null
  for (const absence of index.absencesOf.get(employeeId) ?? [])
    if (absence.fromAt <= at && at < absence.untilAt)
      if (!found || absence.untilAt > found.untilAt) found = absence
  return found
}

/** When a person away at `at` comes back, absences that touch each other taken as one; null: not away. */
export function awayUntil(index: OrgIndex, employeeId: EmployeeId, at: number): number | null {
  let until: number | null = null
  for (;;) {
    const next = absenceAt(index, employeeId, until ?? at)
    if (!next) return until
    until = next.untilAt
  }
}

/** Departments of the scope and those who hold posts in them, each person once. */
export function peopleOf(
  index: OrgIndex,
  departments: ReadonlySet<DepartmentId>,
): ReadonlySet<EmployeeId> {
  const people = new Set<EmployeeId>()
  for (const post of index.org.posts)
    if (post.employeeId !== null && departments.has(post.departmentId)) people.add(post.employeeId)
  return people
}

function headsOf(
  posts: readonly Post[],
  employeeById: ReadonlyMap<EmployeeId, Employee>,
): ReadonlyMap<DepartmentId, EmployeeId> {
  const headOf = new Map<DepartmentId, EmployeeId>()
  for (const { isHead, departmentId, employeeId } of posts) {
    if (!isHead || employeeId === null || headOf.has(departmentId)) continue
    if (employeeById.get(employeeId)?.isDismissed === false) headOf.set(departmentId, employeeId)
  }
  return headOf
}

/** The lowest id of a cycle becomes a top, so that every machine cuts at the same place. */
function parentsWithoutCycles(
  departmentById: ReadonlyMap<DepartmentId, Department>,
): ReadonlyMap<DepartmentId, DepartmentId | null> {
  const parentOf = new Map<DepartmentId, DepartmentId | null>()
  for (const { departmentId, parentId } of departmentById.values())
    parentOf.set(departmentId, parentId !== null && departmentById.has(parentId) ? parentId : null)
  const settled = new Set<DepartmentId>()
  for (const start of parentOf.keys()) cutCycleAbove(start, parentOf, settled)
  return parentOf
}

/** Walks up to what is already known to end, or to where the walk meets itself. */
function cutCycleAbove(
  start: DepartmentId,
  parentOf: Map<DepartmentId, DepartmentId | null>,
  settled: Set<DepartmentId>,
): void {
  const walked = new Set<DepartmentId>()
  let current: DepartmentId | null = start
  while (current !== null && !settled.has(current) && !walked.has(current)) {
    walked.add(current)
    current = parentOf.get(current) ?? null
  }
  if (current !== null && walked.has(current)) parentOf.set(lowestOfCycle(parentOf, current), null)
  for (const departmentId of walked) settled.add(departmentId)
}

function lowestOfCycle(
  parentOf: ReadonlyMap<DepartmentId, DepartmentId | null>,
  member: DepartmentId,
): DepartmentId {
  let lowest = member
  for (let next = parentOf.get(member); next && next !== member; next = parentOf.get(next))
    if (next < lowest) lowest = next
  return lowest
}

function childrenByParent(
  parentOf: ReadonlyMap<DepartmentId, DepartmentId | null>,
): ReadonlyMap<DepartmentId | null, readonly DepartmentId[]> {
  const childrenOf = new Map<DepartmentId | null, DepartmentId[]>()
  for (const departmentId of [...parentOf.keys()].toSorted(byText)) {
    const parentId = parentOf.get(departmentId) ?? null
    const children = childrenOf.get(parentId)
    if (children) children.push(departmentId)
    else childrenOf.set(parentId, [departmentId])
  }
  return childrenOf
}

function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => EmployeeId | null,
): ReadonlyMap<EmployeeId, readonly T[]> {
  const groups = new Map<EmployeeId, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const byBeginning = (a: { fromAt: number }, b: { fromAt: number }): number => a.fromAt - b.fromAt

import { createHash } from 'node:crypto'
import { headFor, scopeOf } from '../../domain/head-for.ts'
import type { DepartmentId, EmployeeId } from '../../domain/id.ts'
import { peopleOf } from '../../domain/org-index.ts'
import { bareId } from '../bare-id.ts'
import type { TokenRole } from '../store/tables.ts'
import type { World } from '../store/world.ts'

export type Role = 'head' | 'dispatcher' | 'employee' | 'external' | 'admin'

/** Who asks, with what the organisation allows them at a moment (design, «Who sees what»). */
export interface Viewer {
  readonly employeeId: EmployeeId | null
  readonly role: Role
  readonly tokenRole: TokenRole
  readonly seesAll: boolean
  /** Departments whose cases this viewer reads and gives out. */
  readonly departments: ReadonlySet<DepartmentId>
  /** People whose load this viewer sees; a head or dispatcher may give to them. */
  readonly people: ReadonlySet<EmployeeId>
  /** Departments where the viewer holds a post. */
  readonly ownDepartments: ReadonlySet<DepartmentId>
  /** Tops of `departments`. */
  readonly roots: readonly DepartmentId[]
  /** Changes whenever what is visible changes without a record changing. */
  readonly scopeHash: string
}

const noDepartment = bareId('department', '')

const remembered = new WeakMap<World, Map<string, Viewer>>()

/** The viewer at a moment (UTC ms); remembered until somebody's rights turn. */
export function viewerAt(
  world: World,
  who: { readonly employeeId: EmployeeId | null; readonly tokenRole: TokenRole },
  at: number,
): Viewer {
  const viewers = remembered.get(world) ?? new Map<string, Viewer>()
  remembered.set(world, viewers)
  const key = `${turnAt(world.turns, at)} ${who.tokenRole} ${who.employeeId ?? ''}`
  const viewer = viewers.get(key) ?? viewerOf(world, who.employeeId, who.tokenRole, at)
  if (viewers.size > 2000) viewers.clear()
  viewers.set(key, viewer)
  return viewer
}

/** How many turns lie at or before the moment: between two turns nobody's rights change. */
function turnAt(turns: readonly number[], at: number): number {
  let low = 0
  let high = turns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((turns[middle] ?? Infinity) <= at) low = middle + 1
    else high = middle
  }
  return low
}

function viewerOf(world: World, me: EmployeeId | null, tokenRole: TokenRole, at: number): Viewer {
  const { index } = world
  const seesAll = tokenRole !== 'person'
  const ownDepartments = (me && index.departmentsOf.get(me)) || new Set<DepartmentId>()
  const departments = me && !seesAll ? departmentsFor(world, me, at) : new Set<DepartmentId>()
  const role = seesAll ? 'admin' : roleOf(world, me, departments, at)
  const people = new Set(
    role === 'external' ? [] : peopleOf(index, departments.size > 0 ? departments : ownDepartments),
  )
  if (me) people.add(me)
  const isTop = (id: DepartmentId) => !departments.has(index.parentOf.get(id) ?? noDepartment)
  const scope = [role, me, [...departments].sort(), [...people].sort(), [...ownDepartments].sort()]
  return {
    employeeId: me,
    role,
    tokenRole,
    seesAll,
    departments,
    people,
    ownDepartments,
    roots: [...departments].filter(isTop).sort(),
    scopeHash: createHash('sha256').update(JSON.stringify(scope)).digest('hex').slice(0, 16),
  }
}

/** The scope, and departments whose cases come to me only because every nearer head is away. */
function departmentsFor(world: World, me: EmployeeId, at: number): ReadonlySet<DepartmentId> {
  const { index } = world
  const scope = scopeOf(index, me, grantsAt(world, me, at), at)
  if (scope.size === 0) return scope
  const departments = new Set(scope)
  for (const departmentId of index.departmentById.keys())
    if (!scope.has(departmentId) && headFor(index, departmentId, at).headId === me)
      departments.add(departmentId)
  return departments
}

/** Departments named in the grants of a dispatcher that hold at the moment. */
function grantsAt(world: World, me: EmployeeId, at: number): readonly DepartmentId[] {
  return world.dispatchers
    .filter(
      one => one.employeeId === me && (one.fromAt ?? at) <= at && at < (one.untilAt ?? Infinity),
    )
    .map(one => one.departmentId)
}

function roleOf(
  world: World,
  me: EmployeeId | null,
  departments: ReadonlySet<DepartmentId>,
  at: number,
): Role {
  if (me === null) return 'external'
  if (scopeOf(world.index, me, [], at).size > 0) return 'head'
  if (departments.size > 0) return 'dispatcher'
  return world.index.employeeById.get(me)?.isExternal === false ? 'employee' : 'external'
}

/** Is the absence of this person to be told with its kind? Why a colleague is away is theirs and their head's. */
export function knowsWhyAway(viewer: Viewer, employeeId: EmployeeId): boolean {
  if (viewer.seesAll || viewer.employeeId === employeeId) return true
  return viewer.departments.size > 0 && viewer.people.has(employeeId)
}

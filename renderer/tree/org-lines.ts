import { headFor } from '../../core/domain/head-for.ts'
import type { DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import type { PersonLoad } from '../../core/domain/load.ts'
import type { Department, Employee, Post } from '../../core/domain/org.ts'
import { type RolledLoad, rollUp } from '../../core/domain/roll-up.ts'
import { byName } from '../state/by-name.ts'
import type { World } from '../state/world.ts'

/** One line of the tree, the tops at level 1. */
export type OrgLine =
  | {
      readonly kind: 'department'
      readonly key: string
      readonly level: number
      readonly department: Department
      readonly head: Employee | null
      /** Who answers now, where it is not the head; null: nobody else. */
      readonly acting: Employee | null
      readonly isOpen: boolean
      /** null: the load there is not mine to see. */
      readonly rolled: RolledLoad | null
    }
  | {
      readonly kind: 'person'
      readonly key: string
      readonly level: number
      readonly post: Post | null
      readonly employee: Employee
      readonly load: PersonLoad | null
    }
  | {
      readonly kind: 'vacancy'
      readonly key: string
      readonly level: number
      readonly post: Post
    }
  /** External people of no department: any head may give to them. */
  | { readonly kind: 'outside'; readonly key: string; readonly level: 1; readonly isOpen: boolean }

const outsideKey = 'outside'
/** So many lines are taken in at a glance; of a larger company only the tops begin open. */
const fewLines = 150

/** Which departments are folded out, as the head left them or as the tree begins. */
export interface Folding {
  readonly chosen: ReadonlyMap<string, boolean>
}

/** The whole organisation as lines from the top, what is folded left out. */
export function orgLines(world: World, { chosen }: Folding, seesAll: boolean): readonly OrgLine[] {
  const { index, drop } = world
  const { org } = index
  const isSmall = org.departments.length + org.posts.length <= fewLines
  const known = seesAll ? new Set(index.departmentById.keys()) : drop.scope
  const lines: OrgLine[] = []
  const postsIn = Map.groupBy(org.posts, post => post.departmentId)
  const loadOf = (id: EmployeeId, isKnown: boolean) =>
    isKnown ? (world.loads.get(id) ?? null) : null
  const addPosts = (departmentId: DepartmentId, level: number): void => {
    const isKnown = known.has(departmentId)
    for (const { post, employee } of postsInOrder(world, postsIn.get(departmentId) ?? []))
      lines.push(
        employee
          ? {
              kind: 'person',
              key: post.postId,
              level,
              post,
              employee,
              load: loadOf(employee.employeeId, isKnown),
            }
          : { kind: 'vacancy', key: post.postId, level, post },
      )
  }
  const addDepartment = (departmentId: DepartmentId, level: number): void => {
    const department = index.departmentById.get(departmentId)
    if (!department) return
    const isOpen = chosen.get(departmentId) ?? (isSmall || level === 1)
    const rolled = known.has(departmentId) ? rollUp(index, departmentId, world.loads) : null
    lines.push({
      kind: 'department',
      key: departmentId,
      level,
      department,
      ...headsOf(world, departmentId),
      isOpen,
      rolled,
    })
    if (!isOpen) return
    addPosts(departmentId, level + 1)
    for (const child of inOrder(world, index.childrenOf.get(departmentId) ?? []))
      addDepartment(child, level + 1)
  }
  for (const top of inOrder(world, index.childrenOf.get(null) ?? [])) addDepartment(top, 1)
  return [...lines, ...outsideLines(world, chosen.get(outsideKey) ?? true)]
}

function outsideLines({ index, loads }: World, isOpen: boolean): readonly OrgLine[] {
  const people = index.org.employees
    .filter(one => one.isExternal && !one.isDismissed && !index.departmentsOf.has(one.employeeId))
    .toSorted(byName)
  if (people.length === 0) return []
  const title: OrgLine = { kind: 'outside', key: outsideKey, level: 1, isOpen }
  if (!isOpen) return [title]
  return [
    title,
    ...people.map(employee => ({
      kind: 'person' as const,
      key: employee.employeeId,
      level: 2,
      post: null,
      employee,
      load: loads.get(employee.employeeId) ?? null,
    })),
  ]
}

function headsOf({ index, now }: World, departmentId: DepartmentId) {
  const headId = index.headOf.get(departmentId)
  const actingId = headFor(index, departmentId, now).headId
  const head = (headId && index.employeeById.get(headId)) || null
  const acting = actingId === headId ? null : (actingId && index.employeeById.get(actingId)) || null
  return { head, acting }
}

/** The head first, then by name, vacancies last. */
function postsInOrder({ index }: World, posts: readonly Post[]) {
  return posts
    .map(post => ({
      post,
      employee: (post.employeeId && index.employeeById.get(post.employeeId)) || null,
    }))
    .toSorted((a, b) => {
      if (a.post.isHead !== b.post.isHead) return a.post.isHead ? -1 : 1
      if (!a.employee || !b.employee) return Number(!a.employee) - Number(!b.employee)
      return byName(a.employee, b.employee)
    })
}

const inOrder = ({ index }: World, ids: readonly DepartmentId[]): readonly DepartmentId[] =>
  ids
    .flatMap(id => index.departmentById.get(id) ?? [])
    .toSorted(byName)
    .map(({ departmentId }) => departmentId)

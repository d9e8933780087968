import type { Case } from './case.ts'
import { departmentOf } from './department.ts'
import type { DropWorld } from './drop-world.ts'
import { headFor } from './head-for.ts'
import type { ClientId, EmployeeId, KindId } from './id.ts'

/** What matters of the cases of one drop, looked at once for all people. */
export interface Dropped {
  readonly cases: readonly Case[]
  /** May the head give out every one of them? */
  readonly isMine: boolean
  readonly earliestDueAt: number | null
  readonly kindIds: readonly KindId[]
  readonly skills: readonly string[]
  /** Who is responsible for the clients of these cases. */
  readonly ownerIds: readonly EmployeeId[]
  /** How many of the cases have a client the person knows. */
  readonly acquaintances: ReadonlyMap<EmployeeId, number>
}

export function droppedOf(dropped: Case | readonly Case[], world: DropWorld): Dropped {
  const cases = isMany(dropped) ? dropped : [dropped]
  const dues = cases.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]))
  const acquaintances = new Map<EmployeeId, number>()
  for (const { clientId } of cases)
    for (const id of knowing(clientId, world))
      acquaintances.set(id, (acquaintances.get(id) ?? 0) + 1)
  return {
    cases,
    isMine: cases.every(theCase => isMine(theCase, world)),
    earliestDueAt: dues.length === 0 ? null : dues.reduce((a, b) => Math.min(a, b)),
    kindIds: distinct(cases.map(theCase => theCase.kindId)),
    skills: distinct(cases.map(theCase => theCase.requiredSkill)),
    ownerIds: distinct(cases.map(({ clientId }) => ownerOf(clientId, world))),
    acquaintances,
  }
}

const ownerOf = (clientId: ClientId | null, { clientOwners }: DropWorld): EmployeeId | null =>
  (clientId !== null && clientOwners?.[clientId]) || null

function knowing(clientId: ClientId | null, world: DropWorld): ReadonlySet<EmployeeId> {
  const people = new Set(clientId === null ? [] : world.acquainted[clientId])
  const ownerId = ownerOf(clientId, world)
  return ownerId === null ? people : people.add(ownerId)
}

/**
 * May the head give the case out or take it back? Yes where its department or its responsible lies
 * in the scope, and where it waits for this head because nobody nearer is there.
 */
export function isMine(theCase: Case, world: DropWorld): boolean {
  const { index, kinds, scope, me, now, fallback = null } = world
  if (theCase.isMasked) return false
  const departmentId = departmentOf(theCase, index, kinds, fallback)
  if (departmentId !== null && scope.has(departmentId)) return true
  const { responsibleId } = theCase
  if (responsibleId === null) return headFor(index, departmentId, now).headId === me
  if (responsibleId === me) return true
  for (const id of index.departmentsOf.get(responsibleId) ?? []) if (scope.has(id)) return true
  return false
}

const isMany = (cases: Case | readonly Case[]): cases is readonly Case[] => Array.isArray(cases)

const distinct = <T>(values: readonly (T | null)[]): readonly T[] => [
  ...new Set(values.flatMap(value => (value === null ? [] : [value]))),
]

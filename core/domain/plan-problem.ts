import { loadBefore } from './assign.ts'
import { isCounted, isOverdue } from './case-state.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { isMine } from './dropped.ts'
import { gradualRoomOf } from './gradual.ts'
import type { EmployeeId, KindId } from './id.ts'
import { type PersonLoad, weightOf } from './load.ts'
import { byText } from './org-index.ts'
import type { Employee } from './org.ts'
import { personNow, rankOf } from './person-now.ts'

/** Cases a plan cannot tell apart: they weigh the same, matter the same and may go to the same people. */
export interface Group {
  /** The most pressing first. */
  readonly cases: readonly Case[]
  /** Points each adds to a load. */
  readonly weight: number
  /** Place among the kinds somebody has a limit for; −1: none. */
  readonly kind: number
  /** 0 is placed before 1: overdue first, then by priority. */
  readonly rank: number
  /** Places of the people each may be given to without a warning, the load aside. */
  readonly people: readonly number[]
  /** Groups of one shape differ only in rank. */
  readonly shape: number
}

/** Somebody who may receive; the best of equals stand first. */
export interface Receiver {
  readonly employee: Employee
  readonly load: PersonLoad
  /** Limits of kinds, by place; Infinity: only the person's own. */
  readonly kindLimits: readonly number[]
  readonly kindPoints: readonly number[]
  /** Points that may still be added today; Infinity but after a leave. */
  readonly allowance: number
  /** The head has already given something to this person in this plan. */
  readonly isGiven: boolean
}

export interface PlanProblem {
  readonly people: readonly Receiver[]
  readonly groups: readonly Group[]
  readonly kindCount: number
}

/** Do the cases that count weigh differently? Then the best plan is not always found. */
export const areWeightsMixed = ({ groups }: PlanProblem): boolean =>
  new Set(groups.flatMap(({ weight }) => (weight > 0 ? weight : []))).size > 1

/** What placing one of these cases is worth: count first, then urgency beyond any sum of less. */
export function worthIn(cases: readonly Group[]): (group: Group) => number {
  const ranks = [...new Set(cases.map(({ rank }) => rank))].toSorted((a, b) => b - a)
  const base = cases.length + 1
  return ({ rank }) => base ** ranks.length + base ** ranks.indexOf(rank)
}

/** Inbox order within equal urgency: overdue, priority, due, age, id. */
export function byUrgency(now: number): (a: Case, b: Case) => number {
  return (a, b) =>
    rankOfCase(a, now) - rankOfCase(b, now) ||
    ascending(a.dueAt ?? Infinity, b.dueAt ?? Infinity) ||
    a.createdAt - b.createdAt ||
    byText(a.caseId, b.caseId)
}

/** Subtraction does not tell two infinities apart from different numbers. */
const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

const highestPriority = 3
const rankOfCase = (theCase: Case, now: number): number =>
  (isOverdue(theCase, now) ? 0 : highestPriority + 1) + highestPriority - theCase.priority

export interface Given {
  readonly loads: ReadonlyMap<EmployeeId, PersonLoad>
  /** Points given today, those of this plan's kept rows among them. */
  readonly pointsToday: ReadonlyMap<EmployeeId, number>
  /** What the head has already given in this plan. */
  readonly keptBy: ReadonlyMap<EmployeeId, readonly Case[]>
}

/** Looks at people and cases once, so that the placing itself only counts. */
export function problemOf(
  cases: readonly Case[],
  candidates: readonly Employee[],
  given: Given,
  world: DropWorld,
): PlanProblem {
  const able = inTurn(candidates, world).filter(one =>
    isAble(one, loadIn(given, one, world), world),
  )
  const kinds = limitedKinds(cases, able)
  return {
    people: able.map(one => receiverOf(one, kinds, given, world)),
    groups: groupsOf(cases, able, kinds, world),
    kindCount: kinds.length,
  }
}

/** Among equals who has waited longest for a case stands first. */
function inTurn(people: readonly Employee[], world: DropWorld): readonly Employee[] {
  return people.toSorted(
    (a, b) =>
      ascending(a.lastAssignedAt ?? -Infinity, b.lastAssignedAt ?? -Infinity) ||
      rankOf(a, world) - rankOf(b, world),
  )
}

/** Nothing that holds for every case speaks against this person: here, at work, with room. */
function isAble(employee: Employee, load: PersonLoad, world: DropWorld): boolean {
  const { away, isOutsideHours, isInScope } = personNow(employee, world)
  if (load.limit <= 0 || load.utilisation >= 1) return false
  if (employee.isDismissed || !isInScope || world.excluded?.has(employee.employeeId)) return false
  return !away && !isOutsideHours && employee.isDayOpen !== false
}

/** Kinds of these cases that somebody has a limit for. */
function limitedKinds(cases: readonly Case[], people: readonly Employee[]): readonly KindId[] {
  const ids = new Set(cases.flatMap(({ kindId }) => kindId ?? []))
  const limited = [...ids].filter(id => people.some(one => one.kindLimits[id] !== undefined))
  return limited.toSorted(byText)
}

const loadIn = ({ loads }: Given, employee: Employee, world: DropWorld): PersonLoad =>
  loads.get(employee.employeeId) ?? loadBefore(employee, world)

function receiverOf(
  employee: Employee,
  kinds: readonly KindId[],
  given: Given,
  world: DropWorld,
): Receiver {
  const { employeeId, kindLimits } = employee
  const load = loadIn(given, employee, world)
  const room = gradualRoomOf(employee, load.limit, world)
  return {
    employee,
    load,
    kindLimits: kinds.map(id => kindLimits[id] ?? Infinity),
    kindPoints: kinds.map(id => load.byKind.get(id)?.points ?? 0),
    allowance: room - (given.pointsToday.get(employeeId) ?? 0),
    isGiven: given.keptBy.has(employeeId),
  }
}

function groupsOf(
  cases: readonly Case[],
  able: readonly Employee[],
  kinds: readonly KindId[],
  world: DropWorld,
): readonly Group[] {
  const shapes = new Map<string, { readonly shape: number; readonly people: readonly number[] }>()
  const groups = new Map<string, Group & { readonly cases: Case[] }>()
  for (const theCase of [...cases].toSorted(byUrgency(world.now))) {
    const weight = isCounted(theCase, world.now) ? weightOf(theCase, world.kinds) : 0
    const kind = theCase.kindId === null ? -1 : kinds.indexOf(theCase.kindId)
    const asked = demandsOf(theCase, kind, world)
    const shapeKey = JSON.stringify([weight, kind, asked])
    let shape = shapes.get(shapeKey)
    if (!shape) {
      const people = able.flatMap((one, place) => (suits(one, asked) ? [place] : []))
      shapes.set(shapeKey, (shape = { shape: shapes.size, people }))
    }
    const rank = rankOfCase(theCase, world.now)
    const key = `${rank} ${shape.shape}`
    const group = groups.get(key)
    if (group) group.cases.push(theCase)
    else groups.set(key, { cases: [theCase], weight, kind, rank, ...shape })
  }
  return [...groups.values()]
}

interface Demands {
  readonly isMine: boolean
  readonly skill: string | null
  /** Who alone gets it without a warning, being responsible for the client. */
  readonly ownerId: EmployeeId | null
  readonly kindId: KindId | null
  readonly holderId: EmployeeId | null
}

function demandsOf(theCase: Case, kind: number, world: DropWorld): Demands {
  const { clientId } = theCase
  const ownerId = (clientId !== null && world.clientOwners?.[clientId]) || null
  const owner = ownerId === null ? undefined : world.index.employeeById.get(ownerId)
  return {
    isMine: isMine(theCase, world),
    skill: theCase.requiredSkill,
    ownerId: owner && !owner.isDismissed ? owner.employeeId : null,
    kindId: kind < 0 ? null : theCase.kindId,
    holderId: theCase.responsibleId,
  }
}

function suits(employee: Employee, asked: Demands): boolean {
  const { isMine: isOurs, skill, ownerId, kindId, holderId } = asked
  if (!isOurs || holderId === employee.employeeId) return false
  if (kindId !== null && (employee.kindLimits[kindId] ?? 1) <= 0) return false
  if (skill !== null && !employee.skills.includes(skill)) return false
  return ownerId === null || ownerId === employee.employeeId
}

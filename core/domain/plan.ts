import { loadBefore } from './assign.ts'
import { isCounted } from './case-state.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import type { CaseId, EmployeeId } from './id.ts'
import { loadAfter, type PersonLoad, weightOf } from './load.ts'
import type { Employee } from './org.ts'
import { candidatesOf } from './person-now.ts'
import { give } from './plan-give.ts'
import { byUrgency, problemOf } from './plan-problem.ts'
import { solve } from './plan-solve.ts'

export interface PlanRow {
  readonly caseId: CaseId
  /** null: the head leaves the case where it is. */
  readonly employeeId: EmployeeId | null
  /** The head chose it: replanning leaves it alone. */
  readonly isKept: boolean
}

/** Who gets which case, proposed. Every case is in exactly one row or left. */
export interface Plan {
  /** The most pressing case first. */
  readonly rows: readonly PlanRow[]
  /** Cases nobody can take without a warning, the most pressing first. */
  readonly left: readonly CaseId[]
  /** The world when the plan is carried out: loads of those who receive are those after it. */
  readonly after: DropWorld
}

/** What the head has decided about a case of the plan: to whom; null: to nobody. */
export type Kept = ReadonlyMap<CaseId, EmployeeId | null>

export interface PlanOptions {
  readonly kept?: Kept
  /** Who may receive; by default everybody of the scope. */
  readonly candidates?: Iterable<EmployeeId>
  /** Points given to each person today (`pointsGivenToday`), for those back from leave. */
  readonly pointsToday?: ReadonlyMap<EmployeeId, number>
}

/**
 * Proposes who gets each of the cases, by `ok` drops alone: the most cases (overdue, then higher
 * priority first), then the lowest list of utilisations of those who receive, then the hint order.
 * Kept rows stand and the rest is planned around them. The order of `cases` does not matter.
 */
export function planOf(
  cases: readonly Case[],
  world: DropWorld,
  { kept = new Map(), candidates, pointsToday = new Map() }: PlanOptions = {},
): Plan {
  const people = candidates ? knownOf(candidates, world) : candidatesOf(world)
  const keptCases = cases.filter(({ caseId }) => kept.has(caseId))
  const before = withKept(keptCases, kept, world, pointsToday)
  const free = cases.filter(({ caseId }) => !kept.has(caseId))
  const problem = problemOf(free, people, before, world)
  const placed = give(problem, solve(problem), world)
  const takers = new Map<CaseId, EmployeeId>()
  const given = new Map<EmployeeId, Case[]>()
  for (const { theCase, person } of placed) {
    const employeeId = problem.people[person]?.employee.employeeId
    if (employeeId === undefined) continue
    takers.set(theCase.caseId, employeeId)
    const own = given.get(employeeId)
    if (own) own.push(theCase)
    else given.set(employeeId, [theCase])
  }
  const inOrder = cases.toSorted(byUrgency(world.now))
  return {
    rows: inOrder.flatMap(({ caseId }) => rowOf(caseId, kept, takers)),
    left: inOrder.flatMap(({ caseId }) => (kept.has(caseId) || takers.has(caseId) ? [] : caseId)),
    after: { ...world, loads: withGiven(before.loads, given, world) },
  }
}

/** Points of the counted cases each person was given on the day that began at `since` (UTC ms). */
export function pointsGivenSince(
  cases: Iterable<Case>,
  since: number,
  { now, kinds }: Pick<DropWorld, 'now' | 'kinds'>,
): ReadonlyMap<EmployeeId, number> {
  const points = new Map<EmployeeId, number>()
  for (const theCase of cases) {
    const { responsibleId, assignedAt } = theCase
    if (responsibleId === null || assignedAt === null || assignedAt < since) continue
    if (!isCounted(theCase, now)) continue
    points.set(responsibleId, (points.get(responsibleId) ?? 0) + weightOf(theCase, kinds))
  }
  return points
}

function rowOf(
  caseId: CaseId,
  kept: Kept,
  takers: ReadonlyMap<CaseId, EmployeeId>,
): readonly PlanRow[] {
  const chosen = kept.get(caseId)
  if (chosen !== undefined) return [{ caseId, employeeId: chosen, isKept: true }]
  const employeeId = takers.get(caseId)
  return employeeId === undefined ? [] : [{ caseId, employeeId, isKept: false }]
}

const knownOf = (ids: Iterable<EmployeeId>, { index }: DropWorld): readonly Employee[] =>
  [...new Set(ids)].flatMap(id => index.employeeById.get(id) ?? [])

function withKept(
  cases: readonly Case[],
  kept: Kept,
  world: DropWorld,
  pointsBefore: ReadonlyMap<EmployeeId, number>,
) {
  const keptBy = new Map<EmployeeId, Case[]>()
  const pointsToday = new Map(pointsBefore)
  for (const theCase of cases) {
    const employeeId = kept.get(theCase.caseId) ?? null
    if (employeeId === null) continue
    keptBy.set(employeeId, [...(keptBy.get(employeeId) ?? []), theCase])
    const points = isCounted(theCase, world.now) ? weightOf(theCase, world.kinds) : 0
    pointsToday.set(employeeId, (pointsToday.get(employeeId) ?? 0) + points)
  }
  return { keptBy, pointsToday, loads: withGiven(world.loads, keptBy, world) }
}

/** The loads when these cases are given too; people the loads do not name hold nothing. */
function withGiven(
  loads: ReadonlyMap<EmployeeId, PersonLoad>,
  given: ReadonlyMap<EmployeeId, readonly Case[]>,
  world: DropWorld,
): ReadonlyMap<EmployeeId, PersonLoad> {
  const after = new Map(loads)
  for (const [employeeId, cases] of given) {
    const employee = world.index.employeeById.get(employeeId)
    if (!employee) continue
    const load = loads.get(employeeId) ?? loadBefore(employee, world)
    after.set(employeeId, { ...load, ...loadAfter(load, cases, world) })
  }
  return after
}

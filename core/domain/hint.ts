import { type Judgement, judgeDropped, loadBefore, severityOf, type Verdict } from './assign.ts'
import { isCounted } from './case-state.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { type Dropped, droppedOf } from './dropped.ts'
import type { EmployeeId } from './id.ts'
import { loadAfter, type PersonLoad, weightOf } from './load.ts'
import type { Employee } from './org.ts'
import { candidatesOf, rankOf } from './person-now.ts'

export interface Hint {
  readonly employeeId: EmployeeId
  readonly judgement: Judgement
  readonly isAcquainted: boolean
  /** 1 to 9 for the first nine, else null. */
  readonly key: number | null
}

const severity: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, blocked: 2 }
const keys = 9

/**
 * People for one case, or for many given together, the best first: by judgement, number of
 * warnings, lack of a required skill, acquaintance with the client, utilisation after the drop,
 * last assignment (never first), name, id. `candidates`: ids, by default everybody of the scope.
 */
export function hintsFor(
  cases: readonly Case[],
  world: DropWorld,
  candidates?: Iterable<EmployeeId>,
): readonly Hint[] {
  const dropped = droppedOf(cases, world)
  const people = candidates ? known(candidates, world) : candidatesOf(world)
  const rows = people.map(employee => rowOf(dropped, employee, world)).toSorted(inOrder)
  return rows.map(({ employee, judgement, strangers }, place) => ({
    employeeId: employee.employeeId,
    judgement,
    isAcquainted: strangers < dropped.cases.length,
    key: place < keys ? place + 1 : null,
  }))
}

/** How many of the cases a person can take without going over a limit: «5 из 12 поместятся». */
export function fits(cases: readonly Case[], employee: Employee, world: DropWorld): number {
  let load = loadBefore(employee, world)
  const lightFirst = [...cases].toSorted((a, b) => addedBy(a, world) - addedBy(b, world))
  let taken = 0
  for (const theCase of lightFirst) {
    if (judgeDropped(droppedOf(theCase, world), employee, world).verdict === 'blocked') continue
    const after = loadAfter(load, [theCase], world)
    if (after.points > load.points && after.utilisation > 1) continue
    load = holding(load, after)
    taken += 1
  }
  return taken
}

interface Row {
  readonly employee: Employee
  readonly judgement: Judgement
  readonly warnings: number
  readonly lackedSkills: number
  /** Cases whose client the person does not know. */
  readonly strangers: number
  readonly utilisation: number
  readonly lastAssignedAt: number
  readonly rank: number
}

function rowOf(dropped: Dropped, employee: Employee, world: DropWorld): Row {
  const judgement = judgeDropped(dropped, employee, world)
  let warnings = 0
  let lackedSkills = 0
  for (const reason of judgement.reasons) {
    if (severityOf(reason) === 'warn') warnings += 1
    if (reason.code === 'lacksSkill') lackedSkills += 1
  }
  return {
    employee,
    judgement,
    warnings,
    lackedSkills,
    strangers: dropped.cases.length - (dropped.acquaintances.get(employee.employeeId) ?? 0),
    utilisation: judgement.utilisationAfter,
    lastAssignedAt: employee.lastAssignedAt ?? -Infinity,
    rank: rankOf(employee, world),
  }
}

function inOrder(a: Row, b: Row): number {
  return (
    severity[a.judgement.verdict] - severity[b.judgement.verdict] ||
    a.warnings - b.warnings ||
    a.lackedSkills - b.lackedSkills ||
    a.strangers - b.strangers ||
    ascending(a.utilisation, b.utilisation) ||
    ascending(a.lastAssignedAt, b.lastAssignedAt) ||
    a.rank - b.rank
  )
}

const holding = (load: PersonLoad, after: ReturnType<typeof loadAfter>): PersonLoad => ({
  ...load,
  ...after,
})

/** Subtraction does not tell two infinities apart from different numbers. */
const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

const addedBy = (theCase: Case, world: DropWorld): number =>
  isCounted(theCase, world.now) ? weightOf(theCase, world.kinds) : 0

function known(candidates: Iterable<EmployeeId>, { index }: DropWorld): readonly Employee[] {
  return [...new Set(candidates)].flatMap(id => index.employeeById.get(id) ?? [])
}

import { countsOf, isCounted } from './case-state.ts'
import type { Case, Kind } from './case.ts'
import { departmentsInOrder, inherited } from './department.ts'
import type { EmployeeId, KindId } from './id.ts'
import type { OrgIndex } from './org-index.ts'
import type { Employee } from './org.ts'

/** Five counts of a person (design, «State of a case, counts, load»). */
export interface Counts {
  readonly inWork: number
  readonly overdue: number
  readonly deferred: number
  readonly awaitingApproval: number
  readonly closed: number
}

/** Closed cases of a person: this calendar month (the count shown), today and in the last 30 days. */
export interface ClosedCounts {
  readonly month: number
  readonly today: number
  readonly days30: number
}

/** What a person holds, as points against limits. */
export interface PersonLoad {
  readonly employeeId: EmployeeId
  readonly points: number
  readonly limit: number
  /** The larger of the total ratio and the ratios of the kinds with a limit; Infinity over a zero limit. */
  readonly utilisation: number
  /** Kinds the person holds or has a limit for; without one the limit is the person's. */
  readonly byKind: ReadonlyMap<KindId, KindLoad>
  readonly counts: Counts
}

export interface KindLoad {
  readonly points: number
  readonly limit: number
}

export interface LoadWorld {
  readonly now: number
  readonly index: OrgIndex
  readonly kinds: ReadonlyMap<KindId, Kind>
  /** The workspace's limit where no department names one: 10 unless changed. */
  readonly defaultLimit: number
  /** Closed cases by employee id, counted elsewhere. */
  readonly closed: Readonly<Record<EmployeeId, ClosedCounts>>
}

/** The load of every employee of the organisation and of everyone who holds one of the cases. */
export function loadsOf(
  cases: Iterable<Case>,
  world: LoadWorld,
): ReadonlyMap<EmployeeId, PersonLoad> {
  const casesOf = new Map<EmployeeId, Case[]>()
  for (const { employeeId } of world.index.org.employees) casesOf.set(employeeId, [])
  for (const theCase of cases) {
    if (theCase.responsibleId === null) continue
    const held = casesOf.get(theCase.responsibleId)
    if (held) held.push(theCase)
    else casesOf.set(theCase.responsibleId, [theCase])
  }
  return new Map([...casesOf].map(([id, held]) => [id, loadOf(id, held, world)]))
}

/** The load of one person who holds exactly these cases; closed ones among them are not counted. */
export function loadOf(
  employeeId: EmployeeId,
  held: readonly Case[],
  world: LoadWorld,
): PersonLoad {
  const { index, kinds, now, defaultLimit } = world
  const employee = index.employeeById.get(employeeId)
  const limit = employee ? limitOf(index, employee, defaultLimit) : defaultLimit
  const pointsByKind = new Map<KindId, number>()
  for (const kindId of kindsOf(employee?.kindLimits)) pointsByKind.set(kindId, 0)
  let points = 0
  for (const theCase of held) {
    if (!isCounted(theCase, now)) continue
    const weight = weightOf(theCase, kinds)
    points += weight
    if (theCase.kindId !== null)
      pointsByKind.set(theCase.kindId, (pointsByKind.get(theCase.kindId) ?? 0) + weight)
  }
  const limitOfKind = (kindId: KindId) => employee?.kindLimits[kindId] ?? limit
  const byKind = new Map(
    [...pointsByKind].map(([id, sum]) => [id, { points: sum, limit: limitOfKind(id) }]),
  )
  const counts = countsOf(held, now)
  return {
    employeeId,
    points,
    limit,
    utilisation: utilisationOf(points, limit, byKind),
    byKind,
    counts: { ...counts, closed: world.closed[employeeId]?.month ?? 0 },
  }
}

/** Points a person may hold: own limit, else the department's, the parent's, the workspace's; 0: takes none. */
export function limitOf(index: OrgIndex, employee: Employee, defaultLimit: number): number {
  return (
    employee.limit ??
    inherited(index, departmentsInOrder(index, employee.employeeId), one => one.defaultLimit) ??
    defaultLimit
  )
}

/** Points a case adds to a load: the head's own weight of its kind where there is one, else its own. */
export function weightOf(
  theCase: Pick<Case, 'weight' | 'kindId'>,
  kinds: ReadonlyMap<KindId, Kind>,
): number {
  const kind = theCase.kindId === null ? undefined : kinds.get(theCase.kindId)
  return kind?.localWeight ?? theCase.weight
}

/** Load after these cases are given too: those not counted now or already held add nothing. */
export function loadAfter(
  load: PersonLoad,
  cases: readonly Case[],
  world: Pick<LoadWorld, 'now' | 'kinds'>,
): Pick<PersonLoad, 'points' | 'limit' | 'utilisation' | 'byKind'> {
  const byKind = new Map(load.byKind)
  let { points } = load
  for (const theCase of cases) {
    if (theCase.responsibleId === load.employeeId || !isCounted(theCase, world.now)) continue
    const weight = weightOf(theCase, world.kinds)
    points += weight
    if (theCase.kindId === null) continue
    const kind = byKind.get(theCase.kindId) ?? { points: 0, limit: load.limit }
    byKind.set(theCase.kindId, { points: kind.points + weight, limit: kind.limit })
  }
  return {
    points,
    limit: load.limit,
    byKind,
    utilisation: utilisationOf(points, load.limit, byKind),
  }
}

/** Utilisation after these cases are given too. */
export function utilisationAfter(
  load: PersonLoad,
  cases: readonly Case[],
  world: Pick<LoadWorld, 'now' | 'kinds'>,
): number {
  return loadAfter(load, cases, world).utilisation
}

/** Points against a limit; any work over a zero limit is infinitely much. */
export const ratioOf = (points: number, limit: number): number =>
  limit > 0 ? points / limit : points > 0 ? Infinity : 0

function utilisationOf(
  points: number,
  limit: number,
  byKind: ReadonlyMap<KindId, KindLoad>,
): number {
  let largest = ratioOf(points, limit)
  for (const kind of byKind.values()) largest = Math.max(largest, ratioOf(kind.points, kind.limit))
  return largest
}

function kindsOf(kindLimits: Readonly<Record<string, number>> | undefined): KindId[]
function kindsOf(kindLimits: Readonly<Record<string, number>> | undefined): string[] {
  return Object.keys(kindLimits ?? {})
}

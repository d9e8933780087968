import type { Case } from './case.ts'
import type { Reason } from './decision.ts'
import type { DropWorld } from './drop-world.ts'
import { type Dropped, droppedOf } from './dropped.ts'
import type { KindId } from './id.ts'
import { loadAfter, loadOf, type PersonLoad, ratioOf } from './load.ts'
import type { Employee } from './org.ts'
import { type PersonNow, personNow } from './person-now.ts'

export type { DropWorld }

export type Verdict = 'ok' | 'warn' | 'blocked'

/** What a drop would mean, said before it is done. */
export interface Judgement {
  readonly verdict: Verdict
  /** The strongest first: what blocks, what warns, what is good to know. */
  readonly reasons: readonly Reason[]
  readonly loadAfter: number
  readonly limit: number
  readonly utilisationAfter: number
}

const blocking = new Set(['dismissed', 'noRight', 'limitZero', 'excluded', 'absentPastDue'])
const warning = new Set([
  'absentNow',
  'overLimit',
  'overKindLimit',
  'lacksSkill',
  'clientOfOther',
  'outsideHours',
  'dayClosed',
])

/** How much a reason weighs; `information` neither blocks nor warns. */
export function severityOf(reason: Reason): 'blocked' | 'warn' | 'information' {
  if (blocking.has(reason.code)) return 'blocked'
  return warning.has(reason.code) ? 'warn' : 'information'
}

/** Judges giving one case, or many together, to a person. */
export function judge(
  cases: Case | readonly Case[],
  employee: Employee,
  world: DropWorld,
): Judgement {
  return judgeDropped(droppedOf(cases, world), employee, world)
}

/** The same for cases looked at once and judged for many people. */
export function judgeDropped(dropped: Dropped, employee: Employee, world: DropWorld): Judgement {
  const person = personNow(employee, world)
  const load = loadBefore(employee, world)
  const after = loadAfter(load, dropped.cases, world)
  const blocked = blocksOf(dropped, person, world, load)
  const warned = warningsOf(dropped, person, world)
  const over = overLimit(after, world)
  if (over) warned.push(over)
  return {
    verdict: blocked.length > 0 ? 'blocked' : warned.length > 0 ? 'warn' : 'ok',
    reasons: [...blocked, ...warned, ...informationOf(dropped, person, world, after)],
    loadAfter: after.points,
    limit: after.limit,
    utilisationAfter: after.utilisation,
  }
}

function blocksOf(
  dropped: Dropped,
  { employee, away, isInScope }: PersonNow,
  world: DropWorld,
  load: PersonLoad,
): Reason[] {
  const reasons: Reason[] = []
  if (employee.isDismissed) reasons.push({ code: 'dismissed' })
  if (!dropped.isMine || !isInScope) reasons.push({ code: 'noRight' })
  if (takesNone(employee, load.limit, dropped.kindIds)) reasons.push({ code: 'limitZero' })
  const rule = world.excluded?.get(employee.employeeId)
  if (rule !== undefined) reasons.push({ code: 'excluded', rule })
  if (away && dropped.earliestDueAt !== null && away.untilAt > dropped.earliestDueAt)
    reasons.push({ code: 'absentPastDue', kind: away.kind, untilAt: away.untilAt })
  return reasons
}

const takesNone = (employee: Employee, limit: number, kindIds: readonly KindId[]): boolean =>
  limit <= 0 || kindIds.some(kindId => (employee.kindLimits[kindId] ?? limit) <= 0)

/** Why a person is not at work now, the first that holds. */
function unavailability(
  { employee, away, opensAt, isOutsideHours }: PersonNow,
  earliestDueAt: number | null,
): Reason | null {
  if (away) {
    const isPastDue = earliestDueAt !== null && away.untilAt > earliestDueAt
    return isPastDue ? null : { code: 'absentNow', kind: away.kind, untilAt: away.untilAt }
  }
  if (isOutsideHours) return { code: 'outsideHours', opensAt }
  return employee.isDayOpen === false ? { code: 'dayClosed' } : null
}

function warningsOf(dropped: Dropped, person: PersonNow, { index }: DropWorld): Reason[] {
  const { employee } = person
  const unavailable = unavailability(person, dropped.earliestDueAt)
  const reasons: Reason[] = unavailable ? [unavailable] : []
  for (const skill of dropped.skills)
    if (!employee.skills.includes(skill)) reasons.push({ code: 'lacksSkill', skill })
  for (const ownerId of dropped.ownerIds) {
    const owner = index.employeeById.get(ownerId)
    if (owner && !owner.isDismissed && ownerId !== employee.employeeId)
      reasons.push({ code: 'clientOfOther', employeeId: ownerId, name: owner.name })
  }
  return reasons
}

/** At the limit or over it, by whichever limit is the tighter: the person's or that of a kind. */
function overLimit(
  { points, limit, utilisation, byKind }: ReturnType<typeof loadAfter>,
  { kinds }: DropWorld,
): Reason | null {
  if (utilisation < 1) return null
  if (ratioOf(points, limit) === utilisation) return { code: 'overLimit', after: points, limit }
  for (const [kindId, kind] of byKind)
    if (ratioOf(kind.points, kind.limit) === utilisation) {
      const name = kinds.get(kindId)?.name ?? ''
      return { code: 'overKindLimit', after: kind.points, limit: kind.limit, name }
    }
  return null
}

function informationOf(
  dropped: Dropped,
  { employee, away }: PersonNow,
  world: DropWorld,
  after: { readonly points: number; readonly limit: number },
): Reason[] {
  const reasons: Reason[] = [{ code: 'load', after: after.points, limit: after.limit }]
  const { employeeId } = employee
  if (dropped.ownerIds.includes(employeeId)) reasons.push({ code: 'leadsClient' })
  else if (dropped.acquaintances.has(employeeId)) reasons.push({ code: 'knowsClient' })
  const freeAt = world.freeAt?.get(employeeId) ?? null
  if (freeAt !== null && freeAt > world.now && !away) reasons.push({ code: 'freeAt', at: freeAt })
  return reasons
}

/** The load of a person before the drop; nothing is held by one the loads do not name. */
export function loadBefore(employee: Employee, world: DropWorld): PersonLoad {
  const { now, index, kinds, loads } = world
  return (
    loads.get(employee.employeeId) ??
    loadOf(employee.employeeId, [], { now, index, kinds, defaultLimit: 10, closed: {} })
  )
}

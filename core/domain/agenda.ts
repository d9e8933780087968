import { workFrom, workingMsBetween, type WorkTime } from './calendar.ts'
import { isCounted } from './case-state.ts'
import type { Case, Kind } from './case.ts'
import { departmentOf, departmentsInOrder, hoursPerPointOf } from './department.ts'
import type { CaseId, EmployeeId, KindId } from './id.ts'
import { weightOf } from './load.ts'
import { byText } from './org-index.ts'
import { type TimeWorld, workTimeOf } from './work-time.ts'
import { dayNumberAt, dayText, instantOf } from './zone.ts'

export interface AgendaWorld extends TimeWorld {
  readonly now: number
  readonly kinds: ReadonlyMap<KindId, Kind>
}

export interface Agenda {
  /** When the last planned case is done; `now` with nothing to do; null: not within three years. */
  readonly freeAt: number | null
  /** Working time left today that no case takes. */
  readonly freeTodayMs: number
  /** Cases that will be done after their due. */
  readonly lateCaseIds: readonly CaseId[]
  /** Today and the days after it, in the person's zone. */
  readonly hoursByDay: readonly AgendaDay[]
  /** In the order of work; null: not within three years. */
  readonly planned: readonly { readonly caseId: CaseId; readonly doneAt: number | null }[]
}

export interface AgendaDay {
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly hours: number
  /** Working hours of the day; of today, those left from now. */
  readonly shiftHours: number
}

const hourMs = 3_600_000

/**
 * Lays the counted ones of a person's cases into working time from now, earliest due first.
 * `days`: how many days `hoursByDay` holds. Whose the cases are is not looked at: a case about to
 * be given may be among them.
 */
export function agendaOf(
  cases: Iterable<Case>,
  employeeId: EmployeeId,
  world: AgendaWorld,
  days = 14,
): Agenda {
  const { now } = world
  const time = workTimeOf(employeeId, world)
  const counted = [...cases].filter(theCase => isCounted(theCase, now)).toSorted(byDue)
  const work = workFrom(time, now)
  const planned: { caseId: CaseId; doneAt: number | null }[] = []
  const lateCaseIds: CaseId[] = []
  let reached: number | null = now
  for (const theCase of counted) {
    const { caseId, dueAt } = theCase
    reached = reached === null ? null : work(effortOf(theCase, employeeId, world))
    planned.push({ caseId, doneAt: reached })
    if (dueAt !== null && (reached === null || reached > dueAt)) lateCaseIds.push(caseId)
  }
  return {
    freeAt: reached,
    freeTodayMs: freeTodayMs(time, now, reached),
    lateCaseIds,
    hoursByDay: hoursByDay(time, now, reached, days),
    planned,
  }
}

/** The agenda of each of these people, from the open cases of all. */
export function agendasOf(
  cases: Iterable<Case>,
  people: Iterable<EmployeeId>,
  world: AgendaWorld,
  days = 14,
): ReadonlyMap<EmployeeId, Agenda> {
  const casesOf = new Map<EmployeeId, Case[]>()
  for (const employeeId of people) casesOf.set(employeeId, [])
  for (const theCase of cases)
    if (theCase.responsibleId !== null) casesOf.get(theCase.responsibleId)?.push(theCase)
  return new Map([...casesOf].map(([id, held]) => [id, agendaOf(held, id, world, days)]))
}

/** Planned work of a case in ms: its own, else weight × hours per point of its department or the person's. */
export function effortOf(theCase: Case, employeeId: EmployeeId, world: AgendaWorld): number {
  if (theCase.effortMs !== null) return theCase.effortMs
  const departmentId = departmentOf(theCase, world.index, world.kinds, null)
  const departments =
    departmentId === null ? departmentsInOrder(world.index, employeeId) : [departmentId]
  return weightOf(theCase, world.kinds) * hoursPerPointOf(world.index, departments) * hourMs
}

/** Earliest due first, then the more urgent, the older, the lower id. */
export function byDue(a: Case, b: Case): number {
  const [dueA, dueB] = [a.dueAt ?? Infinity, b.dueAt ?? Infinity]
  if (dueA !== dueB) return dueA - dueB
  return b.priority - a.priority || a.createdAt - b.createdAt || byText(a.caseId, b.caseId)
}

function freeTodayMs(time: WorkTime, now: number, freeAt: number | null): number {
  const endsAt = instantOf(time.zone, dayNumberAt(time.zone, now) + 1, 0)
  return workingMsBetween(time, Math.min(freeAt ?? endsAt, endsAt), endsAt)
}

function hoursByDay(
  time: WorkTime,
  now: number,
  freeAt: number | null,
  days: number,
): readonly AgendaDay[] {
  const today = dayNumberAt(time.zone, now)
  return Array.from({ length: days }, (_, ahead) => {
    const fromAt = Math.max(now, instantOf(time.zone, today + ahead, 0))
    const untilAt = instantOf(time.zone, today + ahead + 1, 0)
    const doneAt = Math.min(freeAt ?? untilAt, untilAt)
    return {
      day: dayText(today + ahead),
      hours: workingMsBetween(time, fromAt, doneAt) / hourMs,
      shiftHours: workingMsBetween(time, fromAt, untilAt) / hourMs,
    }
  })
}

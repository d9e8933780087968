import { agendaOf, type AgendaWorld } from './agenda.ts'
import { workingMsBetween, type WorkTime } from './calendar.ts'
import { isCounted } from './case-state.ts'
import type { Case } from './case.ts'
import type { CaseId, EmployeeId, KindId } from './id.ts'
import type { PersonLoad } from './load.ts'
import { absenceAt } from './org-index.ts'
import type { AbsenceKind } from './org.ts'
import { workTimeOf } from './work-time.ts'
import { dayNumberAt, dayNumberOf, instantOf } from './zone.ts'

/** How full a cell is: nothing to fill · under a half · well · nearly full or full · more than fits. */
export type Heat = 'off' | 'idle' | 'good' | 'high' | 'over'

const idleBelow = 0.5
const goodBelow = 0.85

/** Work against what there is room for; work where there is no room at all is too much. */
export function heatOf(part: number, whole: number): Heat {
  if (whole <= 0) return part > 0 ? 'over' : 'off'
  const ratio = part / whole
  if (ratio > 1) return 'over'
  if (ratio < idleBelow) return 'idle'
  return ratio < goodBelow ? 'good' : 'high'
}

/** One day of one person: what the agenda lays into it. */
export interface DayCell {
  /** `YYYY-MM-DD`, in the person's zone. */
  readonly day: string
  readonly hours: number
  /** Working hours of the day; of today, those left from now. */
  readonly shiftHours: number
  /** A day on which a case is done too late is over, however full it is. */
  readonly heat: Heat
  /** Cases worked on that day, in the order of work. */
  readonly caseIds: readonly CaseId[]
  /** Of these, the ones done on that day and after their due. */
  readonly lateCaseIds: readonly CaseId[]
  /** Why there is no work on a day that would have had some; null: present, or a day off. */
  readonly absence: AbsenceKind | null
}

/** Today and the calendar days after it, `days` of them, from the open cases one person holds. */
export function dayCellsOf(
  held: readonly Case[],
  employeeId: EmployeeId,
  world: AgendaWorld,
  days: number,
): readonly DayCell[] {
  const { hoursByDay, planned, lateCaseIds } = agendaOf(held, employeeId, world, days)
  const time = workTimeOf(employeeId, world)
  const isLate = new Set(lateCaseIds)
  const today = dayNumberAt(time.zone, world.now)
  const worked = hoursByDay.map((): CaseId[] => [])
  const late = hoursByDay.map((): CaseId[] => [])
  let startedAt = world.now
  for (const { caseId, doneAt } of planned) {
    if (doneAt === null) break
    const first = firstDay(time, startedAt, doneAt) - today
    const last = Math.max(first, dayNumberAt(time.zone, doneAt - 1) - today)
    for (let ahead = first; ahead <= last && ahead < days; ahead += 1)
      if (hoursByDay[ahead]?.shiftHours) worked[ahead]?.push(caseId)
    if (isLate.has(caseId)) late[last]?.push(caseId)
    startedAt = doneAt
  }
  return hoursByDay.map(({ day, hours, shiftHours }, ahead) => {
    const lateHere = late[ahead] ?? []
    return {
      day,
      hours,
      shiftHours,
      heat: lateHere.length > 0 ? 'over' : heatOf(hours, shiftHours),
      caseIds: worked[ahead] ?? [],
      lateCaseIds: lateHere,
      absence: shiftHours > 0 ? null : absenceOn(time, employeeId, world, day),
    }
  })
}

/** Work that begins where a working day ends is of the next one. */
function firstDay(time: WorkTime, startedAt: number, doneAt: number): number {
  let day = dayNumberAt(time.zone, startedAt)
  const lastDay = dayNumberAt(time.zone, doneAt)
  while (day < lastDay && !hasTimeLeft(time, startedAt, day)) day += 1
  return day
}

function hasTimeLeft(time: WorkTime, from: number, day: number): boolean {
  const start = Math.max(from, instantOf(time.zone, day, 0))
  return workingMsBetween(time, start, instantOf(time.zone, day + 1, 0)) > 0
}

function absenceOn(
  time: WorkTime,
  employeeId: EmployeeId,
  world: AgendaWorld,
  day: string,
): AbsenceKind | null {
  const number = dayNumberOf(day)
  const present = { ...time, absences: [] }
  const [fromAt, untilAt] = [
    Math.max(world.now, instantOf(time.zone, number, 0)),
    instantOf(time.zone, number + 1, 0),
  ]
  if (workingMsBetween(present, fromAt, untilAt) === 0) return null
  const noon = Math.max(fromAt, instantOf(time.zone, number, 12 * 60))
  return absenceAt(world.index, employeeId, noon)?.kind ?? null
}

/** Days worth a column: those on which at least one of the people works, the first `count` of them. */
export function workingDays(rows: Iterable<readonly DayCell[]>, count: number): readonly string[] {
  const days = new Set<string>()
  for (const cells of rows)
    for (const { day, shiftHours, absence } of cells)
      if (shiftHours > 0 || absence !== null) days.add(day)
  return [...days].toSorted().slice(0, count)
}

/** One kind of work of one person. */
export interface KindCell {
  readonly points: number
  readonly limit: number
  readonly heat: Heat
  /** Cases that count, earliest due first. */
  readonly caseIds: readonly CaseId[]
}

/** What a person holds of one kind against the limit; `null`: of all kinds. */
export function kindCellOf(
  load: PersonLoad,
  held: readonly Case[],
  kindId: KindId | null,
  now: number,
): KindCell {
  const { points, limit } = kindId === null ? load : (load.byKind.get(kindId) ?? none(load))
  const counted = held.filter(
    one => isCounted(one, now) && (kindId === null || one.kindId === kindId),
  )
  return {
    points,
    limit,
    heat: heatOf(points, limit),
    caseIds: counted.toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity)).map(idOf),
  }
}

const none = (load: PersonLoad) => ({ points: 0, limit: load.limit })
const idOf = ({ caseId }: Case): CaseId => caseId

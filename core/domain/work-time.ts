import { ordinaryWeek, type ProductionCalendar, type WorkTime } from './calendar.ts'
import { zoneOf } from './department.ts'
import type { EmployeeId } from './id.ts'
import type { OrgIndex } from './org-index.ts'

export interface TimeWorld {
  readonly index: OrgIndex
  readonly calendar: ProductionCalendar
  /** The workspace's IANA zone, for departments that name none. */
  readonly zone: string
}

/** When a person works: own week or the ordinary one, in the zone of the department. */
export function workTimeOf(employeeId: EmployeeId, { index, calendar, zone }: TimeWorld): WorkTime {
  return {
    week: index.employeeById.get(employeeId)?.week ?? ordinaryWeek,
    zone: zoneOf(index, employeeId, zone),
    calendar,
    absences: index.absencesOf.get(employeeId) ?? [],
  }
}

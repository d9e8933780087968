import type { Employee, Week } from '../../domain/org.ts'
import type { EmployeeRow, Flag } from './tables.ts'

export const flagged = (flag: Flag): boolean => flag === 1
export const flagOf = (is: boolean): Flag => (is ? 1 : 0)

/** A person as the domain holds it. */
export function employeeOf(row: EmployeeRow): Employee {
  return {
    employeeId: row.employeeId,
    name: row.name,
    isExternal: flagged(row.isExternal),
    isDismissed: flagged(row.isDismissed),
    limit: row.limit,
    kindLimits: parsed<Record<string, number>>(row.kindLimits),
    skills: parsed<string[]>(row.skills),
    week: row.week === null ? null : parsed<Week>(row.week),
    isDayOpen: row.isDayOpen === null ? null : flagged(row.isDayOpen),
    lastAssignedAt: row.lastAssignedAt,
  }
}

/** A person as the table holds it. */
export function employeeRow(employee: Employee, version: number): EmployeeRow {
  return {
    employeeId: employee.employeeId,
    name: employee.name,
    isExternal: flagOf(employee.isExternal),
    isDismissed: flagOf(employee.isDismissed),
    limit: employee.limit,
    kindLimits: JSON.stringify(employee.kindLimits),
    skills: JSON.stringify(employee.skills),
    week: employee.week && JSON.stringify(employee.week),
    isDayOpen: employee.isDayOpen === null ? null : flagOf(employee.isDayOpen),
    lastAssignedAt: employee.lastAssignedAt,
    version,
  }
}

/** What this program itself wrote as JSON of that shape. */
export function parsed<Shape>(json: string): Shape {
  return JSON.parse(json)
}

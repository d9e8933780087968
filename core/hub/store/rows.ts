import type { Kind } from '../../domain/case.ts'
import type { Absence, Department, Employee, Post, Substitution, Week } from '../../domain/org.ts'
import type { CompanyClient } from '../company.ts'
import type {
  AbsenceRow,
  ClientRow,
  DepartmentRow,
  EmployeeRow,
  Flag,
  KindRow,
  PostRow,
  SubstitutionRow,
} from './tables.ts'

export const flagged = (flag: Flag): boolean => flag === 1
const flagOf = (is: boolean): Flag => (is ? 1 : 0)

/** A person as the domain holds it. */
export function employeeOf(row: EmployeeRow): Employee {
  return {
    employeeId: row.employeeId,
    name: row.name,
    isExternal: flagged(row.isExternal),
    isDismissed: flagged(row.isDismissed),
    limit: row.limit,
    kindLimits: numbersIn(row.kindLimits),
    skills: stringsIn(row.skills),
    week: row.week === null ? null : weekIn(row.week),
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

// What follows was written as JSON by this program itself, of the shape each reader names.
export const stringsIn = (json: string): string[] => JSON.parse(json)
const numbersIn = (json: string): Record<string, number> => JSON.parse(json)
export const fieldsIn = (json: string): Record<string, string | number | null> => JSON.parse(json)
export const reasonsIn = (json: string): Record<string, string | number | boolean | null>[] =>
  JSON.parse(json)
const weekIn = (json: string): Week => JSON.parse(json)

export const departmentRow = (one: Department, version: number): DepartmentRow => ({
  departmentId: one.departmentId,
  parentId: one.parentId,
  name: one.name,
  defaultLimit: one.defaultLimit,
  hoursPerPoint: one.hoursPerPoint,
  zone: one.zone,
  version,
})

export const postRow = (one: Post, version: number): PostRow => ({
  postId: one.postId,
  departmentId: one.departmentId,
  name: one.name,
  employeeId: one.employeeId,
  isHead: flagOf(one.isHead),
  version,
})

export const absenceRow = (one: Absence, version: number): AbsenceRow => ({
  absenceId: one.absenceId,
  employeeId: one.employeeId,
  kind: one.kind,
  fromAt: one.fromAt,
  untilAt: one.untilAt,
  version,
})

export const substitutionRow = (one: Substitution, version: number): SubstitutionRow => ({
  substitutionId: one.substitutionId,
  employeeId: one.employeeId,
  substituteId: one.substituteId,
  fromAt: one.fromAt,
  untilAt: one.untilAt,
  version,
})

export const kindRow = (one: Kind, version: number): KindRow => ({
  kindId: one.kindId,
  name: one.name,
  weight: one.weight,
  departmentId: one.departmentId,
  doesWaitingStopClock: flagOf(one.doesWaitingStopClock),
  version,
})

export const clientRow = (one: CompanyClient, version: number): ClientRow => ({
  clientId: one.clientId,
  name: one.name,
  responsibleId: one.responsibleId,
  version,
})

import type { AbsenceId, DepartmentId, EmployeeId, PostId, SubstitutionId } from './id.ts'

export interface Department {
  readonly departmentId: DepartmentId
  readonly parentId: DepartmentId | null
  readonly name: string
  /** Limit in points of a person without one; null: the parent's, at the top 10. */
  readonly defaultLimit: number | null
  /** Hours of work in one point; null: the parent's, at the top 1. */
  readonly hoursPerPoint: number | null
  /** IANA zone; null: the parent's, at the top the workspace's. */
  readonly zone: string | null
}

/** A post belongs to a department and is held by an employee or vacant. */
export interface Post {
  readonly postId: PostId
  readonly departmentId: DepartmentId
  readonly name: string
  readonly employeeId: EmployeeId | null
  /** The holder of this post is the head of the department. */
  readonly isHead: boolean
}

export interface Employee {
  readonly employeeId: EmployeeId
  readonly name: string
  readonly isExternal: boolean
  readonly isDismissed: boolean
  /** Points this person may hold; null: the department's default; 0: takes none. */
  readonly limit: number | null
  /** Limits in points by kind id. */
  readonly kindLimits: Readonly<Record<string, number>>
  readonly skills: readonly string[]
  /** null: the ordinary week. */
  readonly week: Week | null
  /** Is the working day open now, where the backend tracks it; null: unknown, never absent. */
  readonly isDayOpen: boolean | null
  readonly lastAssignedAt: number | null
}

/** Seven days from Monday; each is a list of spans in minutes from local midnight. */
export type Week = readonly (readonly Span[])[]
export interface Span {
  readonly fromMinute: number
  readonly toMinute: number
}

export type AbsenceKind = 'vacation' | 'sick' | 'trip' | 'other'
export interface Absence {
  readonly absenceId: AbsenceId
  readonly employeeId: EmployeeId
  readonly kind: AbsenceKind
  readonly fromAt: number
  /** Exclusive. */
  readonly untilAt: number
}

/** While active, the substitute acts as head wherever `employeeId` is head. */
export interface Substitution {
  readonly substitutionId: SubstitutionId
  readonly employeeId: EmployeeId
  readonly substituteId: EmployeeId
  readonly fromAt: number
  readonly untilAt: number
}

/** The whole organisation, as plain lists. */
export interface Org {
  readonly departments: readonly Department[]
  readonly posts: readonly Post[]
  readonly employees: readonly Employee[]
  readonly absences: readonly Absence[]
  readonly substitutions: readonly Substitution[]
}

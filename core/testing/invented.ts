/** Invented records for tests: whole by default, overridden field by field. */
import type { Case, Kind } from '../domain/case.ts'
import type {
  AbsenceId,
  CaseId,
  ClientId,
  DepartmentId,
  EmployeeId,
  KindId,
  PostId,
  SubstitutionId,
} from '../domain/id.ts'
import type { Absence, Department, Employee, Org, Post, Substitution, Week } from '../domain/org.ts'

export const departmentId = (id: string) => id as DepartmentId
export const employeeId = (id: string) => id as EmployeeId
const caseId = (id: string) => id as CaseId
export const kindId = (id: string) => id as KindId
export const clientId = (id: string) => id as ClientId

/** Monday, 23 November 2026, noon in Moscow. */
export const mondayNoon = Date.UTC(2026, 10, 23, 9)
export const hour = 3_600_000
export const day = 24 * hour

/** Every hour of every day: for tests in which time does not matter. */
const roundTheClock: Week = Array.from({ length: 7 }, () => [{ fromMinute: 0, toMinute: 1440 }])

export const aDepartment = (
  id: string,
  parent: string | null = null,
  over: Partial<Department> = {},
): Department => ({
  departmentId: departmentId(id),
  parentId: parent === null ? null : departmentId(parent),
  name: `Отдел ${id}`,
  defaultLimit: null,
  hoursPerPoint: null,
  zone: null,
  ...over,
})

export const anEmployee = (id: string, over: Partial<Employee> = {}): Employee => ({
  employeeId: employeeId(id),
  name: id,
  isExternal: false,
  isDismissed: false,
  limit: null,
  kindLimits: {},
  skills: [],
  week: roundTheClock,
  isDayOpen: null,
  lastAssignedAt: null,
  ...over,
})

export const aPost = (department: string, employee: string | null, isHead = false): Post => ({
  postId: `${department}/${employee ?? 'vacant'}/${isHead ? 'head' : 'member'}` as PostId,
  departmentId: departmentId(department),
  name: isHead ? 'Начальник' : 'Сотрудник',
  employeeId: employee === null ? null : employeeId(employee),
  isHead,
})

export const anAbsence = (
  employee: string,
  fromAt: number,
  untilAt: number,
  kind: Absence['kind'] = 'vacation',
): Absence => ({
  absenceId: `${employee}@${fromAt}` as AbsenceId,
  employeeId: employeeId(employee),
  kind,
  fromAt,
  untilAt,
})

export const aSubstitution = (
  employee: string,
  substitute: string,
  fromAt = 0,
  untilAt = Infinity,
): Substitution => ({
  substitutionId: `${employee}->${substitute}` as SubstitutionId,
  employeeId: employeeId(employee),
  substituteId: employeeId(substitute),
  fromAt,
  untilAt,
})

export const anOrg = (over: Partial<Org> = {}): Org => ({
  departments: [],
  posts: [],
  employees: [],
  absences: [],
  substitutions: [],
  ...over,
})

export const aKind = (id: string, over: Partial<Kind> = {}): Kind => ({
  kindId: kindId(id),
  name: `Вид ${id}`,
  weight: 1,
  departmentId: null,
  doesWaitingStopClock: true,
  ...over,
})

export const aCase = (id: string, over: Partial<Case> = {}): Case => ({
  caseId: caseId(id),
  number: id,
  subject: `Дело ${id}`,
  kindId: null,
  source: 'mail',
  departmentId: null,
  responsibleId: null,
  clientId: null,
  clientName: null,
  status: 'open',
  statusName: null,
  deferredUntil: null,
  dueAt: null,
  priority: 1,
  weight: 1,
  effortMs: null,
  requiredSkill: null,
  createdAt: mondayNoon - day,
  updatedAt: mondayNoon - day,
  closedAt: null,
  assignedAt: null,
  isMasked: false,
  version: 1,
  ...over,
})

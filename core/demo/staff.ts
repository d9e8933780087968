import type { DepartmentId, EmployeeId } from '../domain/id.ts'
import type { Absence, Employee, Post, Substitution } from '../domain/org.ts'
import { bareId } from '../hub/bare-id.ts'
import type { Company } from '../hub/company.ts'
import { departments, dispatcher, people, substitution } from './people.ts'
import type { DemoPerson } from './person.ts'
import type { Timetable } from './timetable.ts'

type Staff = Pick<
  Company,
  'departments' | 'posts' | 'employees' | 'absences' | 'substitutions' | 'dispatchers'
>

/** The people of the invented company as the hub has them, with absences around now. */
export function staffOf(times: Timetable, lastAssignedAt: ReadonlyMap<EmployeeId, number>): Staff {
  return {
    departments: departments.map(({ id, parent, name, limit }) => ({
      departmentId: bareId('department', id),
      parentId: bareId('department', parent),
      name,
      defaultLimit: limit ?? null,
      hoursPerPoint: null,
      zone: null,
    })),
    posts: [...people.filter(person => person.isDismissed !== true).map(postOf), vacancy],
    employees: people.map(person => employeeOf(person, lastAssignedAt)),
    absences: people.flatMap(person => absenceOf(person, times)),
    substitutions: [substitutionNow(times)],
    dispatchers: [
      {
        employeeId: bareId('employee', dispatcher.employee),
        departmentId: bareId('department', dispatcher.department),
        fromAt: null,
        untilAt: null,
      },
    ],
  }
}

/** Who gives out the cases of a department when everybody is present. */
export function headOf(departmentId: DepartmentId | null): EmployeeId | null {
  const own = people.find(person => person.isHead === true && person.department === departmentId)
  if (own !== undefined) return bareId('employee', own.id)
  const parent = departments.find(({ id }) => id === departmentId)?.parent ?? null
  return parent === null ? null : headOf(bareId('department', parent))
}

const vacancy: Post = {
  postId: bareId('post', 'papers-head'),
  departmentId: bareId('department', 'papers'),
  name: 'Начальник отдела',
  employeeId: null,
  isHead: true,
}

function postOf({ id, department, post, isHead }: DemoPerson): Post {
  return {
    postId: bareId('post', `post-${id}`),
    departmentId: bareId('department', department),
    name: post,
    employeeId: bareId('employee', id),
    isHead: isHead ?? false,
  }
}

function employeeOf(person: DemoPerson, lastAssignedAt: ReadonlyMap<EmployeeId, number>): Employee {
  const employeeId = bareId('employee', person.id)
  return {
    employeeId,
    name: person.name,
    isExternal: person.isExternal ?? false,
    isDismissed: person.isDismissed ?? false,
    limit: person.limit ?? null,
    kindLimits: person.kindLimits ?? {},
    skills: person.skills ?? [],
    week: person.week ?? null,
    isDayOpen: person.isDayOpen ?? null,
    lastAssignedAt: lastAssignedAt.get(employeeId) ?? null,
  }
}

function absenceOf({ id, away }: DemoPerson, times: Timetable): Absence[] {
  if (away === undefined) return []
  return [
    {
      absenceId: bareId('absence', `away-${id}`),
      employeeId: bareId('employee', id),
      kind: away.kind,
      fromAt: times.midnight(away.from),
      untilAt: times.midnight(away.until),
    },
  ]
}

function substitutionNow(times: Timetable): Substitution {
  const absent = people.find(({ id }) => id === substitution.employee)?.away
  return {
    substitutionId: bareId('substitution', 'substitution-1'),
    employeeId: bareId('employee', substitution.employee),
    substituteId: bareId('employee', substitution.substitute),
    fromAt: times.midnight(absent?.from ?? 0),
    untilAt: times.midnight(absent?.until ?? 0),
  }
}

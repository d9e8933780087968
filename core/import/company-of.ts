import type { Employee, Department, Post } from '../domain/org.ts'
import type { Company, CompanyClient } from '../hub/company.ts'
import { caseOf, historyOf } from './fold.ts'
import {
  clientIdOf,
  departmentIdOf,
  employeeIdOf,
  kindIdOf,
  ownerId,
  postIdOf,
  rootId,
} from './ids.ts'
import type { Staging } from './staging.ts'
import type { Person, Survey } from './survey.ts'
import type { Titles } from './titles.ts'

/** The company a file tells of: «Импорт» headed by who imports, the file's groups below it. */
export function companyOf(survey: Survey, staging: Staging, titles: Titles, zone: string): Company {
  return {
    company: titles.company,
    zone,
    ownerId,
    departments: [
      department(rootId, null, titles.root),
      ...sorted(survey.departments).map(name => department(departmentIdOf(name), rootId, name)),
    ],
    posts: postsOf(survey, titles),
    employees: [
      { ...blankEmployee, employeeId: ownerId, name: titles.owner },
      ...sorted(survey.people.keys()).flatMap(name => employeeOf(name, survey.people.get(name))),
    ],
    absences: [],
    substitutions: [],
    kinds: sorted(survey.kinds).map(name => ({
      kindId: kindIdOf(name),
      name,
      weight: 1,
      departmentId: null,
      doesWaitingStopClock: true,
    })),
    cases: casesOf(staging),
    clients: clientsOf(survey),
    history: historyLinesOf(staging),
  }
}

const blankEmployee: Omit<Employee, 'employeeId' | 'name'> = {
  isExternal: false,
  isDismissed: false,
  limit: null,
  kindLimits: {},
  skills: [],
  week: null,
  isDayOpen: null,
  lastAssignedAt: null,
}

/** A program holds its cases, takes no new ones and stands in no department. */
function employeeOf(name: string, person: Person | undefined): Employee[] {
  if (person === undefined) return []
  const { isSystem, lastAssignedAt } = person
  const employeeId = employeeIdOf(name)
  return [
    isSystem
      ? { ...blankEmployee, employeeId, name, isExternal: true, limit: 0, lastAssignedAt }
      : { ...blankEmployee, employeeId, name, lastAssignedAt },
  ]
}

function department(
  departmentId: Department['departmentId'],
  parentId: Department['parentId'],
  name: string,
): Department {
  return { departmentId, parentId, name, defaultLimit: null, hoursPerPoint: null, zone: null }
}

/** A person seen without any department belongs to the top. */
function postsOf(survey: Survey, titles: Titles): Post[] {
  const headPost: Post = {
    postId: postIdOf(rootId, ownerId),
    departmentId: rootId,
    name: titles.headPost,
    employeeId: ownerId,
    isHead: true,
  }
  const posts = sorted(survey.people.keys()).flatMap(name => {
    const person = survey.people.get(name)
    if (person === undefined || person.isSystem) return []
    const named = [...person.departments].filter(found => found !== null)
    const departmentIds = named.length === 0 ? [rootId] : sorted(named).map(departmentIdOf)
    const employeeId = employeeIdOf(name)
    return departmentIds.map(departmentId => ({
      postId: postIdOf(departmentId, employeeId),
      departmentId,
      name: titles.memberPost,
      employeeId,
      isHead: false,
    }))
  })
  return [headPost, ...posts]
}

function* casesOf(staging: Staging): Generator<ReturnType<typeof caseOf>> {
  for (const entries of staging.cases()) yield caseOf(entries)
}

function* clientsOf(survey: Survey): Generator<CompanyClient> {
  for (const name of survey.clients) yield { clientId: clientIdOf(name), name, responsibleId: null }
}

function* historyLinesOf(staging: Staging): ReturnType<typeof historyOf> {
  for (const entries of staging.cases()) yield* historyOf(entries)
}

function sorted(names: Iterable<string>): string[] {
  return [...names].toSorted()
}

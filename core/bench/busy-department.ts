import { russianCalendar } from '../console/calendar.ts'
import { largeCompany } from '../demo/large.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { scopeOf } from '../domain/head-for.ts'
import type { CaseId, EmployeeId } from '../domain/id.ts'
import { loadsOf } from '../domain/load.ts'
import { indexOrg } from '../domain/org-index.ts'

/** Monday, 23 November 2026, noon in Moscow: people are at work. */
const workingNoon = Date.UTC(2026, 10, 23, 9)

export interface DepartmentSize {
  /** Unassigned ones. */
  readonly cases: number
  readonly people: number
  /** Open cases the people hold. */
  readonly held: number
}

/** A large company at one working moment, its owner at the desk. */
export function busyDepartment({ cases: count, people, held }: DepartmentSize): {
  readonly world: DropWorld
  readonly unassigned: readonly Case[]
} {
  const now = workingNoon
  const company = largeCompany({
    cases: count + held,
    people,
    openCases: count + held,
    unassigned: count,
    seed: 7,
    now,
  })
  const { departments, posts, employees, absences, substitutions } = company
  const index = indexOrg({ departments, posts, employees, absences, substitutions })
  const cases = Array.from(casesOf(company.cases), one => ({ ...one, isMasked: false, version: 1 }))
  const kinds = new Map(company.kinds.map(kind => [kind.kindId, kind]))
  const me: EmployeeId | null = company.ownerId
  if (me === null) throw new Error('a large company has an owner')
  const loads = loadsOf(cases, { now, index, kinds, defaultLimit: 10, closed: {} })
  const world: DropWorld = {
    now,
    index,
    kinds,
    loads,
    me,
    zone: company.zone,
    calendar: russianCalendar,
    scope: scopeOf(index, me, [], now),
    fallback: null,
    acquainted: {},
    clientOwners: {},
  }
  return { world, unassigned: cases.filter(one => one.responsibleId === null) }
}

function* casesOf<Item extends { caseId: CaseId }>(
  rows: Iterable<Item> | AsyncIterable<Item>,
): Generator<Item> {
  if (!(Symbol.iterator in rows)) throw new Error('a large company is made at once')
  yield* rows
}

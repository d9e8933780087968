import { russianCalendar } from '../console/calendar.ts'
import { largeCompany } from '../demo/large.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { scopeOf } from '../domain/head-for.ts'
import { hintsFor } from '../domain/hint.ts'
import type { CaseId, EmployeeId } from '../domain/id.ts'
import { loadsOf } from '../domain/load.ts'
import { indexOrg } from '../domain/org-index.ts'
import { median, quantile, timesOf } from './measure.ts'
import type { Row } from './report.ts'

const rounds = 2_000

/** Hints for one case after another over 200 people who hold 5,000 cases; the world is that of one moment. */
export function* hintRows(): Generator<Row> {
  const { world, unassigned } = busyDepartment()
  const hint = (index: number) => {
    const theCase = unassigned[index % unassigned.length]
    if (theCase && hintsFor([theCase], world).length < 199) throw new Error('somebody was left out')
  }
  timesOf(200, hint)
  const times = timesOf(rounds, hint)
  const note = `p95 ${quantile(times, 0.95).toFixed(2)} ms`
  yield {
    name: 'hints for a case over 200 people, median',
    value: median(times),
    unit: 'ms',
    budget: 1,
    note,
  }
}

function busyDepartment(): { world: DropWorld; unassigned: readonly Case[] } {
  const now = Date.now()
  const company = largeCompany({
    cases: 5_000,
    people: 200,
    openCases: 5_000,
    unassigned: 1_000,
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

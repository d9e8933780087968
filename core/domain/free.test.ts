import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aCase,
  aDepartment,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  day,
  employeeId,
  hour,
  mondayNoon,
} from '../testing/invented.ts'
import { noCalendar, ordinaryWeek } from './calendar.ts'
import type { Case } from './case.ts'
import { byFreeness, freenessOf } from './free.ts'
import { loadsOf } from './load.ts'
import { indexOrg } from './org-index.ts'
import type { Employee } from './org.ts'
import type { Absence } from './org.ts'

const ann = employeeId('ann')
/** Noon on Monday: an hour to lunch, then four hours of work. */
const now = mondayNoon

function freeness(
  cases: readonly Case[],
  over: Partial<Employee> = {},
  { absences = [], at = now }: { absences?: readonly Absence[]; at?: number } = {},
) {
  const employee = anEmployee('ann', { week: ordinaryWeek, ...over })
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('centre')],
      posts: [aPost('centre', 'ann')],
      employees: [employee],
      absences,
    }),
  )
  const kinds = new Map()
  const world = { now: at, index, kinds, calendar: noCalendar, zone: 'Europe/Moscow' }
  const loads = loadsOf(cases, { ...world, defaultLimit: 10, closed: {} })
  const rest = { loads, acquainted: {}, scope: new Set<never>(), me: ann }
  return freenessOf(employee, cases, { ...world, ...rest })
}
const work = (id: string, hours: number, dueAt: number | null = null) =>
  aCase(id, { responsibleId: ann, effortMs: hours * hour, dueAt })

test('the current case is the first of the agenda, the others are behind it', () => {
  const found = freeness([work('1', 1, now + 2 * day), work('2', 1.5, now + day)])
  assert.deepEqual(
    [found.current?.number, found.behind, found.freeAt, found.isFree, found.points],
    ['2', 1, now + 3.5 * hour, false, 2],
  )
})

test('who is at work with nothing to do is free now', () => {
  const waiting = aCase('1', { responsibleId: ann, status: 'waiting' })
  const found = freeness([waiting])
  assert.deepEqual(
    [found.current, found.behind, found.freeAt, found.isFree, found.hindrance],
    [null, 0, now, true, null],
  )
})

test('who is away or at home is not free, and is when the work begins again', () => {
  const away = freeness([], {}, { absences: [anAbsence('ann', now - day, now + day)] })
  assert.deepEqual([away.isFree, away.hindrance?.code], [false, 'absentNow'])
  assert.ok((away.freeAt ?? 0) >= now + day)
  const night = freeness([], {}, { at: now + 11 * hour })
  assert.deepEqual([night.isFree, night.hindrance?.code], [false, 'outsideHours'])
  assert.ok((night.freeAt ?? 0) > now + 11 * hour)
})

test('whoever takes none is never free', () => {
  const found = freeness([], { limit: 0 })
  assert.deepEqual([found.isFree, found.freeAt, found.hindrance?.code], [false, null, 'limitZero'])
})

test('a day that is not open keeps a person from being free', () => {
  assert.deepEqual(freeness([], { isDayOpen: false }).isFree, false)
})

test('the free come first, then the sooner, then those who hold less', () => {
  const free = freeness([])
  const soon = freeness([work('1', 1)])
  const late = freeness([work('1', 3)])
  const lateAndFull = freeness([work('1', 1), work('2', 2)])
  const never = freeness([], { limit: 0 })
  const all = [never, lateAndFull, late, soon, free]
  assert.deepEqual(all.toSorted(byFreeness), [free, soon, late, lateAndFull, never])
})

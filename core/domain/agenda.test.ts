import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  arbitraryCases,
  arbitraryKinds,
  arbitraryOrg,
  arbitraryWeek,
  arbitraryZone,
  nearInstant,
} from '../testing/arbitrary.ts'
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
import { type AgendaWorld, agendaOf, agendasOf, effortOf } from './agenda.ts'
import { noCalendar, ordinaryWeek, workingMsBetween, workingSpans } from './calendar.ts'
import { isCounted } from './case-state.ts'
import { indexOrg } from './org-index.ts'
import type { Absence } from './org.ts'
import { workTimeOf } from './work-time.ts'

const ann = employeeId('ann')
/** Noon on Monday: an hour to lunch, then four hours of work. */
const now = mondayNoon

const worldWith = (absences: readonly Absence[] = []): AgendaWorld => ({
  now,
  index: indexOrg(
    anOrg({
      departments: [aDepartment('centre', null, { hoursPerPoint: 2 })],
      posts: [aPost('centre', 'ann')],
      employees: [anEmployee('ann', { week: ordinaryWeek }), anEmployee('bob')],
      absences,
    }),
  ),
  kinds: new Map(),
  calendar: noCalendar,
  zone: 'Europe/Moscow',
})
const work = (id: string, hours: number, dueAt: number | null = null) =>
  aCase(id, { responsibleId: ann, effortMs: hours * hour, dueAt })

test('«освободится в 16:30»: two and a half hours from noon, lunch left out', () => {
  const agenda = agendaOf([work('1', 1), work('2', 2.5)], ann, worldWith())
  assert.equal(agenda.freeAt, now + 4.5 * hour)
  assert.equal(agenda.freeTodayMs, 1.5 * hour)
})

test('the earliest due is done first, cases without a due last', () => {
  const cases = [work('1', 1), work('2', 1, now + 2 * day), work('3', 1, now + day)]
  assert.deepEqual(
    agendaOf(cases, ann, worldWith()).planned.map(one => one.caseId),
    ['3', '2', '1'],
  )
})

test('a case that will be done after its due is late', () => {
  const cases = [work('1', 3, now + 3 * hour), work('2', 1, now + hour)]
  assert.deepEqual(agendaOf(cases, ann, worldWith()).lateCaseIds, ['1'])
})

test('what is more than today goes on tomorrow', () => {
  const { freeAt, freeTodayMs, hoursByDay } = agendaOf([work('1', 7)], ann, worldWith(), 3)
  assert.equal(freeAt, now + 23 * hour)
  assert.equal(freeTodayMs, 0)
  assert.deepEqual(hoursByDay, [
    { day: '2026-11-23', hours: 5, shiftHours: 5 },
    { day: '2026-11-24', hours: 2, shiftHours: 8 },
    { day: '2026-11-25', hours: 0, shiftHours: 8 },
  ])
})

test('with nothing to do a person is free now and all day', () => {
  const idle = agendaOf([aCase('1', { status: 'waiting', responsibleId: ann })], ann, worldWith())
  assert.equal(idle.freeAt, now)
  assert.equal(idle.freeTodayMs, 5 * hour)
})

test('work waits for the end of an absence', () => {
  const absences = [anAbsence('ann', now - day, now + day)]
  const agenda = agendaOf([work('1', 1)], ann, worldWith(absences))
  assert.equal(agenda.freeAt, now + day + hour)
  assert.equal(agenda.freeTodayMs, 0)
})

test('who never works again is never free and late with everything', () => {
  const absences = [anAbsence('ann', 0, 8.64e15)]
  const agenda = agendaOf([work('1', 1, now + day)], ann, worldWith(absences))
  assert.equal(agenda.freeAt, null)
  assert.deepEqual(agenda.lateCaseIds, ['1'])
})

test("effort is the case's own, else weight by the department's hours per point", () => {
  const world = worldWith()
  assert.equal(effortOf(aCase('1', { effortMs: 5 }), ann, world), 5)
  assert.equal(effortOf(aCase('1', { weight: 3 }), ann, world), 6 * hour)
  assert.equal(effortOf(aCase('1', { weight: 3 }), employeeId('bob'), world), 3 * hour)
})

test('agendas of all are the agenda of each', () => {
  const cases = [work('1', 1), { ...work('2', 2), responsibleId: employeeId('bob') }]
  const agendas = agendasOf(cases, [ann], worldWith())
  assert.deepEqual([...agendas.keys()], ['ann'])
  assert.deepEqual(agendas.get(ann), agendaOf([work('1', 1)], ann, worldWith()))
})

const arbitraryAgenda = fc
  .record({
    org: arbitraryOrg,
    week: arbitraryWeek,
    zone: arbitraryZone,
    kinds: arbitraryKinds,
    now: nearInstant,
    cases: arbitraryCases,
  })
  .map(({ org, week, cases, ...rest }) => {
    const employees = org.employees.map(employee => ({ ...employee, week }))
    const world: AgendaWorld = {
      ...rest,
      index: indexOrg({ ...org, employees }),
      calendar: noCalendar,
    }
    return { cases, world, me: employeeId('e1') }
  })

test('the work of an agenda is working time outside absences, and all of it', () => {
  fc.assert(
    fc.property(arbitraryAgenda, ({ cases, world, me }) => {
      const { planned, freeAt } = agendaOf(cases, me, world)
      const time = workTimeOf(me, world)
      const counted = cases.filter(theCase => isCounted(theCase, world.now))
      assert.equal(planned.length, counted.length)
      fc.pre(freeAt !== null)
      assert.equal(
        workingMsBetween(time, world.now, freeAt),
        counted.reduce((sum, theCase) => sum + effortOf(theCase, me, world), 0),
      )
      for (const { doneAt } of planned) {
        if (doneAt === null || doneAt === world.now) continue
        const endsInWork = workingSpans(time, doneAt - 1, doneAt).length === 1
        assert.ok(endsInWork, 'work ended outside working time')
      }
    }),
    { numRuns: 500 },
  )
})

test('an agenda is done in the order of dues, and late are those done after theirs', () => {
  fc.assert(
    fc.property(arbitraryAgenda, ({ cases, world, me }) => {
      const { planned, lateCaseIds } = agendaOf(cases, me, world)
      const caseOf = new Map(cases.map(theCase => [theCase.caseId, theCase]))
      const dues = planned.map(one => caseOf.get(one.caseId)?.dueAt ?? Infinity)
      assert.deepEqual(
        dues,
        dues.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
      )
      const late = planned.filter(({ doneAt }, i) => (doneAt ?? Infinity) > (dues[i] ?? Infinity))
      assert.deepEqual(
        lateCaseIds,
        late.filter(one => caseOf.get(one.caseId)?.dueAt !== null).map(one => one.caseId),
      )
    }),
    { numRuns: 500 },
  )
})

test('hours of a day never exceed its shift, and the free rest of today is the difference', () => {
  fc.assert(
    fc.property(arbitraryAgenda, ({ cases, world, me }) => {
      const { hoursByDay, freeTodayMs } = agendaOf(cases, me, world)
      for (const { hours, shiftHours } of hoursByDay) assert.ok(0 <= hours && hours <= shiftHours)
      const today = hoursByDay[0]
      assert.ok(today)
      assert.ok(Math.abs((today.shiftHours - today.hours) * hour - freeTodayMs) < 1)
    }),
    { numRuns: 500 },
  )
})

test('one more case never makes a person free sooner', () => {
  fc.assert(
    fc.property(arbitraryAgenda, ({ cases, world, me }) => {
      const before = agendaOf(cases.slice(1), me, world).freeAt ?? Infinity
      assert.ok((agendaOf(cases, me, world).freeAt ?? Infinity) >= before)
    }),
  )
})

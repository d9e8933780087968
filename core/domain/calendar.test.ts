import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryInstant, arbitraryWeek, arbitraryZone } from '../testing/arbitrary.ts'
import { anAbsence, day, hour } from '../testing/invented.ts'
import {
  addWorkingMs,
  isWorkingAt,
  missingYear,
  noCalendar,
  opensAt,
  ordinaryWeek,
  type ProductionCalendar,
  workingMsBetween,
  workingSpans,
  type WorkTime,
} from './calendar.ts'
import type { Span, Week } from './org.ts'
import { dayNumberAt, instantOf, offsetAt, weekdayOf } from './zone.ts'

const russian = JSON.parse(
  readFileSync(new URL('../../resources/calendars/ru.json', import.meta.url), 'utf8'),
) as ProductionCalendar

const moscow: WorkTime = {
  week: ordinaryWeek,
  zone: 'Europe/Moscow',
  calendar: russian,
  absences: [],
}
/** Moscow is three hours ahead of UTC all year round. */
const inMoscow = (text: string) => Date.parse(`${text}:00+03:00`)
const hoursOf = (date: string) =>
  workingMsBetween(moscow, inMoscow(`${date}T00:00`), inMoscow(`${date}T00:00`) + day) / hour

test('an ordinary day is nine to six with an hour for lunch', () => {
  const [from, until] = [inMoscow('2026-11-23T00:00'), inMoscow('2026-11-24T00:00')]
  assert.deepEqual(workingSpans(moscow, from, until), [
    { fromAt: inMoscow('2026-11-23T09:00'), untilAt: inMoscow('2026-11-23T13:00') },
    { fromAt: inMoscow('2026-11-23T14:00'), untilAt: inMoscow('2026-11-23T18:00') },
  ])
})

test('the Russian calendar of 2025 and 2026 has 247 days and 1972 hours a year', () => {
  for (const year of [2025, 2026]) {
    const [from, until] = [inMoscow(`${year}-01-01T00:00`), inMoscow(`${year + 1}-01-01T00:00`)]
    const spans = workingSpans(moscow, from, until)
    const days = new Set(spans.map(span => dayNumberAt(moscow.zone, span.fromAt)))
    assert.equal(days.size, 247)
    assert.equal(workingMsBetween(moscow, from, until) / hour, 1972)
  }
})

test('moved days off, moved working Saturdays and short days are as the decrees say', () => {
  assert.equal(hoursOf('2025-12-31'), 0)
  assert.equal(hoursOf('2026-01-09'), 0)
  assert.equal(hoursOf('2025-05-02'), 0)
  assert.equal(hoursOf('2025-11-01'), 7)
  assert.equal(hoursOf('2025-11-03'), 0)
  assert.equal(hoursOf('2026-11-03'), 7)
  assert.equal(hoursOf('2026-11-04'), 0)
  assert.equal(hoursOf('2026-11-05'), 8)
})

test('the dates of the calendar are dates, each once, of years that exist', () => {
  for (const list of [russian.daysOff, russian.workingDays, russian.shortDays]) {
    assert.equal(new Set(list).size, list.length)
    for (const text of list)
      assert.equal(new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10), text)
  }
})

test('a year the calendar does not know is named', () => {
  assert.equal(missingYear(russian, inMoscow('2026-06-01T00:00')), null)
  assert.equal(missingYear(russian, inMoscow('2031-06-01T00:00')), 2031)
  assert.equal(missingYear(russian, inMoscow('2025-01-01T01:00'), 'Europe/Moscow'), null)
  assert.equal(missingYear(russian, inMoscow('2025-01-01T01:00'), 'UTC'), 2024)
})

test('a moved working Saturday is not worked by those who have no five-day week', () => {
  const week: Week = ordinaryWeek.map((spans, weekday) => (weekday === 1 ? [] : spans))
  const from = inMoscow('2025-11-01T00:00')
  assert.equal(workingMsBetween({ ...moscow, week }, from, from + day), 0)
})

test('eight hours from Friday at five end on Monday at five', () => {
  const reached = addWorkingMs(moscow, inMoscow('2026-11-20T17:00'), 8 * hour)
  assert.equal(reached, inMoscow('2026-11-23T17:00'))
})

test('work that ends with the shift ends then, not with the next one', () => {
  const reached = addWorkingMs(moscow, inMoscow('2026-11-23T17:00'), hour)
  assert.equal(reached, inMoscow('2026-11-23T18:00'))
})

test('an absence is no working time', () => {
  const absences = [anAbsence('ann', inMoscow('2026-11-23T10:00'), inMoscow('2026-11-25T15:00'))]
  const reached = addWorkingMs({ ...moscow, absences }, inMoscow('2026-11-23T09:00'), 2 * hour)
  assert.equal(reached, inMoscow('2026-11-25T16:00'))
})

test('a person outside hours starts with the next shift, and a lunch is not outside hours', () => {
  assert.equal(opensAt(moscow, inMoscow('2026-11-20T19:00')), inMoscow('2026-11-23T09:00'))
  for (const text of ['2026-11-23T09:00', '2026-11-23T13:30', '2026-11-23T17:59'])
    assert.equal(opensAt(moscow, inMoscow(text)), inMoscow(text))
  assert.equal(opensAt(moscow, inMoscow('2026-11-23T18:00')), inMoscow('2026-11-24T09:00'))
})

test('a pause of two hours is outside hours', () => {
  const spans: Span[] = [
    { fromMinute: 480, toMinute: 720 },
    { fromMinute: 840, toMinute: 1080 },
  ]
  const split = { ...moscow, week: ordinaryWeek.map(() => spans) }
  assert.equal(opensAt(split, inMoscow('2026-11-23T13:00')), inMoscow('2026-11-23T14:00'))
})

test('who never works never starts and finishes nothing', () => {
  const idle = { ...moscow, week: ordinaryWeek.map(() => []) }
  assert.equal(opensAt(idle, inMoscow('2026-11-23T13:00')), null)
  assert.equal(addWorkingMs(idle, inMoscow('2026-11-23T13:00'), 1), null)
})

test('a night shift runs past midnight and over the change of the clock', () => {
  const night: Week = ordinaryWeek.map(() => [{ fromMinute: 22 * 60, toMinute: 30 * 60 }])
  const london = { week: night, zone: 'Europe/London', calendar: noCalendar, absences: [] }
  const lengthOf = (from: string) => {
    const at = Date.parse(from)
    return workingMsBetween(london, at, at + 14 * hour) / hour
  }
  assert.equal(lengthOf('2026-06-10T18:00Z'), 8)
  assert.equal(lengthOf('2026-03-28T18:00Z'), 7)
  assert.equal(lengthOf('2026-10-24T18:00Z'), 9)
})

const arbitraryTime = fc
  .record({
    week: arbitraryWeek,
    zone: arbitraryZone,
    gone: fc.array(fc.tuple(arbitraryInstant, fc.nat(30 * 24)), { maxLength: 3 }),
    calendar: fc.constantFrom(russian, noCalendar),
  })
  .map(({ gone, ...time }): WorkTime => {
    return { ...time, absences: gone.map(([at, hours]) => anAbsence('x', at, at + hours * hour)) }
  })
const aFewDays = fc.nat(20 * 24 * 60).map(minutes => minutes * 60_000)

test('working time between is what was added, in any zone and week, over changes of the clock', () => {
  fc.assert(
    fc.property(arbitraryTime, arbitraryInstant, fc.nat(400 * 60), (time, at, minutes) => {
      const reached = addWorkingMs(time, at, minutes * 60_000)
      fc.pre(reached !== null)
      assert.equal(workingMsBetween(time, at, reached), minutes * 60_000)
    }),
    { numRuns: 2000 },
  )
})

test('adding the working time between never passes the end, and skips only time nobody works', () => {
  fc.assert(
    fc.property(arbitraryTime, arbitraryInstant, aFewDays, (time, at, length) => {
      const reached = addWorkingMs(time, at, workingMsBetween(time, at, at + length))
      assert.ok(reached !== null && reached <= at + length)
      assert.equal(workingMsBetween(time, reached, at + length), 0)
    }),
    { numRuns: 2000 },
  )
})

test('spans are in order, apart, inside what was asked, and outside absences', () => {
  fc.assert(
    fc.property(arbitraryTime, arbitraryInstant, aFewDays, (time, at, length) => {
      let reached = at
      for (const { fromAt, untilAt } of workingSpans(time, at, at + length)) {
        assert.ok(fromAt >= reached && fromAt < untilAt && untilAt <= at + length)
        reached = untilAt
        for (const gone of time.absences)
          assert.ok(untilAt <= gone.fromAt || fromAt >= gone.untilAt || gone.fromAt >= gone.untilAt)
      }
    }),
    { numRuns: 2000 },
  )
})

test('any time splits at any moment into two times that add up', () => {
  fc.assert(
    fc.property(arbitraryTime, arbitraryInstant, aFewDays, aFewDays, (time, at, first, second) => {
      assert.equal(
        workingMsBetween(time, at, at + first) +
          workingMsBetween(time, at + first, at + first + second),
        workingMsBetween(time, at, at + first + second),
      )
    }),
    { numRuns: 1000 },
  )
})

/** Straight from the wall clock; hours before six are left out because clocks change then. */
const isWorkingByWallClock = ({ week, zone }: WorkTime, at: number): boolean => {
  const minute = Math.floor(((at + offsetAt(zone, at)) % day) / 60_000)
  const spans = week[weekdayOf(dayNumberAt(zone, at))] ?? []
  return spans.some(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute)
}
const daytimeWeek: fc.Arbitrary<Week> = fc.array(
  fc.array(
    fc
      .tuple(fc.integer({ min: 24, max: 80 }), fc.integer({ min: 0, max: 15 }))
      .map(([from, length]) => ({ fromMinute: from * 15, toMinute: (from + length) * 15 })),
    { maxLength: 3 },
  ),
  { minLength: 7, maxLength: 7 },
)

test('a person works exactly when the wall clock shows an hour of the week', () => {
  fc.assert(
    fc.property(daytimeWeek, arbitraryZone, arbitraryInstant, (week, zone, at) => {
      const time = { week, zone, calendar: noCalendar, absences: [] }
      assert.equal(isWorkingAt(time, at), isWorkingByWallClock(time, at))
    }),
    { numRuns: 3000 },
  )
})

test('a day begins at its midnight even where midnight is skipped', () => {
  fc.assert(
    fc.property(arbitraryZone, arbitraryInstant, (zone, at) => {
      const today = dayNumberAt(zone, at)
      assert.ok(instantOf(zone, today, 0) <= at)
      assert.ok(at < instantOf(zone, today + 1, 0))
    }),
    { numRuns: 2000 },
  )
})

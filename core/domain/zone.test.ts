import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryInstant, arbitraryZone } from '../testing/arbitrary.ts'
import { dayNumberAt, dayNumberOf, dayText, instantOf, offsetAt, weekdayOf } from './zone.ts'

const hour = 3_600_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock by Intl itself, read as if it were UTC: what the cache must agree with. */
function wallClock(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
  formats.set(zone, format)
  const parts = format.formatToParts(at)
  const value = (type: string) => Number(parts.find(part => part.type === type)?.value)
  return Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
}

test('an offset is what Intl says, at any instant in any zone', () => {
  fc.assert(
    fc.property(arbitraryZone, arbitraryInstant, (zone, at) => {
      assert.equal(offsetAt(zone, at), wallClock(zone, at) - at)
    }),
    { numRuns: 2000 },
  )
})

test('an offset is right within two days of every change of 2026', () => {
  for (const zone of ['Europe/London', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Beirut'])
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += hour)
      if (offsetAt(zone, at - hour) !== offsetAt(zone, at))
        for (let near = at - 48 * hour; near < at + 48 * hour; near += hour / 4)
          assert.equal(offsetAt(zone, near), wallClock(zone, near) - near, `${zone} ${near}`)
})

test('the instant of what a wall clock shows is the first one that shows it', () => {
  fc.assert(
    fc.property(arbitraryZone, arbitraryInstant, (zone, at) => {
      const wall = at + offsetAt(zone, at)
      const dayNumber = Math.floor(wall / (24 * hour))
      const found = instantOf(zone, dayNumber, (wall - dayNumber * 24 * hour) / 60_000)
      assert.ok(found <= at)
      assert.equal(found + offsetAt(zone, found), wall)
    }),
    { numRuns: 2000 },
  )
})

test('later readings of a wall clock are never earlier instants', () => {
  fc.assert(
    fc.property(
      arbitraryZone,
      arbitraryInstant,
      fc.nat(2880),
      fc.nat(600),
      (zone, at, minute, more) => {
        const day = dayNumberAt(zone, at)
        assert.ok(instantOf(zone, day, minute) <= instantOf(zone, day, minute + more))
      },
    ),
    { numRuns: 2000 },
  )
})

test('a reading that the spring change skips is the instant of the change', () => {
  const change = Date.UTC(2026, 2, 29, 1)
  assert.equal(instantOf('Europe/London', dayNumberOf('2026-03-29'), 90), change)
})

test('a reading that the autumn change repeats is its first occurrence', () => {
  assert.equal(
    instantOf('Europe/London', dayNumberOf('2026-10-25'), 90),
    Date.UTC(2026, 9, 25, 0, 30),
  )
})

test('a day that a zone left out has no length', () => {
  const day = dayNumberOf('2011-12-30')
  assert.equal(instantOf('Pacific/Apia', day, 0), instantOf('Pacific/Apia', day + 1, 0))
})

test('a day number is read and written as a date', () => {
  assert.equal(dayText(dayNumberOf('2026-11-23')), '2026-11-23')
  assert.equal(weekdayOf(dayNumberOf('2026-11-23')), 0)
  assert.equal(weekdayOf(dayNumberOf('1969-12-28')), 6)
})

test('a zone nobody knows is UTC', () => {
  assert.equal(offsetAt('Mars/Olympus', Date.UTC(2026, 0, 1)), 0)
})

test('the ends of time do not break a zone', () => {
  for (const at of [-8.64e15, 8.64e15]) assert.ok(Number.isFinite(offsetAt('Europe/Moscow', at)))
})

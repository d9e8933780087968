import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileDates } from './dates.ts'

const at = (formats: string[], zone: string, text: string) => {
  const found = compileDates(formats, zone)(text)
  return found === null ? null : new Date(found.at).toISOString()
}

test('dates without a zone are UTC unless the mapping names one', () => {
  assert.equal(at(['DD-MM-YYYY HH:mm'], 'UTC', '29-02-2016 01:16'), '2016-02-29T01:16:00.000Z')
  assert.equal(
    at(['DD.MM.YYYY HH:mm'], 'Europe/Moscow', '29.02.2016 01:16'),
    '2016-02-28T22:16:00.000Z',
  )
  assert.equal(at(['ISO'], 'Europe/Moscow', '2012-05-01T00:00'), '2012-04-30T20:00:00.000Z')
})

test('a zone in the date wins over the zone of the mapping', () => {
  assert.equal(at(['ISO'], 'Europe/Moscow', '2010-03-31T14:59:42Z'), '2010-03-31T14:59:42.000Z')
  assert.equal(at(['ISO'], 'UTC', '2010-03-31 14:59:42.5+03:30'), '2010-03-31T11:29:42.500Z')
})

test('a day that does not exist is no date', () => {
  for (const text of [
    '31-02-2016 10:00',
    '00-01-2016 10:00',
    '01-13-2016 10:00',
    '01-01-2016 24:00',
    '01-01-2016 10:60',
  ])
    assert.equal(at(['DD-MM-YYYY HH:mm'], 'UTC', text), null, text)
  assert.equal(at(['ISO'], 'UTC', '2015-02-29'), null)
  assert.equal(at(['ISO'], 'UTC', '0001-01-01'), null)
})

test('a date alone is known as a day', () => {
  assert.equal(compileDates(['DD.MM.YYYY'], 'UTC')('1.5.2026')?.isDayOnly, true)
  assert.equal(compileDates(['ISO'], 'UTC')('2026-05-01T00:00')?.isDayOnly, false)
})

test('any instant written as ISO is read back exactly, in any zone', () => {
  const read = compileDates(['ISO'], 'America/New_York')
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      date => {
        assert.equal(read(date.toISOString())?.at, date.getTime())
      },
    ),
  )
})

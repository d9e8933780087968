import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { untilChange } from '../domain/case.ts'
import type { Reason } from '../domain/decision.ts'
import { arbitraryInstant, arbitraryZone } from '../testing/arbitrary.ts'
import {
  type Place,
  sayAge,
  sayDate,
  sayHours,
  sayLeft,
  sayNumber,
  sayReason,
  sayUntil,
  sayWhen,
} from './say.ts'
import { createWords } from './words.ts'

const russian = createWords('ru').t
const english = createWords('en').t
/** Saturday noon in Moscow. */
const place: Place = { language: 'ru', zone: 'Europe/Moscow', now: Date.parse('2026-11-21T09:00Z') }
const abroad: Place = { ...place, language: 'en' }
const at = (text: string) => Date.parse(`${text}:00+03:00`)
const minute = 60_000
const hour = 60 * minute

test('reasons are read as the head would say them', () => {
  const said: readonly (readonly [Reason, string, string])[] = [
    [
      { code: 'absentNow', kind: 'vacation', untilAt: at('2026-11-24T00:00') },
      'в отпуске до 24.11',
      'on leave until 24 Nov',
    ],
    [
      { code: 'absentNow', kind: 'other', untilAt: at('2026-11-21T16:30') },
      'отсутствует до 16:30',
      'away until 16:30',
    ],
    [{ code: 'load', after: 9, limit: 10 }, '9 из 10', '9 of 10'],
    [{ code: 'freeAt', at: at('2026-11-21T16:30') }, 'освободится в 16:30', 'free at 16:30'],
    [
      { code: 'freeAt', at: at('2026-11-22T10:00') },
      'освободится завтра в 10:00',
      'free tomorrow at 10:00',
    ],
    [{ code: 'leadsClient' }, 'ведёт этого клиента', 'looks after this client'],
    [
      { code: 'clientOfOther', employeeId: 'x', name: 'Анна П.' },
      'клиента ведёт Анна П.',
      'Анна П. looks after this client',
    ],
    [
      { code: 'outsideHours', opensAt: at('2026-11-23T09:00') },
      'сейчас не работает, начнёт 23.11 в 09:00',
      'not working now, starts on 23 Nov at 09:00',
    ],
    [{ code: 'outsideHours', opensAt: null }, 'сейчас не работает', 'not working now'],
  ]
  for (const [reason, ru, en] of said) {
    assert.equal(sayReason(russian, reason, place), ru)
    assert.equal(sayReason(english, reason, abroad), en)
  }
})

test('a code with a dot is a key of its own', () => {
  assert.equal(sayReason(russian, { code: 'time.justNow' }, place), 'только что')
})

test('moments are told by how near they are', () => {
  assert.equal(sayWhen(russian, at('2026-11-20T23:59'), place), 'вчера в 23:59')
  assert.equal(sayWhen(russian, at('2026-11-24T08:00'), place), '24.11 в 08:00')
  assert.equal(sayWhen(russian, at('2027-01-05T08:00'), place), '05.01.2027 в 08:00')
  assert.equal(sayWhen(english, at('2027-01-05T08:00'), abroad), 'on 05 Jan 2027 at 08:00')
  assert.equal(sayWhen(russian, untilChange, place), 'когда дело изменится')
})

test('the day is that of the zone', () => {
  const late = at('2026-11-21T23:30')
  assert.equal(sayWhen(russian, late, { ...place, zone: 'Asia/Omsk' }), 'завтра в 02:30')
})

test('an end at midnight is a day, another end has its time', () => {
  assert.equal(sayUntil(at('2026-11-24T00:00'), place), '24.11')
  assert.equal(sayUntil(at('2026-11-24T18:00'), place), '24.11, 18:00')
  assert.equal(sayDate(at('2025-11-24T18:00'), place), '24.11.2025')
})

test('time left is told in the two largest units', () => {
  assert.equal(sayLeft(russian, 2 * hour + 15 * minute, 'ru'), '2 ч 15 мин')
  assert.equal(sayLeft(russian, 76 * hour, 'ru'), '3 д 4 ч')
  assert.equal(sayLeft(russian, 48 * hour, 'ru'), '2 д')
  assert.equal(sayLeft(russian, minute - 1, 'ru'), 'меньше минуты')
  assert.equal(sayLeft(russian, -2 * hour, 'ru'), 'просрочено на 2 ч')
  assert.equal(sayLeft(english, -2 * hour, 'en'), 'overdue by 2 h')
})

test('age, hours and numbers follow the language', () => {
  assert.equal(sayAge(russian, 2 * minute, 'ru'), '2 мин назад')
  assert.equal(sayAge(english, 5000, 'en'), 'just now')
  assert.equal(sayHours(russian, 6.54, 'ru'), '6,5 ч')
  assert.equal(sayHours(english, 6.54, 'en'), '6.5 h')
  assert.equal(sayNumber(Infinity, 'ru'), '∞')
})

test('a zone nobody knows is read as UTC', () => {
  assert.equal(sayWhen(russian, place.now, { ...place, zone: 'Mars/Olympus' }), 'в 09:00')
})

test('any moment in any zone is said with its own time, and tomorrow is the day after today', () => {
  fc.assert(
    fc.property(
      arbitraryZone,
      arbitraryInstant,
      fc.integer({ min: -72, max: 72 }),
      (zone, now, hours) => {
        const moment = now + hours * hour
        const said = sayWhen(russian, moment, { language: 'ru', zone, now })
        assert.match(said, /\d\d:\d\d$/)
        assert.equal(said.startsWith('завтра') && hours <= 0, false)
        assert.equal(said.startsWith('вчера') && hours >= 0, false)
      },
    ),
    { numRuns: 500 },
  )
})

/**
 * Clocks that lie and zones that change: what is due when, when somebody will be free and how long
 * a token holds, in twelve zones, told against Intl and against counting quarter by quarter.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { addWorkingMs, noCalendar, ordinaryWeek, type WorkTime } from '../domain/calendar.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { createToken, findToken, usualScopes } from '../hub/store/tokens.ts'
import { smallCompany } from '../hub/testing/small-company.ts'
import { counted } from '../testing/counted.ts'
import { mondayNoon } from '../testing/invented.ts'
import { sayLeft, sayWhen } from '../words/say.ts'
import { createWords } from '../words/words.ts'

const zones = [
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Kamchatka',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
]
const quarter = 15 * 60_000
const hour = 4 * quarter
const day = 24 * hour

const formats = new Map<string, Intl.DateTimeFormat>()

/** Wall clock of a zone by Intl: `2027-03-28 02:45`. */
function wallOf(zone: string, at: number): string {
  let format = formats.get(zone)
  if (!format) {
    const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const
    format = new Intl.DateTimeFormat('sv-SE', options)
    formats.set(zone, format)
  }
  return format.format(at)
}

const offsetOf = (zone: string, at: number) =>
  Date.parse(`${wallOf(zone, at).replace(' ', 'T')}Z`) - Math.floor(at / 60_000) * 60_000

/** The hours of 2027 in which the clocks of a zone are changed. */
const changesOf = (zone: string): number[] =>
  Array.from({ length: 365 * 24 }, (_, n) => Date.UTC(2027, 0, 1) + n * hour).filter(
    at => offsetOf(zone, at) !== offsetOf(zone, at + hour),
  )

const momentsOf = (zone: string): readonly number[] => [
  Date.UTC(2038, 0, 19, 3, 14, 8),
  mondayNoon - day,
  mondayNoon + 5 * 365 * day,
  Date.UTC(2028, 1, 29, 0, 30) - offsetOf(zone, Date.UTC(2028, 1, 29)),
  Date.UTC(2028, 1, 29, 23, 30) - offsetOf(zone, Date.UTC(2028, 1, 29, 23)),
  Date.UTC(2027, 11, 31, 23, 59) - offsetOf(zone, Date.UTC(2027, 11, 31)),
  ...changesOf(zone).flatMap(at => [at - day, at - quarter, at + hour, at + day]),
]

const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * day).toISOString().slice(0, 10)

/** «завтра в 10:00» by Intl's wall clock alone. */
function expectedWhen(zone: string, at: number, now: number): string {
  const [date = '', time = ''] = wallOf(zone, at).split(' ')
  const [today = ''] = wallOf(zone, now).split(' ')
  const [year = '', month = '', dayOfMonth = ''] = date.split('-')
  if (date === today) return `в ${time}`
  if (date === dayAfter(today, 1)) return `завтра в ${time}`
  if (date === dayAfter(today, -1)) return `вчера в ${time}`
  const short = `${dayOfMonth}.${month}`
  return `${today.startsWith(year) ? short : `${short}.${year}`} в ${time}`
}

test('a due is said as the wall clock of its zone has it, whatever the moment', () => {
  const { t } = createWords('ru')
  const steps = [
    0,
    quarter,
    hour,
    3 * hour,
    23 * hour,
    day,
    25 * hour,
    3 * day,
    200 * day,
    400 * day,
  ]
  let said = 0
  let changes = 0
  for (const zone of zones) {
    changes += changesOf(zone).length
    for (const now of momentsOf(zone))
      for (const step of steps.flatMap(each => [each, -each])) {
        const at = now + step
        const place = { language: 'ru', zone, now } as const
        assert.equal(
          sayWhen(t, at, place).replace(/\u00A0/g, ' '),
          expectedWhen(zone, at, now),
          `${zone} ${new Date(now).toISOString()} ${step / hour} h`,
        )
        said += 1
      }
  }
  assert.equal(sayLeft(t, -26 * hour, 'ru').includes('просрочено'), true)
  counted(`clock: ${zones.length} zones, ${changes} changes of the clocks, ${said} dues said right`)
  assert.ok(changes >= 10)
})

/** Nine to one and two to six, Monday to Friday, by the wall clock of the zone. */
function isWorked(zone: string, at: number): boolean {
  const [date = '', time = ''] = wallOf(zone, at).split(' ')
  const weekday = new Date(`${date}T00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  return (time >= '09:00' && time < '13:00') || (time >= '14:00' && time < '18:00')
}

test('somebody is free when the hours of work have been counted quarter by quarter', () => {
  let counts = 0
  for (const zone of zones) {
    const time: WorkTime = { week: ordinaryWeek, zone, calendar: noCalendar, absences: [] }
    for (const moment of momentsOf(zone)) {
      const now = Math.ceil(moment / quarter) * quarter
      for (const effort of [quarter, 3 * hour, 9 * hour, 41 * hour]) {
        let at = now
        for (let left = effort; left > 0; at += quarter) if (isWorked(zone, at)) left -= quarter
        assert.equal(
          addWorkingMs(time, now, effort),
          at,
          `${zone} ${new Date(now).toISOString()} ${effort / hour} h`,
        )
        counts += 1
      }
    }
  }
  counted(`clock: ${counts} ends of work counted by the quarter, 0 wrong`)
})

test('a token holds until its moment and not after, on both sides of every change', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-zones-'))
  const databasePath = join(folder, 'hub.db')
  await writeCompany(databasePath, smallCompany())
  const { store, close } = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
  const moments = [...new Set(zones.flatMap(momentsOf))]
  try {
    for (const expiresAt of moments.slice(0, 30)) {
      const { token } = await createToken(store, {
        employeeId: null,
        role: 'agent',
        scopes: usualScopes.agent,
        label: 'clock',
        expiresAt,
      })
      const holds = await Promise.all(
        [-5 * 365 * day, -day, -1, 0, 1, day, 5 * 365 * day].map(
          async step => (await findToken(store, token, expiresAt + step)) !== null,
        ),
      )
      assert.deepEqual(holds, [true, true, true, false, false, false, false])
    }
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
})

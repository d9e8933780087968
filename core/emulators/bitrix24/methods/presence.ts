import { type Answer, type Call, callerOf, type Methods } from '../call.ts'
import { classicError, RestError } from '../rest-error.ts'
import type { Absence, Person } from '../rows.ts'
import { idsOf, intOf, paramOf, textOf } from '../values.ts'

function trackedPerson(call: Call): Person {
  if (callerOf(call).kind === 'extranet')
    throw new RestError(403, 'allowed_only_intranet_user', 'Extranet user is not allowed')
  const raw = paramOf(call.params, 'USER_ID')
  const person = call.world.people.one(raw === undefined ? call.actor.userId : (intOf(raw) ?? 0))
  if (!person) throw classicError('User not found')
  return person
}

const hourMs = 3_600_000
const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
const duration = (ms: number): string =>
  `${two(ms / hourMs)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`

/** `timeman.status`: one user a call (bitrix24.md 3.4). */
function status(call: Call): Answer {
  const { time } = call.world
  const { day } = trackedPerson(call)
  const worked = (day.finishedAt ?? time.now()) - (day.startedAt ?? time.now())
  return {
    result: {
      STATUS: day.status,
      TIME_START: day.startedAt === null ? null : time.iso(day.startedAt),
      TIME_FINISH: day.finishedAt === null ? null : time.iso(day.finishedAt),
      DURATION: duration(day.status === 'CLOSED' ? worked : 0),
      TIME_LEAKS: '00:00:00',
      ACTIVE: day.status === 'OPENED',
      IP_OPEN: '',
      IP_CLOSE: '',
      LAT_OPEN: 0,
      LON_OPEN: 0,
      LAT_CLOSE: 0,
      LON_CLOSE: 0,
      TZ_OFFSET: time.offsetMinutes * 60,
      ...(day.status === 'EXPIRED'
        ? { TIME_FINISH_DEFAULT: time.iso((day.startedAt ?? time.now()) + 9 * hourMs) }
        : {}),
    },
  }
}

function settings(call: Call): Answer {
  const person = trackedPerson(call)
  return {
    result: {
      UF_TIMEMAN: person.day.isTracked,
      UF_TM_FREE: false,
      UF_TM_MAX_START: '09:15:00',
      UF_TM_MIN_FINISH: '17:45:00',
      UF_TM_MIN_DURATION: '08:00:00',
      UF_TM_ALLOWED_DELTA: '00:15:00',
      ADMIN: person.isAdmin,
    },
  }
}

/** Entries of calendars and of the absence chart differ in shape (bitrix24.md 3.4). */
function shownAbsence(call: Call, row: Absence): Record<string, unknown> {
  const { time } = call.world
  const seconds = (at: number) => Math.floor(at / 1000)
  const wrongBy = row.isRecurring === true ? 30 * 24 * hourMs : 0
  if (row.isFromHr)
    return {
      FROM_HR: true,
      ID: row.id,
      DT_FROM: time.display(row.from),
      DT_TO: time.display(row.until),
      ACCESSIBILITY: 'absent',
      IMPORTANCE: 'normal',
      FROM: seconds(row.from),
      TO: seconds(row.until),
    }
  return {
    ID: String(row.id),
    NAME: row.name,
    DATE_FROM: time.display(row.from),
    DATE_TO: time.display(row.until),
    DATE_FROM_TS_UTC: String(seconds(row.from)),
    DATE_TO_TS_UTC: String(seconds(row.until + wrongBy)),
    '~USER_OFFSET_FROM': 0,
    '~USER_OFFSET_TO': 0,
    DT_SKIP_TIME: row.isWholeDay === true ? 'Y' : 'N',
    TZ_FROM: 'Europe/Moscow',
    TZ_TO: 'Europe/Moscow',
    ACCESSIBILITY: row.accessibility,
    IMPORTANCE: 'normal',
    EVENT_TYPE: null,
  }
}

function required(call: Call, name: string): unknown {
  const value = paramOf(call.params, name)
  if (value !== undefined && textOf(value) + idsOf(value).join('') !== '') return value
  throw classicError(
    `The required parameter "${name}" for the method "calendar.accessibility.get" is not set.`,
  )
}

function accessibility(call: Call): Answer {
  const { time } = call.world
  const users = idsOf(required(call, 'users'))
  const from = time.parse(textOf(required(call, 'from'))) ?? 0
  const until = (time.parse(textOf(required(call, 'to'))) ?? 0) + 24 * hourMs
  const entries = users.map(userId => {
    const rows = call.world.absences
      .all()
      .filter(row => row.userId === userId && row.from < until && row.until > from)
    return [String(userId), rows.map(row => shownAbsence(call, row))] as const
  })
  return { result: entries.length === 0 ? [] : Object.fromEntries(entries) }
}

/** Working days and absences (bitrix24.md 3.4). */
export const presence: Methods = {
  'timeman.status': { scope: 'timeman', run: status },
  'timeman.settings': { scope: 'timeman', run: settings },
  'calendar.accessibility.get': { scope: 'calendar', run: accessibility },
}

import type { TFunction } from 'i18next'
import type { Reason } from '../domain/decision.ts'
import type { Language } from './words.ts'

/** Where and when a sentence is read: instants are shown in `zone` (IANA), `now` in UTC ms. */
export interface Place {
  readonly language: Language
  readonly zone: string
  readonly now: number
}

/**
 * A reason as a sentence: «в отпуске до 24.11». The code is looked up in reason.json, a code with a
 * dot is a key of its own. Fields become what the sentence names: `…At` an instant, `…Ms` a length
 * of time, numbers in the language's way; `count` chooses the plural, `kind` or a null the variant.
 */
export function sayReason(t: TFunction, reason: Reason, place: Place): string {
  const { code, ...fields } = reason
  const said: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) said[name] = sayField(t, name, value, place)
  const context = contextOf(fields)
  if (context !== null) said['context'] = context
  return code.includes('.') ? t(code, said) : t(`reason.${code}`, said)
}

/** A moment as an adverb: «в 16:30», «завтра в 10:00», «24.11 в 10:00». */
export function sayWhen(t: TFunction, at: number, place: Place): string {
  if (at >= largestInstant) return t('time.onChange')
  const day = dayOf(at, place.zone)
  const today = dayOf(place.now, place.zone)
  const time = sayTime(at, place)
  if (day === today) return t('time.today', { time })
  if (day === shifted(today, 1)) return t('time.tomorrow', { time })
  if (day === shifted(today, -1)) return t('time.yesterday', { time })
  return t('time.onDay', { date: sayDate(at, place), time })
}

/** The end of something, after «до»: «24.11», today «16:30», within another day «24.11, 16:30». */
export function sayUntil(at: number, place: Place): string {
  const time = sayTime(at, place)
  if (time === '00:00') return sayDate(at, place)
  const isToday = dayOf(at, place.zone) === dayOf(place.now, place.zone)
  return isToday ? time : `${sayDate(at, place)}, ${time}`
}

/** «16:30» */
export function sayTime(at: number, { language, zone }: Place): string {
  return format(language, zone, 'time').format(at)
}

/** «24.11», in another year «24.11.2025»; in English «24 Nov». */
export function sayDate(at: number, { language, zone, now }: Place): string {
  const isThisYear = dayOf(at, zone).slice(0, -6) === dayOf(now, zone).slice(0, -6)
  return format(language, zone, isThisYear ? 'date' : 'dateWithYear').format(at)
}

/** The weekday of a calendar day (`YYYY-MM-DD`), short: «пн». */
export function sayWeekday(day: string, { language }: Place): string {
  return format(language, 'UTC', 'weekday').format(Date.parse(`${day}T00:00:00Z`))
}

/** A calendar day (`YYYY-MM-DD`) as a date: «24.11». */
export function sayDay(day: string, { language }: Place): string {
  return format(language, 'UTC', 'date').format(Date.parse(`${day}T00:00:00Z`))
}

/** Time left: «2 ч 15 мин», «3 д 4 ч»; when negative «просрочено на 2 ч». */
export function sayLeft(t: TFunction, ms: number, language: Language): string {
  if (ms < 0) return t('time.late', { left: sayLength(t, -ms, language) })
  return sayLength(t, ms, language)
}

/** How old something is: «2 мин назад», «только что». */
export function sayAge(t: TFunction, ms: number, language: Language): string {
  return ms < minuteMs ? t('time.justNow') : t('time.ago', { left: sayLength(t, ms, language) })
}

/** Working hours to one decimal: «6,5 ч». */
export function sayHours(t: TFunction, hours: number, language: Language): string {
  return t('time.hours', { number: sayNumber(Math.round(hours * 10) / 10, language) })
}

/** A number in the language's way; what is endless is «∞». */
export function sayNumber(value: number, language: Language): string {
  let found = numberFormats.get(language)
  if (!found) {
    found = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2 })
    numberFormats.set(language, found)
  }
  return found.format(value)
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** «Until the case changes» in the domain: the largest instant a Date can hold. */
const largestInstant = 8_640_000_000_000_000
/** British English: a day before a month and 24 hours, as in Russian. */
const locales: Readonly<Record<Language, string>> = { ru: 'ru-RU', en: 'en-GB' }
const numberFormats = new Map<Language, Intl.NumberFormat>()

/** The two largest units, the smaller one only when it is not zero. */
function sayLength(t: TFunction, ms: number, language: Language): string {
  const minutes = Math.floor(ms / minuteMs)
  if (minutes < 1) return t('time.underMinute')
  const number = (value: number) => ({ number: sayNumber(value, language) })
  const hours = Math.floor(minutes / 60)
  if (hours < 1) return t('time.minutes', number(minutes))
  const days = Math.floor(hours / 24)
  const [large, small] =
    days < 1
      ? [t('time.hours', number(hours)), minutes % 60 && t('time.minutes', number(minutes % 60))]
      : [t('time.days', number(days)), hours % 24 && t('time.hours', number(hours % 24))]
  return small ? `${large} ${small}` : large
}

function sayField(t: TFunction, name: string, value: Reason[string], place: Place): unknown {
  if (typeof value !== 'number' || name === 'count') return value
  if (name === 'untilAt') return sayUntil(value, place)
  if (name === 'at' || name.endsWith('At')) return sayWhen(t, value, place)
  if (name.endsWith('Ms')) return sayLeft(t, value, place.language)
  return sayNumber(value, place.language)
}

function contextOf(fields: Readonly<Record<string, Reason[string]>>): string | null {
  const { kind } = fields
  if (typeof kind === 'string') return kind
  return Object.values(fields).includes(null) ? 'unknown' : null
}

type Shape = 'time' | 'date' | 'dateWithYear' | 'day' | 'weekday'
const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs a thousand times more than using it. */
function format(language: Language, zone: string, shape: Shape): Intl.DateTimeFormat {
  const key = `${language} ${shape} ${zone}`
  let found = formats.get(key)
  if (!found) formats.set(key, (found = newFormat(language, zone, shape)))
  return found
}

function newFormat(language: Language, timeZone: string, shape: Shape): Intl.DateTimeFormat {
  const month = language === 'ru' ? '2-digit' : 'short'
  if (shape === 'day') return inZone('sv-SE', { dateStyle: 'short' }, timeZone)
  if (shape === 'weekday') return inZone(locales[language], { weekday: 'short' }, timeZone)
  const options: Intl.DateTimeFormatOptions =
    shape === 'time'
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: '2-digit', month, ...(shape === 'dateWithYear' ? { year: 'numeric' } : {}) }
  return inZone(locales[language], options, timeZone)
}

function inZone(locale: string, options: Intl.DateTimeFormatOptions, timeZone: string) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone })
  } catch {
    // Intl has no question «do you know this zone»: a wrong name in somebody's data must not stop a window.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  }
}

/** `YYYY-MM-DD` in the zone. */
const dayOf = (at: number, zone: string): string => format('en', zone, 'day').format(at)

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

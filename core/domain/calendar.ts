import type { Absence, Span, Week } from './org.ts'
import { dayNumberAt, dayNumberOf, instantOf, weekdayOf } from './zone.ts'

/** Official days of a country, each `YYYY-MM-DD`; weekends that are days off need not be listed. */
export interface ProductionCalendar {
  readonly daysOff: readonly string[]
  /** Saturdays and Sundays that are worked because a day was moved. */
  readonly workingDays: readonly string[]
  /** One hour shorter than usual. */
  readonly shortDays: readonly string[]
  /** Years it knows wholly; of others it may name days off, but the rest is only the week. */
  readonly years: readonly number[]
}

export const noCalendar: ProductionCalendar = {
  daysOff: [],
  workingDays: [],
  shortDays: [],
  years: [],
}

/** When a person works. */
export interface WorkTime {
  readonly week: Week
  /** IANA name. */
  readonly zone: string
  readonly calendar: ProductionCalendar
  readonly absences: readonly Absence[]
}

/** A piece of time in UTC ms; the end is exclusive. */
export interface Piece {
  readonly fromAt: number
  readonly untilAt: number
}

const ordinaryDay: readonly Span[] = [
  { fromMinute: 9 * 60, toMinute: 13 * 60 },
  { fromMinute: 14 * 60, toMinute: 18 * 60 },
]
/** Monday to Friday, nine to six with an hour for lunch. */
export const ordinaryWeek: Week = [
  ordinaryDay,
  ordinaryDay,
  ordinaryDay,
  ordinaryDay,
  ordinaryDay,
  [],
  [],
]

/** Farther nobody looks: three years. */
const horizonDays = 1096
/** A pause this short between two spans is a break, not the end of the day. */
const longestBreakMs = 90 * 60_000

/** The working time between two instants, in order, without overlaps, absences taken out. */
export function workingSpans(time: WorkTime, fromAt: number, untilAt: number): readonly Piece[] {
  const pieces: Piece[] = []
  if (fromAt >= untilAt) return pieces
  const lastDay = dayNumberAt(time.zone, untilAt)
  for (let day = dayNumberAt(time.zone, fromAt) - 1; day <= lastDay; day += 1)
    for (const piece of workingDay(time, day)) addClipped(pieces, piece, fromAt, untilAt)
  return pieces
}

/** When `ms` of working time from `at` have passed; null when that is more than three years away. */
export function addWorkingMs(time: WorkTime, at: number, ms: number): number | null {
  return workFrom(time, at)(ms)
}

/**
 * Works on from `at`: each call takes `ms` more of working time and tells when they have passed;
 * null, and for ever, when that is more than three years after `at`.
 */
export function workFrom(time: WorkTime, at: number): (ms: number) => number | null {
  let day = dayNumberAt(time.zone, at) - 1
  const lastDay = day + horizonDays
  let pieces = workingDay(time, day)
  let place = 0
  let reached = at
  return ms => {
    let left = Math.max(0, ms)
    while (left > 0 && day <= lastDay) {
      const piece = pieces[place]
      if (!piece) {
        day += 1
        pieces = workingDay(time, day)
        place = 0
        continue
      }
      const fromAt = Math.max(piece.fromAt, reached)
      const taken = Math.min(left, Math.max(0, piece.untilAt - fromAt))
      if (taken > 0) reached = fromAt + taken
      left -= taken
      if (left > 0) place += 1
    }
    return left > 0 ? null : reached
  }
}

/** Working time between two instants, in ms; 0 when they are the other way round. */
export function workingMsBetween(time: WorkTime, fromAt: number, untilAt: number): number {
  let sum = 0
  for (const piece of workingSpans(time, fromAt, untilAt)) sum += piece.untilAt - piece.fromAt
  return sum
}

export function isWorkingAt(time: WorkTime, at: number): boolean {
  return workingSpans(time, at, at + 1).length > 0
}

/**
 * When the next working time begins, for a person outside hours; null: never within three years;
 * `at` itself when the person works or has a short break (lunch) between two spans of the day.
 */
export function opensAt(time: WorkTime, at: number): number | null {
  let endedAt = -Infinity
  const firstDay = dayNumberAt(time.zone, at) - 1
  for (let day = firstDay; day <= firstDay + horizonDays; day += 1)
    for (const piece of workingDay(time, day)) {
      if (piece.untilAt <= at) endedAt = Math.max(endedAt, piece.untilAt)
      else if (piece.fromAt <= at) return at
      else return piece.fromAt - endedAt <= longestBreakMs ? at : piece.fromAt
    }
  return null
}

/** The year of the moment when the calendar does not know it, to be said aloud; else null. */
export function missingYear(calendar: ProductionCalendar, at: number, zone = 'UTC'): number | null {
  const year = new Date(instantDate(zone, at)).getUTCFullYear()
  return calendar.years.includes(year) ? null : year
}

const instantDate = (zone: string, at: number): number => dayNumberAt(zone, at) * 86_400_000

/** Working time that begins on one local day, absences taken out. */
function workingDay(time: WorkTime, day: number): readonly Piece[] {
  const pieces = dayPieces(time, day)
  const first = pieces[0]
  const last = pieces.at(-1)
  if (!first || !last) return pieces
  const absences = time.absences.filter(
    one => one.fromAt < last.untilAt && one.untilAt > first.fromAt && one.fromAt < one.untilAt,
  )
  return absences.length === 0 ? pieces : absences.reduce(without, pieces)
}

function without(pieces: readonly Piece[], gone: Piece): readonly Piece[] {
  return pieces.flatMap(({ fromAt, untilAt }) =>
    [
      { fromAt, untilAt: Math.min(untilAt, gone.fromAt) },
      { fromAt: Math.max(fromAt, gone.untilAt), untilAt },
    ].filter(piece => piece.fromAt < piece.untilAt),
  )
}

/** Nights overlap with the next morning when spans pass midnight: what is covered is not added again. */
function addClipped(pieces: Piece[], piece: Piece, fromAt: number, untilAt: number): void {
  const start = Math.max(piece.fromAt, fromAt, pieces.at(-1)?.untilAt ?? -Infinity)
  const end = Math.min(piece.untilAt, untilAt)
  if (start < end) pieces.push({ fromAt: start, untilAt: end })
}

type DaysByZone = Map<string, WeakMap<Week, Map<number, readonly Piece[]>>>
/** People share weeks, zones and calendars: a day of each such three is laid out once. */
const laidOut = new WeakMap<ProductionCalendar, DaysByZone>()

function dayPieces({ week, zone, calendar }: WorkTime, day: number): readonly Piece[] {
  let zones = laidOut.get(calendar)
  if (!zones) laidOut.set(calendar, (zones = new Map()))
  let weeks = zones.get(zone)
  if (!weeks) zones.set(zone, (weeks = new WeakMap()))
  let days = weeks.get(week)
  if (!days) weeks.set(week, (days = new Map()))
  let pieces = days.get(day)
  if (!pieces) days.set(day, (pieces = layOut(week, zone, calendar, day)))
  return pieces
}

function layOut(
  week: Week,
  zone: string,
  calendar: ProductionCalendar,
  day: number,
): readonly Piece[] {
  const pieces: Piece[] = []
  const spans = [...patternOf(week, calendar, day)].toSorted((a, b) => a.fromMinute - b.fromMinute)
  for (const { fromMinute, toMinute } of spans) {
    const piece = {
      fromAt: instantOf(zone, day, fromMinute),
      untilAt: instantOf(zone, day, toMinute),
    }
    addClipped(pieces, piece, piece.fromAt, piece.untilAt)
  }
  return pieces
}

function patternOf(week: Week, calendar: ProductionCalendar, day: number): readonly Span[] {
  const { off, worked, short } = dayNumbers(calendar)
  if (off.has(day)) return []
  const own = week[weekdayOf(day)] ?? []
  const pattern = own.length === 0 && worked.has(day) && isFiveDays(week) ? (week[4] ?? []) : own
  return short.has(day) ? withoutLastHour(pattern) : pattern
}

/** A moved day is worked by those who work Monday to Friday: other weeks have no such day to move. */
const isFiveDays = (week: Week): boolean =>
  [0, 1, 2, 3, 4].every(weekday => (week[weekday] ?? []).length > 0)

function withoutLastHour(pattern: readonly Span[]): readonly Span[] {
  const spans = [...pattern].toSorted((a, b) => a.fromMinute - b.fromMinute)
  let left = 60
  while (left > 0) {
    const last = spans.pop()
    if (!last) break
    const cut = Math.min(left, Math.max(0, last.toMinute - last.fromMinute))
    left -= cut
    if (last.toMinute - cut > last.fromMinute)
      spans.push({ ...last, toMinute: last.toMinute - cut })
  }
  return spans
}

interface DayNumbers {
  readonly off: ReadonlySet<number>
  readonly worked: ReadonlySet<number>
  readonly short: ReadonlySet<number>
}
const numbered = new WeakMap<ProductionCalendar, DayNumbers>()

function dayNumbers(calendar: ProductionCalendar): DayNumbers {
  let numbers = numbered.get(calendar)
  if (!numbers) {
    numbers = {
      off: new Set(calendar.daysOff.map(dayNumberOf)),
      worked: new Set(calendar.workingDays.map(dayNumberOf)),
      short: new Set(calendar.shortDays.map(dayNumberOf)),
    }
    numbered.set(calendar, numbers)
  }
  return numbers
}

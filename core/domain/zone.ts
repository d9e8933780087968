export const dayMs = 86_400_000
export const minuteMs = 60_000

/** Offset of a zone over one UTC day: constant, or changing once at `changesAt`. */
interface DayOffset {
  readonly before: number
  readonly after: number
  readonly changesAt: number
}

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** By number of the UTC day: Intl is asked about each day once. */
  readonly days: Map<number, DayOffset>
}

const zones = new Map<string, Zone>()

/** Local time minus UTC, in ms, at an instant; an unknown zone is UTC. */
export function offsetAt(zone: string, at: number): number {
  const day = dayOffset(zone, Math.floor(at / dayMs))
  return at < day.changesAt ? day.before : day.after
}

/** Number of the local calendar day: days since 1970-01-01. */
export function dayNumberAt(zone: string, at: number): number {
  return Math.floor((at + offsetAt(zone, at)) / dayMs)
}

/**
 * The instant of a wall clock reading, in minutes from the local midnight of a day. A reading that
 * occurs twice means the first; one that is skipped means the instant of the change.
 */
export function instantOf(zone: string, dayNumber: number, minute: number): number {
  const wall = dayNumber * dayMs + minute * minuteMs
  const early = wall - offsetAt(zone, wall - dayMs)
  const late = wall - offsetAt(zone, wall + dayMs)
  if (early === late) return early
  const isEarly = early + offsetAt(zone, early) === wall
  const isLate = late + offsetAt(zone, late) === wall
  if (isEarly && isLate) return Math.min(early, late)
  if (isEarly || isLate) return isEarly ? early : late
  return changeBetween(zone, Math.min(early, late), Math.max(early, late))
}

const dayTexts = new Map<number, string>()

/** `YYYY-MM-DD` of a day number. */
export function dayText(dayNumber: number): string {
  let text = dayTexts.get(dayNumber)
  if (text === undefined) {
    text = new Date(dayNumber * dayMs).toISOString().slice(0, 10)
    dayTexts.set(dayNumber, text)
  }
  return text
}

/** Day number of `YYYY-MM-DD`. */
export function dayNumberOf(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / dayMs)
}

/** Weekday of a day number, 0 is Monday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7

function dayOffset(name: string, day: number): DayOffset {
  const zone = zoneNamed(name)
  const known = zone.days.get(day)
  if (known) return known
  const before = askOffset(zone.format, day * dayMs)
  const after = askOffset(zone.format, (day + 1) * dayMs)
  const changesAt =
    before === after
      ? Infinity
      : firstWith(day * dayMs, (day + 1) * dayMs, at => askOffset(zone.format, at) !== before)
  const offset = { before, after, changesAt }
  zone.days.set(day, offset)
  return offset
}

function changeBetween(name: string, fromAt: number, untilAt: number): number {
  const before = offsetAt(name, fromAt)
  return firstWith(fromAt, untilAt, at => offsetAt(name, at) !== before)
}

/** The first instant in (fromAt, untilAt] for which `holds`, to the second: zones change on whole seconds. */
function firstWith(fromAt: number, untilAt: number, holds: (at: number) => boolean): number {
  let low = Math.floor(fromAt / 1000)
  let high = Math.ceil(untilAt / 1000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle * 1000)) high = middle
    else low = middle
  }
  return high * 1000
}

function zoneNamed(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const zone = { format: formatOf(name), days: new Map<number, DayOffset>() }
  zones.set(name, zone)
  return zone
}

const farthest = 253_402_300_799_000 // the year 9999: later Intl prints years otherwise
const earliest = -62_135_596_800_000 // the year 1: earlier ones have eras

function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const asked = Math.min(Math.max(at, earliest + dayMs), farthest - dayMs)
  const [month, day, year, hour, minute, second] = format.format(asked).split(/\D+/).map(Number)
  const local = new Date(0)
  local.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1)
  local.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0)
  return local.getTime() - Math.floor(asked / 1000) * 1000
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
  } catch {
    // Intl has no question «do you know this zone»: a wrong name in somebody's data must not stop a window.
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
}

import { dayMs, instantOf, minuteMs } from '../domain/zone.ts'

/** A wall clock reading; `month` counts from 1. */
export interface Reading {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** UTC milliseconds of a reading taken as UTC, or null when there is no such day or time. */
export function utcOf(reading: Reading): number | null {
  const { year, month, day, hour, minute, second, millisecond } = reading
  if (year < 1900 || year > 2200) return null
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const date = new Date(at)
  const isReal =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return isReal ? at : null
}

/** The instant of a reading of a zone's clocks, or null when there is no such day or time. */
export function instantIn(zone: string, reading: Reading): number | null {
  const wall = utcOf(reading)
  if (wall === null || zone === 'UTC') return wall
  const day = Math.floor(wall / dayMs)
  return Math.round(instantOf(zone, day, (wall - day * dayMs) / minuteMs))
}

/** Does the system know this IANA zone? */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

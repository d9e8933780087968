import { dayMs, dayNumberAt, instantOf, weekdayOf } from '../domain/zone.ts'
import type { Chance } from './random.ts'

export const demoZone = 'Europe/Moscow'

/** Moments around `now` (UTC ms) on the working days of the invented company. */
export interface Timetable {
  readonly now: number
  /** Local midnight `days` from today. */
  midnight(days: number): number
  /** A due after now: `days` working days ahead, 0 is still today while the day lasts. */
  ahead(days: number): number
  /** A due that has passed, at most `days` working days ago. */
  behind(days: number): number
  /** A moment of working time some days ago, always before now. */
  past(days: number): number
}

const isFree = (day: number): boolean => weekdayOf(day) > 4

const hours = [10, 11, 12, 13, 15, 16, 17, 18] as const

export function timetable(now: number, chance: Chance): Timetable {
  const today = dayNumberAt(demoZone, now)
  const at = (day: number, hour: number, minute = 0) => instantOf(demoZone, day, hour * 60 + minute)
  const steps = (count: number, direction: 1 | -1): number => {
    let day = today
    for (let left = count; left > 0 || isFree(day); day += direction) if (!isFree(day)) left -= 1
    return day
  }
  return {
    now,
    midnight: days => at(today + days, 0),
    ahead(days) {
      const day = steps(days, 1)
      const later = hours.map(hour => at(day, hour)).filter(slot => slot > now + 600_000)
      return later.length > 0 ? chance.oneOf(later) : at(steps(days + 1, 1), chance.oneOf(hours))
    },
    behind(days) {
      const earlier = hours.map(hour => at(steps(days, -1), hour)).filter(slot => slot < now)
      return earlier.length > 0
        ? chance.oneOf(earlier)
        : at(steps(days + 1, -1), chance.oneOf(hours))
    },
    past(days) {
      const slot = at(steps(days, -1), chance.between(9, 17), chance.between(0, 59))
      return slot < now ? slot : slot - dayMs
    },
  }
}

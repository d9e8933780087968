const morningHour = 9

/** Nine in the morning, this many days after today, in the viewer's zone (UTC ms). */
const morningIn = (now: number, days: number): number => {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, morningHour).getTime()
}

export const tomorrowMorning = (now: number): number => morningIn(now, 1)

/** The next Monday after today. */
export const mondayMorning = (now: number): number =>
  morningIn(now, (8 - new Date(now).getDay()) % 7 || 7)

const two = (value: number) => String(value).padStart(2, '0')

/** As a date-and-time field of the page writes it: «2026-11-23T09:00». */
export function fieldOf(at: number): string {
  const moment = new Date(at)
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`
}

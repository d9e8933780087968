const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

const remembered = <Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => Format,
  isIt: (format: unknown) => format is Format,
): Format => {
  const known = cache.get(key)
  if (isIt(known)) return known
  const made = make()
  cache.set(key, made)
  return made
}

const isNumberFormat = (format: unknown): format is Intl.NumberFormat =>
  format instanceof Intl.NumberFormat
const isDateFormat = (format: unknown): format is Intl.DateTimeFormat =>
  format instanceof Intl.DateTimeFormat

const unit = (language: string, name: 'minute' | 'hour' | 'day', count: number): string =>
  remembered(
    `${language}:${name}`,
    () => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }),
    isNumberFormat,
  ).format(count)

/** A length of time in its largest unit: «12 мин», «3 ч», «5 дн.». */
export function lengthOf(ms: number, language: string): string {
  const length = Math.abs(ms)
  if (length < hourMs) return unit(language, 'minute', Math.floor(length / minuteMs))
  if (length < dayMs) return unit(language, 'hour', Math.floor(length / hourMs))
  return unit(language, 'day', Math.floor(length / dayMs))
}

const date = (language: string, name: string, options: Intl.DateTimeFormatOptions) =>
  remembered(
    `${language}:${name}`,
    () => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options),
    isDateFormat,
  )

const isSameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString()

/** «16:30» today, «24.11, 09:00» on another day; in the viewer's zone. */
export function momentOf(at: number, now: number, language: string): string {
  const time = date(language, 'time', { hour: '2-digit', minute: '2-digit' }).format(at)
  if (isSameDay(new Date(at), new Date(now))) return time
  return `${dayOf(at, now, language)}, ${time}`
}

/** «24.11», with the year when it is not this one. */
export function dayOf(at: number, now: number, language: string): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const day = { day: '2-digit', month: language === 'en' ? 'short' : '2-digit' } as const
  return isThisYear
    ? date(language, 'day', day).format(at)
    : date(language, 'dayOfYear', { ...day, year: 'numeric' }).format(at)
}

/** Date and time in full, for tooltips. */
export const fullMomentOf = (at: number, language: string): string =>
  date(language, 'full', { dateStyle: 'full', timeStyle: 'short' }).format(at)

/** Points as people write them: «7», «7,5». */
export const pointsOf = (points: number, language: string): string =>
  remembered(
    `${language}:points`,
    () => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }),
    isNumberFormat,
  ).format(points)

const isPatronymic = (word: string) => /(?:вич|вна|ична|ovich|evich|ovna|evna)$/i.test(word)

/** «Анна Петрова», «Петрова Анна Сергеевна» → «Анна П.»; one word stays as it is. */
export function shortName(name: string): string {
  const [one = '', two, three] = name.trim().split(/\s+/)
  if (!two) return one
  const [first, last] = three && isPatronymic(three) ? [two, one] : [one, two]
  return `${first} ${last.slice(0, 1)}.`
}

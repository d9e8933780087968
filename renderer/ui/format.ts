import type { TFunction } from 'i18next'
import { sayNumber } from '../../core/words/say.ts'
import type { Language } from './words.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A length of time in its largest unit, for a narrow column: «12 мин», «3 ч», «5 д». */
export function shortLength(t: TFunction, ms: number, language: Language): string {
  const length = Math.abs(ms)
  const count = (unitMs: number) => ({ number: sayNumber(Math.floor(length / unitMs), language) })
  if (length < hourMs) return t('time.minutes', count(minuteMs))
  if (length < dayMs) return t('time.hours', count(hourMs))
  return t('time.days', count(dayMs))
}

const isPatronymic = (word: string) => /(?:вич|вна|ична|ovich|evich|ovna|evna)$/i.test(word)

/** «Анна Петрова», «Петрова Анна Сергеевна» → «Анна П.»; one word stays as it is, and a number too. */
export function shortName(name: string): string {
  const [one = '', two, three] = name.trim().split(/\s+/)
  if (!two) return one
  if (!/^\p{L}/u.test(two)) return `${one} ${two}`
  const [first, last] = three && isPatronymic(three) ? [two, one] : [one, two]
  return `${first} ${last.slice(0, 1)}.`
}

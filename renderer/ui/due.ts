import type { TFunction } from 'i18next'
import { type Place, sayDate, sayLeft, sayTime } from '../../core/words/say.ts'
import { shortLength } from './format.ts'

const soonMs = 2 * 3_600_000

/** From this priority on a case is more urgent than usual. */
export const highPriority = 2

/** How long until a due, or since it, how it looks and what it says in full. */
export function dueInWords(t: TFunction, dueAt: number, place: Place) {
  const leftMs = dueAt - place.now
  const tone = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : 'far'
  const left = shortLength(t, leftMs, place.language)
  return {
    tone,
    left: tone === 'late' ? t('desk.row.late', { left }) : left,
    full: () =>
      `${sayDate(dueAt, place)}, ${sayTime(dueAt, place)} · ${sayLeft(t, leftMs, place.language)}`,
  } as const
}

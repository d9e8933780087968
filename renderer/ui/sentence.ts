import type { Reason } from '../../core/domain/decision.ts'
import { type Place, sayReason, sayWhen } from '../../core/words/say.ts'
import { useNow } from '../state/now.ts'
import { useLanguage, useWords } from './use-words.ts'

export { useLanguage }

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Where and when a sentence is read here: the viewer's zone, the moment of the screen. */
export function usePlace(): Place {
  return { language: useLanguage(), zone, now: useNow() }
}

/** The same in fewer words where room is short: «начнёт завтра в 9:00». */
export function useShortSentence(): (reason: Reason) => string {
  const t = useWords()
  const place = usePlace()
  const sentence = useSentence()
  return reason => {
    const { code, opensAt } = reason
    if (code !== 'outsideHours' || typeof opensAt !== 'number') return sentence(reason)
    return t('desk.person.opens', { when: sayWhen(t, opensAt, place) })
  }
}

/** Turns a reason into the sentence people read. */
export function useSentence(): (reason: Reason) => string {
  const t = useWords()
  const place = usePlace()
  return reason => sayReason(t, reason, place)
}

import { useTranslation } from 'react-i18next'
import type { Reason } from '../../core/domain/decision.ts'
import { type Place, sayReason } from '../../core/words/say.ts'
import { useNow } from '../state/now.ts'
import type { Language } from './words.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The language as the words know it. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'ru'
}

/** Where and when a sentence is read here: the viewer's zone, the moment of the screen. */
export function usePlace(): Place {
  return { language: useLanguage(), zone, now: useNow() }
}

/** Turns a reason into the sentence people read. */
export function useSentence(): (reason: Reason) => string {
  const { t } = useTranslation()
  const place = usePlace()
  return reason => sayReason(t, reason, place)
}

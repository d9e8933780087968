import type { TFunction } from 'i18next'
import { useSyncExternalStore } from 'react'
import { type Language, words } from './words.ts'

const hearLanguage = (heard: () => void) => {
  words.on('languageChanged', heard)
  return () => words.off('languageChanged', heard)
}
const language = (): Language => (words.language === 'en' ? 'en' : 'ru')

/** The language of the window. */
export const useLanguage = (): Language => useSyncExternalStore(hearLanguage, language)

const inLanguage = { ru: words.getFixedT('ru'), en: words.getFixedT('en') }

/** `t` of the window; unlike `useTranslation` it costs next to nothing in a thousand cells. */
export function useWords(): TFunction {
  return inLanguage[useLanguage()]
}

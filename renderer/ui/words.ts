import { setI18n } from 'react-i18next'
import { createWords } from '../../core/words/words.ts'

export type Language = 'ru' | 'en'

/** English only where the browser speaks it; everybody else begins in Russian. */
export const firstLanguage = (): Language => (navigator.language.startsWith('en') ? 'en' : 'ru')

/** Every sentence of the window; `useTranslation()` reads it. */
export const words = createWords(firstLanguage())
setI18n(words)

const tagLanguage = (language: string) => {
  document.documentElement.lang = language
}
tagLanguage(words.language)
words.on('languageChanged', tagLanguage)

/** Shows everything in this language at once. */
export async function speak(language: Language | null): Promise<void> {
  const wanted = language ?? firstLanguage()
  if (words.language !== wanted) await words.changeLanguage(wanted)
}

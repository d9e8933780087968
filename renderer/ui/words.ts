import { setI18n } from 'react-i18next'
import { createWords, type Language } from '../../core/words/words.ts'

export type { Language }

/** English only where the browser speaks it; everybody else begins in Russian. */
const firstLanguage = (): Language => (navigator.language.startsWith('en') ? 'en' : 'ru')

/** Every sentence of the window; components read it by `useTranslation()`. */
export const words = createWords(firstLanguage()).i18n
setI18n(words)

const tagLanguage = (language: string) => {
  document.documentElement.lang = language
}
tagLanguage(words.language)
words.on('languageChanged', tagLanguage)

/** Shows everything in this language at once; null: the browser's. */
export async function speak(language: Language | null): Promise<void> {
  const wanted = language ?? firstLanguage()
  if (words.language !== wanted) await words.changeLanguage(wanted)
}

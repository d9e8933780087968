import { createInstance, type i18n, type TFunction } from 'i18next'
import * as en from './en.ts'
import * as ru from './ru.ts'

export type Language = 'ru' | 'en'
export const languages: readonly Language[] = ['ru', 'en']

/** Every sentence by language and area: `t('reason.absentNow')` is `absentNow` of reason.json. */
export const sentences = { ru: { ...ru }, en: { ...en } } as const satisfies Record<
  Language,
  object
>

export interface Words {
  /** For the window, which changes the language at once by `i18n.changeLanguage`. */
  readonly i18n: i18n
  readonly t: TFunction
}

/** Words in one language; `t` is that of the instance and follows a change of its language. */
export function createWords(language: Language): Words {
  const instance = createInstance()
  void instance.init({
    lng: language,
    fallbackLng: 'ru',
    supportedLngs: [...languages],
    resources: { ru: { translation: sentences.ru }, en: { translation: sentences.en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return { i18n: instance, t: instance.t }
}

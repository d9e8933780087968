import { type Language, createWords } from '../words/words.ts'

/** Names the file does not give, in the language of the person who imports. */
export interface Titles {
  readonly company: string
  readonly root: string
  readonly owner: string
  readonly headPost: string
  readonly memberPost: string
}

/** `fileName` goes into the name of the company. */
export function titlesOf(language: Language, fileName: string): Titles {
  const { t } = createWords(language)
  return {
    company: t('import.title.company', { file: fileName }),
    root: t('import.title.root'),
    owner: t('import.title.owner'),
    headPost: t('import.title.headPost'),
    memberPost: t('import.title.memberPost'),
  }
}

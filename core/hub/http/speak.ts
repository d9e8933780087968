import type { TFunction } from 'i18next'
import { createWords, type Language } from '../../words/words.ts'

const speakers = new Map<Language, TFunction>()

/** The sentences of one language; they are laid out once. */
export function speak(language: Language): TFunction {
  const speaker = speakers.get(language) ?? createWords(language).t
  speakers.set(language, speaker)
  return speaker
}

import type { Hello } from '../contract.ts'
import type { Language } from '../words/words.ts'
import { mappingNames, readMapping } from './mapping.ts'

/** The presets for a head to choose from, in the order they are offered. */
export function mappingChoices(language: Language): Hello['mappings'] {
  return mappingNames.map(name => {
    const mapping = readMapping(name)
    return { name, title: mapping.title[language], needsAsOf: mapping.isLog }
  })
}

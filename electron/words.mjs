import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/** @typedef {(key: string, values?: Readonly<Record<string, string | number | undefined>>) => string} Say */

/**
 * The language asked for, else that of the system.
 * @param {string | undefined} asked
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {'ru' | 'en'}
 */
export function languageOf(asked, environment) {
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return (asked ?? system).toLowerCase().startsWith('ru') ? 'ru' : 'en'
}

/**
 * Says the sentences of one area of `core/words` before anything is installed.
 * @param {'ru' | 'en'} language
 * @param {string} [area]
 * @returns {Say}
 */
export function wordsIn(language, area = 'launcher') {
  const sentences = JSON.parse(
    readFileSync(join(root, 'core', 'words', language, `${area}.json`), 'utf8'),
  )
  return (key, values = {}) => {
    const sentence = key.split('.').reduce((branch, name) => branch?.[name], sentences)
    return String(sentence ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) =>
      String(values[name] ?? ''),
    )
  }
}

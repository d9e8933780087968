import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/** @typedef {(key: string, values?: Readonly<Record<string, string | number>>) => string} Say */

/**
 * The language asked for, else that of the system.
 * @param {string | undefined} asked
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {'ru' | 'en'}
 */
export function languageOf(asked, environment) {
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  const language = asked ?? system
  return language.toLowerCase().startsWith('ru') ? 'ru' : 'en'
}

/**
 * Says a sentence of `core/words` before anything is installed.
 * @param {'ru' | 'en'} language
 * @returns {Say}
 */
export function wordsIn(language) {
  const path = join(root, 'core', 'words', language, 'launcher.json')
  const sentences = JSON.parse(readFileSync(path, 'utf8'))
  return (key, values = {}) => {
    const sentence = key.split('.').reduce((branch, name) => branch[name], sentences)
    return String(sentence).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
  }
}

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { failureSentence } from './announcement.mjs'
import { languageOf, wordsIn } from './words.mjs'

type Branch = { readonly [name: string]: string | Branch }

const sentencesOf = (language: string): Branch =>
  JSON.parse(
    readFileSync(new URL(`../core/words/${language}/launcher.json`, import.meta.url), 'utf8'),
  )
const keysOf = (branch: Branch, path = ''): string[] =>
  Object.entries(branch).flatMap(([name, value]) =>
    typeof value === 'string' ? [path + name] : keysOf(value, `${path}${name}.`),
  )

test('the system’s language speaks unless another is asked for', () => {
  assert.deepEqual(
    [
      languageOf(undefined, { LANG: 'ru_RU.UTF-8' }),
      languageOf(undefined, { LANG: 'C.UTF-8' }),
      languageOf(undefined, {}),
      languageOf(undefined, { LC_ALL: 'en_GB', LANG: 'ru_RU' }),
      languageOf('ru', { LANG: 'en_US' }),
      languageOf('en', { LANG: 'ru_RU' }),
    ],
    ['ru', 'en', 'en', 'en', 'ru', 'en'],
  )
})

test('both languages have the same sentences with the same places to fill', () => {
  const [ru, en] = [sentencesOf('ru'), sentencesOf('en')]
  assert.deepEqual(keysOf(ru), keysOf(en))
  for (const key of keysOf(ru)) {
    const places = (language: 'ru' | 'en') =>
      [
        ...wordsIn(language)(
          key,
          new Proxy({}, { get: (_, name) => `<${String(name)}>` }),
        ).matchAll(/<\w+>/g),
      ]
        .map(String)
        .toSorted()
    assert.deepEqual(places('ru'), places('en'), key)
  }
})

test('every sentence the launcher says exists, and every one that exists is said', () => {
  const sources = readdirSync(new URL('.', import.meta.url))
    .filter(name => name.endsWith('.mjs'))
    .map(name => readFileSync(new URL(name, import.meta.url), 'utf8'))
    .join('\n')
  // `stranger` is said by the browser door of the core; the groups are said by what they name.
  const groups = /^(why|option|failed)\.|^stranger$/
  for (const key of keysOf(sentencesOf('en')).filter(each => !groups.test(each)))
    assert.match(sources, new RegExp(`['"]${key}['"]`), key)
  for (const [, key = ''] of sources.matchAll(/say\('([\w.]+)'/g))
    assert.notEqual(wordsIn('en')(key), key, `no sentence ${key}`)
})

test('an import that failed says the line, the field, the value and the remedy', () => {
  const problem = {
    line: 7,
    field: 'opened_at',
    value: 'tomorrow',
    reason: { code: 'badDate', expected: 'd/M/yyyy' },
  }
  const sentence = failureSentence({ kind: 'failed', code: 'import', problem }, 'en', 'cases.csv')
  for (const part of ['cases.csv', '7', 'opened_at', 'tomorrow', 'd/M/yyyy'])
    assert.ok(sentence.includes(part), part)
  const whole = { ...problem, line: 0, reason: { code: 'empty' } }
  assert.doesNotMatch(
    failureSentence({ kind: 'failed', code: 'import', problem: whole }, 'ru', 'a.csv'),
    /\{\{|строка 0/,
  )
})

test('a folder in use is named', () => {
  assert.match(
    failureSentence({ kind: 'failed', code: 'inUse', path: '/data' }, 'ru', ''),
    /\/data/,
  )
})

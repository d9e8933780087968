import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dynamicKeys } from './dynamic-keys.ts'
import { createWords, type Language, languages, sentences } from './words.ts'

const root = join(import.meta.dirname, '../..')

/** Forms a plural must have, by language; `zero` may be added to any. */
const pluralForms: Readonly<Record<Language, readonly string[]>> = {
  ru: ['one', 'few', 'many', 'other'],
  en: ['one', 'other'],
}
const pluralSuffix = /_(zero|one|two|few|many|other)$/

/** Areas that plain Node reads by path before anything is installed, with keys that leave the area out. */
const readByPath = ['launcher', 'import']

type Flat = ReadonlyMap<string, string>

/** Full keys and sentences: `reason.absentNow` → «отсутствует до …». */
function flat(branch: object, path = ''): Flat {
  return new Map(
    Object.entries(branch).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value === 'string') return [[`${path}${name}`, value] as const]
      assert.ok(typeof value === 'object' && value !== null, `${path}${name} is no sentence`)
      return [...flat(value, `${path}${name}.`)]
    }),
  )
}
const keysOf: Readonly<Record<Language, Flat>> = { ru: flat(sentences.ru), en: flat(sentences.en) }
const withoutPlural = (key: string) => key.replace(pluralSuffix, '')
/** What `t` is called with: no plural form, no variant (`absentNow_vacation` is said by `absentNow`). */
function asked(key: string): string {
  const plain = withoutPlural(key)
  const base = plain.replace(/_[^._]*$/, '')
  return keysOf.ru.has(base) ? base : plain
}
const askable = new Set([...keysOf.ru.keys()].map(asked))
const areas = new Set(Object.keys(sentences.ru))

const withoutComments = (text: string) =>
  text.replaceAll(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replaceAll(/(^|\s)\/\/.*$/gm, '$1')

interface Source {
  readonly path: string
  readonly text: string
}
const sources: readonly Source[] = globSync('{renderer,core,electron}/**/*.{ts,tsx,mjs,cts,mts}', {
  cwd: root,
})
  .filter(path => !/\.test\.tsx?$|^core\/(words|testing)\/(?!say\.ts)/.test(path))
  .map(path => ({ path, text: withoutComments(readFileSync(join(root, path), 'utf8')) }))

interface Use {
  readonly path: string
  /** A full key, with `*` where a program fills in a part. */
  readonly key: string
}

const isFileName = (text: string) => /\.(json|tsx?|mjs|cts|db|csv|md|svg|css|html|log)$/.test(text)
const isOfArea = (key: string) => areas.has(key.split('.')[0] ?? '')
const areasRead = (pattern: string) =>
  readByPath.map(area => `${area}.${pattern}`).filter(key => matching(key).length > 0)

/** Quoted keys of known areas: `'desk.undo'`; of areas read by path `'building'` and `say('building')`. */
const literalUses: readonly Use[] = sources.flatMap(({ path, text }) => [
  ...[...text.matchAll(/(['"`])([a-zA-Z]+(?:\.[\w-]+)+)\1/g)]
    .map(match => match[2] ?? '')
    .filter(key => isOfArea(key) && !isFileName(key))
    .map(key => ({ path, key })),
  ...(path.startsWith('electron/')
    ? [...text.matchAll(/(\bsay\(\s*)?'([a-zA-Z][\w.-]*)'/g)]
        .map(match => ({ isSaid: match[1] !== undefined, key: `launcher.${match[2]}` }))
        .filter(({ isSaid, key }) => isSaid || askable.has(key))
        .map(({ key }) => ({ path, key }))
    : []),
])

/** Keys a program puts together: `case.state.${state}` is `case.state.*`. */
const dynamicUses: readonly Use[] = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/`((?:[a-zA-Z][\w-]*\.)+[\w-]*\$\{[^`]*)`/g)].flatMap(match => {
    const pattern = (match[1] ?? '').replaceAll(/\$\{[^}]*\}/g, '*')
    const whole = path.startsWith('electron/') ? areasRead(pattern) : [pattern]
    return whole.filter(key => /^[\w.*-]+$/.test(key) && isOfArea(key)).map(key => ({ path, key }))
  }),
)
function matching(pattern: string): readonly string[] {
  const parts = pattern.split('*').map(part => part.replaceAll('.', '\\.'))
  const shape = new RegExp(`^${parts.join('[\\w-]+')}$`)
  return [...askable].filter(key => shape.test(key))
}

test('every sentence is there in every language', () => {
  for (const language of languages)
    for (const other of languages) {
      const known = new Set([...keysOf[other].keys()].map(withoutPlural))
      const missing = [...keysOf[language].keys()].map(withoutPlural).filter(key => !known.has(key))
      assert.deepEqual(missing, [], `in core/words/${language}, not in core/words/${other}`)
    }
})

test('no sentence is empty', () => {
  for (const language of languages)
    assert.deepEqual(
      [...keysOf[language]].filter(([, said]) => said.trim() === ''),
      [],
    )
})

test('every plural has all the forms of its language', () => {
  for (const language of languages) {
    const keys = [...keysOf[language].keys()]
    const plurals = new Set(keys.filter(key => pluralSuffix.test(key)).map(withoutPlural))
    for (const plural of plurals) {
      const missing = pluralForms[language].filter(
        form => !keysOf[language].has(`${plural}_${form}`),
      )
      assert.deepEqual(missing, [], `${language}: forms of ${plural}`)
      assert.ok(
        !keysOf[language].has(plural),
        `${language}: ${plural} has plurals and a plain form`,
      )
    }
  }
})

/** What each sentence names, all its plural forms together; a form may leave the count out. */
function named(language: Language): ReadonlyMap<string, string> {
  const names = new Map<string, Set<string>>()
  for (const [key, said] of keysOf[language]) {
    const all = names.get(withoutPlural(key)) ?? new Set()
    for (const [, name] of said.matchAll(/\{\{\s*(\w+)/g))
      if (name && name !== 'count') all.add(name)
    names.set(withoutPlural(key), all)
  }
  return new Map([...names].map(([key, all]) => [key, [...all].toSorted().join(' ')]))
}

test('a sentence names the same things in every language', () => {
  const [russian, english] = [named('ru'), named('en')]
  for (const [key, names] of russian) assert.equal(english.get(key), names, key)
})

const isKnown = ({ key }: Use) =>
  askable.has(key) || [...askable].some(one => one.startsWith(`${key}.`))

test('every key used in the sources has its sentence', () => {
  assert.deepEqual(
    literalUses.filter(use => !isKnown(use)),
    [],
  )
})

test('every key a program puts together is declared in dynamic-keys.ts and finds a sentence', () => {
  const declared = new Set(dynamicKeys)
  const found = new Map(dynamicUses.map(use => [use.key, use.path]))
  assert.deepEqual(
    [...found].filter(([key]) => !declared.has(key)),
    [],
    'add these to core/words/dynamic-keys.ts',
  )
  assert.deepEqual(
    dynamicKeys.filter(key => !found.has(key)),
    [],
    'declared in core/words/dynamic-keys.ts, used nowhere',
  )
  assert.deepEqual(
    dynamicKeys.filter(key => matching(key).length === 0),
    [],
    'declared in core/words/dynamic-keys.ts, no sentence has such a key',
  )
})

test('every sentence is used', () => {
  const used = new Set(literalUses.map(use => use.key))
  for (const key of dynamicKeys) for (const one of matching(key)) used.add(one)
  assert.deepEqual(
    [...askable].filter(key => !used.has(key)),
    [],
  )
})

test('every reason the domain and the verbs give has its sentence, and every such sentence a reason', () => {
  const said = sources.filter(({ path }) => /^core\/(domain|service|hub)\//.test(path))
  const given = said.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<!CallError\(\{\s*)\bcode: '(\w+)'/g)].map(match => ({
      path,
      key: `reason.${match[1]}`,
    })),
  )
  assert.deepEqual(
    given.filter(({ path, key }) => !path.startsWith('core/hub') && !askable.has(key)),
    [],
  )
  const isGiven = (code: string) => said.some(({ text }) => text.includes(`'${code}'`))
  assert.deepEqual(
    [...askable].filter(key => key.startsWith('reason.') && !isGiven(key.slice('reason.'.length))),
    [],
  )
})

test('words follow the language', async () => {
  const { t, i18n } = createWords('ru')
  assert.equal(t('time.justNow'), 'только что')
  await i18n.changeLanguage('en')
  assert.equal(t('time.justNow'), 'just now')
})

test('a name in a sentence is not escaped: what escapes is the place that shows it', () => {
  const { t } = createWords('ru')
  assert.equal(t('reason.clientOfOther', { name: "O'Hara & <Ко>" }), "клиента ведёт O'Hara & <Ко>")
})

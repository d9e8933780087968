import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * What may stand after `npm start --`; `form` is what the value looks like, null for a switch.
 * @type {readonly { name: string, form: string | null, isGood?: (value: string) => boolean, isPath?: boolean, needs?: string }[]}
 */
export const options = [
  { name: 'no-open', form: null },
  {
    name: 'port',
    form: '0–65535',
    isGood: value => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
  },
  { name: 'data-dir', form: 'DIR', isPath: true },
  { name: 'space', form: 'NAME' },
  { name: 'import', form: 'FILE', isPath: true },
  { name: 'mapping', form: 'NAME', needs: 'import' },
  { name: 'as-of', form: 'TIME', needs: 'import' },
  { name: 'lang', form: 'ru|en', isGood: value => value === 'ru' || value === 'en' },
  { name: 'help', form: null },
]

/**
 * @typedef {{ key: string, values: Record<string, string>, isListShown: boolean }} Problem
 * @typedef {Partial<Record<string, string | true>>} Given
 */

/**
 * Reads what was typed. Paths are taken from the folder the user stands in.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ given: Given, problem: Problem | null }}
 */
export function readOptions(argv, environment) {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      options.map(({ name, form }) => [name, { type: form === null ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  /** @type {Given} */
  const given = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    const { typed, value } =
      token.kind === 'option'
        ? { typed: token.rawName, value: token.value }
        : { typed: token.value, value: undefined }
    const option = options.find(({ name }) => typed === `--${name}`)
    if (!option) return { given, problem: problemOf('unknownOption', { option: typed }) }
    if (!isGoodValue(option, value))
      return { given, problem: problemOf('badOption', { option: typed, value: value ?? '' }) }
    given[option.name] = option.isPath && value ? absolute(value, environment) : (value ?? true)
  }
  return { given, problem: combinationProblem(given) ?? swallowedProblem(environment) }
}

/** @type {(key: string, values: Record<string, string>) => Problem} */
const problemOf = (key, values) => ({ key, values, isListShown: key.endsWith('Option') })

/** @type {(path: string, environment: Readonly<Record<string, string | undefined>>) => string} */
const absolute = (path, environment) => resolve(environment['INIT_CWD'] ?? process.cwd(), path)

/** @type {(option: typeof options[number], value: string | undefined) => boolean} */
function isGoodValue({ form, isGood }, value) {
  if (form === null) return value === undefined
  return value !== undefined && value !== '' && (isGood?.(value) ?? true)
}

/** @type {(given: Given) => Problem | null} */
function combinationProblem(given) {
  const alone = options.find(({ name, needs }) => given[name] && needs && !given[needs])
  if (alone)
    return problemOf('lacksOption', { option: `--${alone.name}`, other: `--${alone.needs}` })
  const file = given['import']
  if (typeof file === 'string' && !existsSync(file))
    return { key: 'fileMissing', values: { option: '--import', value: file }, isListShown: false }
  return null
}

/**
 * `npm start --port 5` gives the option to npm, which only puts it into the environment.
 * @type {(environment: Readonly<Record<string, string | undefined>>) => Problem | null}
 */
function swallowedProblem(environment) {
  const taken = options.find(
    ({ name }) =>
      name !== 'help' && environment[`npm_config_${name.replaceAll('-', '_')}`] !== undefined,
  )
  return taken
    ? { key: 'npmTookOption', values: { option: `--${taken.name}` }, isListShown: false }
    : null
}

/**
 * The same options for another program.
 * @param {Given} given
 * @returns {string[]}
 */
export const argumentsOf = given =>
  Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : value === true ? [`--${name}`] : [`--${name}`, value],
  )

/**
 * The list of options, one a line.
 * @param {import('./words.mjs').Say} say
 */
export function optionList(say) {
  const rows = options.map(({ name, form }) => [
    `  --${name}${form === null ? '' : ` ${form}`}`,
    say(`option.${name}`),
  ])
  const width = Math.max(...rows.map(([left = '']) => left.length)) + 2
  return rows.map(([left = '', right]) => left.padEnd(width) + right).join('\n')
}

import { parseArgs } from 'node:util'
import type { Language } from '../words/words.ts'

interface Common {
  readonly dataDir: string | null
  readonly language: Language
}
/** What was typed; `misused` names by a code in words (`cli.misused.<code>`) what is wrong with it. */
export type CommandLine = Common &
  (
    | { readonly kind: 'help' }
    | { readonly kind: 'doctor'; readonly isJson: boolean }
    | { readonly kind: 'backup'; readonly isJson: boolean; readonly to: string | null }
    | ImportLine
    | EmulatorLine
    | { readonly kind: 'probe'; readonly isJson: boolean }
    | { readonly kind: 'misused'; readonly code: string; readonly value: string }
  )
export interface ImportLine {
  readonly kind: 'import'
  readonly file: string
  readonly mapping: string
  readonly asOf: string | null
  readonly zone: string | null
  readonly isDryRun: boolean
  readonly isJson: boolean
}
export interface EmulatorLine {
  readonly kind: 'emulator'
  /** 0: any that is free. */
  readonly port: number
  readonly cases: number
  readonly people: number
  readonly seed: number
  /** Seconds between acts of colleagues; 0: there are none. */
  readonly busy: number
  readonly faults: string | null
  readonly isJson: boolean
}

const options = {
  mapping: { type: 'string' },
  'as-of': { type: 'string' },
  zone: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  to: { type: 'string' },
  port: { type: 'string' },
  cases: { type: 'string' },
  people: { type: 'string' },
  seed: { type: 'string' },
  busy: { type: 'string' },
  faults: { type: 'string' },
  'data-dir': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const
type OptionName = keyof typeof options

/** Which options a command knows besides `--data-dir`, `--lang` and `--help`. */
const known: Readonly<Record<string, readonly OptionName[]>> = {
  import: ['mapping', 'as-of', 'zone', 'dry-run', 'json'],
  doctor: ['json'],
  backup: ['json', 'to'],
  emulator: ['port', 'cases', 'people', 'seed', 'busy', 'faults', 'json'],
  probe: ['json'],
  help: [],
}
/** What may be emulated, and what is emulated unless told otherwise. */
const emulators: ReadonlySet<string> = new Set(['bitrix24'])
const numbers = { port: 8724, cases: 60, people: 0, seed: 1, busy: 0 } as const
const wholeNumber = /^\d{1,7}$/
const lastPort = 65_535
const common: readonly OptionName[] = ['data-dir', 'lang', 'help']

interface Typed {
  readonly words: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  readonly switches: ReadonlySet<string>
  readonly misuse: { readonly code: string; readonly value: string } | null
}

export function commandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const typed = typedIn(argv)
  const text = (name: OptionName): string | null => typed.texts.get(name) ?? null
  const system = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  const shared: Common = {
    dataDir: text('data-dir'),
    language: (text('lang') ?? system).toLowerCase().startsWith('ru') ? 'ru' : 'en',
  }
  const misuse = typed.misuse ?? misuseOf(typed)
  if (misuse !== null) return { ...shared, kind: 'misused', ...misuse }
  const [command, file = ''] = typed.words
  if (typed.switches.has('help') || command === 'help') return { ...shared, kind: 'help' }
  const isJson = typed.switches.has('json')
  if (command === 'doctor') return { ...shared, kind: 'doctor', isJson }
  if (command === 'backup') return { ...shared, kind: 'backup', isJson, to: text('to') }
  if (command === 'probe') return { ...shared, kind: 'probe', isJson }
  if (command === 'emulator') return { ...shared, ...emulatorLine(text), isJson }
  return {
    ...shared,
    kind: 'import',
    file,
    mapping: text('mapping') ?? 'plain',
    asOf: text('as-of'),
    zone: text('zone'),
    isDryRun: typed.switches.has('dry-run'),
    isJson,
  }
}

function emulatorLine(text: (name: OptionName) => string | null): Omit<EmulatorLine, 'isJson'> {
  const number = (name: keyof typeof numbers) => Number(text(name) ?? numbers[name])
  return {
    kind: 'emulator',
    port: number('port'),
    cases: number('cases'),
    people: number('people'),
    seed: number('seed'),
    busy: number('busy'),
    faults: text('faults'),
  }
}

function typedIn(argv: readonly string[]): Typed {
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const words: string[] = []
  const texts = new Map<string, string>()
  const switches = new Set<string>()
  let misuse: Typed['misuse'] = null
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const type = Object.entries(options).find(([name]) => name === token.name)?.[1].type
    if (type === undefined) misuse ??= { code: 'unknownOption', value: token.rawName }
    else if (type === 'boolean' && token.value === undefined) switches.add(token.name)
    else if (type === 'string' && token.value) texts.set(token.name, token.value)
    else
      misuse ??= { code: type === 'boolean' ? 'takesNoValue' : 'lacksValue', value: token.rawName }
  }
  return { words, texts, switches, misuse }
}

function misuseOf({ words, texts, switches }: Typed): Typed['misuse'] {
  const [command, file, ...rest] = words
  const lang = texts.get('lang')
  if (lang !== undefined && lang !== 'ru' && lang !== 'en')
    return { code: 'badLanguage', value: lang }
  if (switches.has('help')) return null
  if (command === undefined) return { code: 'noCommand', value: '' }
  const allowed = Object.entries(known).find(([name]) => name === command)?.[1]
  if (allowed === undefined) return { code: 'unknownCommand', value: command }
  const names = [...allowed, ...common]
  const foreign = [...texts.keys(), ...switches].find(name => names.every(each => each !== name))
  if (foreign !== undefined) return { code: 'unknownOption', value: `--${foreign}` }
  if (command === 'import' && file === undefined) return { code: 'noFile', value: '' }
  if (command === 'emulator') return emulatorMisuse(texts, file, rest)
  if (command === 'probe' && file !== 'bitrix24') return { code: 'noProbe', value: file ?? '' }
  const extra = command === 'import' || command === 'probe' ? rest[0] : file
  return extra === undefined ? null : { code: 'extra', value: extra }
}

function emulatorMisuse(
  texts: Typed['texts'],
  system: string | undefined,
  [extra]: readonly string[],
): Typed['misuse'] {
  if (system === undefined || !emulators.has(system))
    return { code: 'noEmulator', value: system ?? '' }
  if (extra !== undefined) return { code: 'extra', value: extra }
  const isFit = (name: string, text: string) =>
    wholeNumber.test(text) && (name !== 'port' || Number(text) <= lastPort)
  const bad = Object.keys(numbers).find(name => !isFit(name, texts.get(name) ?? '0'))
  return bad === undefined ? null : { code: 'noNumber', value: `--${bad}` }
}

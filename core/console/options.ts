import { parseArgs } from 'node:util'

/** What `npm start -- …` passes on to the core. */
export interface StartOptions {
  /** 0: any free port. */
  readonly port: number
  readonly dataFolder: string | null
  readonly space: string | null
  readonly importing: {
    readonly file: string
    readonly mapping: string
    readonly asOf: string | null
  } | null
  readonly language: 'ru' | 'en' | null
  /** Folder of the built page; null: beside the built core. */
  readonly page: string | null
}

/** Throws RangeError naming the option. */
export function startOptions(argv: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      space: { type: 'string' },
      import: { type: 'string' },
      mapping: { type: 'string' },
      'as-of': { type: 'string' },
      lang: { type: 'string' },
      page: { type: 'string' },
      'no-open': { type: 'boolean' },
    },
  })
  if (values.mapping !== undefined && values.import === undefined)
    throw new RangeError('--mapping: --import')
  return {
    port: portOf(values.port),
    dataFolder: values['data-dir'] ?? null,
    space: values.space ?? null,
    importing:
      values.import === undefined
        ? null
        : {
            file: values.import,
            mapping: values.mapping ?? 'plain',
            asOf: values['as-of'] ?? null,
          },
    language: languageOf(values.lang),
    page: values.page ?? null,
  }
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`--port: ${text} (0–65535)`)
  return port
}

function languageOf(text: string | undefined): 'ru' | 'en' | null {
  if (text === undefined) return null
  if (text !== 'ru' && text !== 'en') throw new RangeError(`--lang: ${text} (ru, en)`)
  return text
}

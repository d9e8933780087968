import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '../../words/words.ts'
import { hasPassword, isPostgresAddress } from '../store/place.ts'

/** What was typed after `npm run hub --`. */
export interface CommandLine {
  readonly words: readonly string[]
  /** The path of a file or a `postgres://` address; never to be shown as it is. */
  readonly databasePath: string
  /** Where what is not in the database lies: copies. */
  readonly folder: string
  /** Stands a password in the command line, where everybody on this computer sees it? */
  readonly isPasswordSeen: boolean
  readonly language: Language
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly host: string
  readonly port: number
  readonly tlsCert: string | undefined
  readonly tlsKey: string | undefined
  readonly to: string | undefined
  readonly format: 'json' | 'csv'
  readonly signIn: {
    readonly issuer: string | undefined
    readonly clientId: string | undefined
    readonly clientSecretFile: string | undefined
    readonly claim: string
    readonly publicUrl: string | undefined
  }
  readonly token: {
    readonly employee: string | undefined
    readonly isAdmin: boolean
    readonly isAgent: boolean
    readonly label: string
    readonly days: number | null
    readonly scopes: readonly string[] | null
  }
}

/** `what` is the part that cannot be understood. */
export class Misused extends Error {
  readonly what: string
  constructor(what: string) {
    super(what)
    this.name = 'Misused'
    this.what = what
  }
}

const usualPort = 8620

const options = {
  data: { type: 'string' },
  database: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: String(usualPort) },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  to: { type: 'string' },
  format: { type: 'string', default: 'json' },
  'oidc-issuer': { type: 'string' },
  'oidc-client-id': { type: 'string' },
  'oidc-client-secret-file': { type: 'string' },
  'oidc-claim': { type: 'string', default: 'email' },
  'public-url': { type: 'string' },
  employee: { type: 'string' },
  admin: { type: 'boolean', default: false },
  agent: { type: 'boolean', default: false },
  label: { type: 'string', default: '' },
  days: { type: 'string' },
  scopes: { type: 'string' },
} as const

/** Reads what was typed; throws `Misused`. */
export function readCommandLine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): CommandLine {
  const { values, positionals } = parsed(args)
  if (values.lang !== undefined && values.lang !== 'ru' && values.lang !== 'en')
    throw new Misused(`--lang ${values.lang}`)
  if (values.format !== 'json' && values.format !== 'csv')
    throw new Misused(`--format ${values.format}`)
  const folder = resolve(values.data ?? usualFolder(environment))
  return {
    words: positionals.length === 0 ? ['serve'] : positionals,
    databasePath:
      address(values.database ?? environment['NACHALO_DATABASE']) ?? join(folder, 'hub.db'),
    folder,
    isPasswordSeen: values.database !== undefined && hasPassword(values.database),
    language: values.lang ?? ((environment['LANG'] ?? 'ru').startsWith('ru') ? 'ru' : 'en'),
    isHelp: values.help,
    isJson: values.json,
    host: values.host,
    port: wholeNumber('--port', values.port, 65_535),
    tlsCert: values['tls-cert'],
    tlsKey: values['tls-key'],
    to: values.to,
    format: values.format,
    signIn: {
      issuer: values['oidc-issuer'],
      clientId: values['oidc-client-id'],
      clientSecretFile: values['oidc-client-secret-file'],
      claim: values['oidc-claim'],
      publicUrl: values['public-url'],
    },
    token: {
      employee: values.employee,
      isAdmin: values.admin,
      isAgent: values.agent,
      label: values.label,
      days: values.days === undefined ? null : wholeNumber('--days', values.days, 36_500),
      scopes:
        values.scopes === undefined ? null : values.scopes.split(',').map(scope => scope.trim()),
    },
  }
}

/** What is no address is not repeated: there may be a password in it. */
function address(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (!isPostgresAddress(text)) throw new Misused('--database')
  return text
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node says in English what is wrong; the option itself is what a person needs.
    throw new Misused(error instanceof Error ? (/'([^']*)'/.exec(error.message)?.[1] ?? '') : '')
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > most) throw new Misused(`${name} ${text}`)
  return value
}

function usualFolder(environment: NodeJS.ProcessEnv): string {
  const home = homedir()
  if (process.platform === 'win32') return join(environment['APPDATA'] ?? home, 'nachalo-hub')
  if (process.platform === 'darwin')
    return join(home, 'Library', 'Application Support', 'nachalo-hub')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'nachalo-hub')
}

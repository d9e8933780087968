import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hubApi, type HubApi } from './hub-api.ts'
import { createStagedPortal, type StagedPortal } from './staged-portal.ts'
import {
  runCommand,
  type Running,
  startCore,
  startHub,
  startPortal,
  startProvider,
} from './start.ts'
import type { Dump, World } from './worlds.ts'

/** A hub as a process of its own; it may be stopped and started again where it was. */
export interface StagedHub {
  /** What another program with this token says to it. */
  as(token: string): HubApi
  url(): string
  /** Where it was before, and as it was started last unless options are given. */
  start(...args: readonly string[]): Promise<void>
  stop(): Promise<void>
  /** Runs one of its commands while it is stopped. */
  command(...args: readonly string[]): Promise<string>
  /** While it is stopped here, others reach it at another address. */
  meanwhile(work: (as: (token: string) => HubApi) => Promise<void>): Promise<void>
  /** Stops it and tells what lies in it. */
  contents(): Promise<Dump>
}

export interface CoreOptions {
  /** Neither a key file nor a keychain: a passphrase is asked for. */
  readonly hasNoKey?: boolean
  /** So much has passed since the stage was set. */
  readonly laterMs?: number
}

/** `employeeId` null: the hub knows nobody of this name. */
export type Accounts = Readonly<
  Record<string, { readonly email: string; readonly employeeId: string | null }>
>

/** Where a test plays: a folder and a clock of its own, and everything started there. */
export interface Stage {
  readonly folder: string
  /** The console's own folder. */
  readonly data: string
  readonly offsetMs: number
  startCore(args?: readonly string[], options?: CoreOptions): Promise<Running>
  startHub(world: World): Promise<StagedHub>
  /** A portal of Bitrix24 that fails as `faults` say: a list of rules of the emulator. */
  startPortal(faults?: readonly object[]): Promise<StagedPortal>
  /** The company's sign-in of this hub begins to work: by account, the e-mail and who that is in the hub. */
  startSignIn(hub: StagedHub, accounts: Accounts): Promise<void>
  /** Files of the console in which this text lies. */
  filesWith(text: string): readonly string[]
  /** Lines the console wrote into its log. */
  log(): string
  end(): Promise<void>
}

export function createStage(momentAt: number): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-stage-'))
  const offsetMs = momentAt - Date.now()
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, 'a key of forty characters for tests only')
  chmodSync(keyFile, 0o600)
  const data = join(folder, 'data')
  const running: Running[] = []
  const noted = async (starting: Promise<Running>) => {
    const program = await starting
    running.push(program)
    return program
  }
  return {
    folder,
    data,
    offsetMs,
    async startPortal(faults = []) {
      const file = join(folder, 'faults.json')
      writeFileSync(file, JSON.stringify({ rules: faults }))
      const program = await noted(startPortal(['--faults', file], { offsetMs }))
      return createStagedPortal(program)
    },
    startCore: (args = [], { hasNoKey = false, laterMs = 0 } = {}) =>
      noted(
        startCore(['--data-dir', data, ...args], {
          offsetMs: offsetMs + laterMs,
          ...(hasNoKey ? { hasNoKeychain: true } : { keyFile }),
        }),
      ),
    startHub: world => stagedHub({ folder, offsetMs, noted }, world.databasePath),
    startSignIn: (hub, accounts) => letSignIn({ folder, offsetMs, noted }, hub, accounts),
    filesWith: text =>
      readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(name => {
        const path = join(data, name)
        return statSync(path).isFile() && readFileSync(path).includes(text)
      }),
    log: () => readText(join(data, 'nachalo.log')),
    async end() {
      await Promise.all(running.map(program => program.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

interface Ground {
  readonly folder: string
  readonly offsetMs: number
  readonly noted: (starting: Promise<Running>) => Promise<Running>
}

/** A provider of these people is started, and the hub again with it. */
async function letSignIn(
  { folder, offsetMs, noted }: Ground,
  hub: StagedHub,
  accounts: Accounts,
): Promise<void> {
  const secret = 'a secret of the hub and its provider'
  const secretFile = join(folder, 'client-secret')
  writeFileSync(secretFile, secret, { mode: 0o600 })
  const known = Object.entries(accounts).map(([name, { email }]) => [
    name,
    { email, isVerified: true },
  ])
  const told = JSON.stringify(Object.fromEntries(known))
  const provider = await noted(startProvider([hub.url(), secret, told], { offsetMs }))
  await hub.stop()
  for (const { email, employeeId } of Object.values(accounts))
    if (employeeId !== null) await hub.command('identity', 'set', email, '--employee', employeeId)
  const options = ['--oidc-issuer', provider.url, '--oidc-client-id', 'nachalo-hub']
  await hub.start(...options, '--oidc-client-secret-file', secretFile)
}

async function stagedHub(
  { folder, offsetMs, noted }: Ground,
  databasePath: string,
): Promise<StagedHub> {
  const data = join(folder, 'hub')
  mkdirSync(data)
  copyFileSync(databasePath, join(data, 'hub.db'))
  const command = (...args: readonly string[]) =>
    runCommand('hub', [...args, '--data', data], { offsetMs })
  const serve = (port: string, ...args: readonly string[]) =>
    noted(startHub(['--data', data, '--port', port, ...args], { offsetMs }))
  let options: readonly string[] = []
  let hub = await serve('0')
  const { url } = hub
  return {
    as: token => hubApi(url, token),
    url: () => url,
    stop: () => hub.stop(),
    command,
    async start(...args) {
      if (args.length > 0) options = args
      hub = await serve(new URL(url).port, ...options)
    },
    async meanwhile(work) {
      const elsewhere = await serve('0')
      await work(token => hubApi(elsewhere.url, token))
      await elsewhere.stop()
    },
    async contents() {
      await hub.stop()
      const path = join(folder, 'contents.json')
      await command('export', path)
      return JSON.parse(readFileSync(path, 'utf8')) as Dump
    },
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (...place: string[]) => join(root, ...place)
const clock = at('e2e', 'clock.mjs')
const leash = at('electron', 'leash.mjs')
const patienceMs = 30_000

export interface Environment {
  /** How far the program's clock is ahead of ours. */
  readonly offsetMs: number
  readonly keyFile?: string
  /** As on a machine whose system keeps no keys. */
  readonly hasNoKeychain?: boolean
}

/** A program of the build that serves until it is stopped. */
export interface Running {
  readonly url: string
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>
  /** Ends it as a failing machine would. */
  kill(): Promise<void>
}

type Name = 'core' | 'hub' | 'nachalo'

const start = (name: Name, args: readonly string[], environment: Environment): ChildProcess =>
  startProgram(at('out', 'main', `${name}.js`), args, environment)

function startProgram(
  program: string,
  args: readonly string[],
  { offsetMs, keyFile, hasNoKeychain }: Environment,
): ChildProcess {
  return spawn(process.execPath, ['--import', leash, '--import', clock, program, ...args], {
    env: {
      ...process.env,
      TZ: 'Europe/Moscow',
      LANG: 'ru_RU.UTF-8',
      NACHALO_TEST_CLOCK_OFFSET_MS: String(offsetMs),
      NACHALO_KEY_FILE: keyFile,
      ...(hasNoKeychain ? { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } : {}),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** The console's core; `url` opens one window. */
export const startCore = (args: readonly string[], environment: Environment): Promise<Running> =>
  serving(start('core', args, environment), /"url":"([^"]+)"/)

/** A hub as a process of its own. */
export const startHub = (args: readonly string[], environment: Environment): Promise<Running> =>
  serving(start('hub', ['serve', ...args], environment), /(http:\/\/127\.0\.0\.1:\d+)/)

/** An emulated portal of Bitrix24; `url` is what it announces, as JSON. */
export const startPortal = (args: readonly string[], environment: Environment): Promise<Running> =>
  serving(
    start('nachalo', ['emulator', 'bitrix24', '--json', '--port', '0', ...args], environment),
    /^(\{"address".+\})$/m,
  )

/** A real sign-in provider, as the sources run it; whoever signs in goes back to the hub. */
export function startProvider(
  args: readonly [hubUrl: string, clientSecret: string, accounts: string],
  environment: Environment,
): Promise<Running> {
  const program = at('core', 'testing', 'sign-in-provider-program.ts')
  return serving(startProgram(program, args, environment), /"url":"([^"]+)"/)
}

/** Runs a command to its end; rejects with what it complained about when it fails. */
export async function runCommand(
  name: 'hub' | 'nachalo',
  args: readonly string[],
  environment: Environment,
): Promise<string> {
  const child = start(name, args, environment)
  const heard = listen(child)
  const code = await ended(child)
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}: ${heard.text()}`)
  return heard.text()
}

function listen(child: ChildProcess) {
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      for (const listener of listeners) listener()
    })
  return { text: () => text, onMore: (listener: () => void) => listeners.add(listener) }
}

const ended = (child: ChildProcess) =>
  new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })

async function serving(child: ChildProcess, announcement: RegExp): Promise<Running> {
  const heard = listen(child)
  const end = ended(child)
  const url = await new Promise<string>((resolve, reject) => {
    const tooLong = setTimeout(
      () => reject(new Error(`nothing announced: ${heard.text()}`)),
      patienceMs,
    )
    heard.onMore(() => {
      const found = announcement.exec(heard.text())?.[1]
      if (!found) return
      clearTimeout(tooLong)
      resolve(found)
    })
    void end.then(code => reject(new Error(`ended with ${code}: ${heard.text()}`)))
  })
  const finish = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    await end
  }
  return { url, stop: finish('SIGTERM'), kill: finish('SIGKILL') }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPostgres } from '../store/place.ts'

/** The real program, serving. */
export interface HubProcess {
  readonly child: ChildProcess
  readonly url: string
  readonly port: number
  /** Everything it has printed so far. */
  said(): string
  /** Ends it as a crash does, or as asked. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

const main = join(import.meta.dirname, '..', 'main.ts')

/** Starts `npm run hub` on a folder or on a `postgres://` address; resolves when it answers. */
export async function startProcess(place: string, port = 0): Promise<HubProcess> {
  const child = spawn(
    process.execPath,
    [
      main,
      'serve',
      '--port',
      String(port),
      '--lang',
      'en',
      ...(isPostgres(place) ? [] : ['--data', place]),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(tmpdir(), 'nachalo-hub-compiled'),
        ...(isPostgres(place) ? { NACHALO_DATABASE: place, XDG_DATA_HOME: tmpdir() } : {}),
      },
    },
  )
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', piece => {
      said = said.length > 1_000_000 ? '' : said + String(piece)
      const [, found] = /answers at (http:\/\/[\d.:]+)/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`the hub did not start: ${said}`)))
  })
  return {
    child,
    url,
    port: Number(new URL(url).port),
    said: () => said,
    end: async signal => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}

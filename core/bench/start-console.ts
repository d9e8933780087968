import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface StartedConsole {
  /** From typing to the line that names the address. */
  readonly seconds: number
  readonly url: string
  stop(): Promise<void>
}

/** `npm start` as typed, without a window. */
export function startConsole(
  dataFolder: string,
  more: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<StartedConsole> {
  const from = performance.now()
  const child = spawn('npm', ['start', '--', '--no-open', '--data-dir', dataFolder, ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
    detached: true,
    shell: process.platform === 'win32',
  })
  const ended = new Promise<void>(resolve => void child.once('close', () => resolve()))
  const stop = async () => {
    // Ctrl+C goes to everything the terminal's group holds, and so does this.
    if (child.exitCode === null && child.pid !== undefined) interrupt(child.pid)
    await ended
  }
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      const url = /Nachalo is ready at (\S+)\n/.exec(text)?.[1]
      if (url) resolve({ seconds: (performance.now() - from) / 1000, url, stop })
    })
    child.once('close', () => reject(new Error('npm start ended before it was ready')))
  })
}

const interrupt = (pid: number) => process.kill(process.platform === 'win32' ? pid : -pid, 'SIGINT')

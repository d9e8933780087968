import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A program of ours that says JSON lines and hears text lines. */
export interface Program {
  readonly child: ChildProcess
  /** The next line it says; rejects when it ends instead. */
  next(): Promise<Record<string, unknown>>
  tell(line: string): void
  end(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export function startProgram(file: string, args: readonly string[]): Program {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  running.add(child)
  const ended = new Promise<void>(resolve => {
    child.once('close', () => {
      running.delete(child)
      resolve()
    })
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    async next() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${file} ended`)
      const said: unknown = JSON.parse(value)
      return typeof said === 'object' && said !== null ? { ...said } : {}
    },
    tell: line => void child.stdin.write(`${line}\n`),
    async end() {
      child.stdin.end()
      const forced = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(forced)
    },
  }
}

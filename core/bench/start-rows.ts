import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './measure.ts'
import type { Row } from './report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const starts = 5

/** `npm start` typed again when everything is installed and built: on a stopped console and on a running one. */
export async function* startRows(folder: string): AsyncGenerator<Row> {
  const dataFolder = join(folder, 'start')
  mkdirSync(dataFolder, { recursive: true })
  await (await started(dataFolder, ['--space', 'demo'])).stop()
  const fresh: number[] = []
  for (let turn = 0; turn < starts; turn += 1) {
    const console = await started(dataFolder)
    fresh.push(console.seconds)
    await console.stop()
  }
  const running = await started(dataFolder)
  const again: number[] = []
  for (let turn = 0; turn < starts; turn += 1) {
    const second = await started(dataFolder)
    again.push(second.seconds)
    await second.stop()
  }
  await running.stop()
  yield {
    name: 'ready line of a second start, console stopped',
    value: median(fresh),
    unit: 's',
    budget: 1.5,
  }
  yield {
    name: 'ready line of a second start, console running',
    value: median(again),
    unit: 's',
    budget: 1.5,
  }
}

/** Seconds from typing to the line. */
function started(
  dataFolder: string,
  more: readonly string[] = [],
): Promise<{ seconds: number; stop(): Promise<void> }> {
  const from = performance.now()
  const child = spawn('npm', ['start', '--', '--no-open', '--data-dir', dataFolder, ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    shell: process.platform === 'win32',
  })
  const ended = new Promise<void>(resolve => void child.once('close', () => resolve()))
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) child.kill('SIGINT')
    await ended
  }
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      if (text.includes('Nachalo is ready at '))
        resolve({ seconds: (performance.now() - from) / 1000, stop })
    })
    child.once('close', () => reject(new Error('npm start ended before it was ready')))
  })
}

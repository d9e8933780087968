import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './measure.ts'
import type { Row } from './report.ts'
import { startConsole } from './start-console.ts'

const starts = 5

/** `npm start` typed again when everything is installed and built: on a stopped console and on a running one. */
export async function* startRows(folder: string): AsyncGenerator<Row> {
  const dataFolder = join(folder, 'start')
  mkdirSync(dataFolder, { recursive: true })
  await (await startConsole(dataFolder, ['--space', 'demo'])).stop()
  const fresh: number[] = []
  for (let turn = 0; turn < starts; turn += 1) {
    const console = await startConsole(dataFolder)
    fresh.push(console.seconds)
    await console.stop()
  }
  const running = await startConsole(dataFolder)
  const again: number[] = []
  for (let turn = 0; turn < starts; turn += 1) {
    const second = await startConsole(dataFolder)
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

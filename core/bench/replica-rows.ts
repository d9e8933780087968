import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startProgram, type Program } from './children.ts'
import { median, quantile } from './measure.ts'
import type { Row } from './report.ts'

export interface HubAt {
  readonly program: Program
  readonly folder: string
  readonly url: string
  readonly tokens: readonly string[]
}

export const largeCases = 100_000
const people = 200
const openCases = 5_000
const unassigned = 1_000
const changedCases = 10_000
const loads = 3

const numberIn = (line: Record<string, unknown>, name: string): number => Number(line[name])
const numbersIn = (line: Record<string, unknown>, name: string): number[] => {
  const list = line[name]
  return Array.isArray(list) ? list.map(Number) : []
}
const textIn = (line: Record<string, unknown>, name: string): string => {
  const text = line[name]
  return typeof text === 'string' ? text : ''
}

/** How large a hub is: all its cases, of these the open ones, of these the unassigned. */
export interface HubSize {
  readonly cases: number
  readonly people: number
  readonly openCases: number
  readonly unassigned: number
}
const usualSize: HubSize = { cases: largeCases, people, openCases, unassigned }

export async function startLargeHub(folder: string, size = usualSize): Promise<HubAt> {
  const at = join(folder, 'hub')
  mkdirSync(at, { recursive: true })
  const program = startProgram(
    './hub-program.ts',
    [at, size.cases, size.people, size.openCases, size.unassigned].map(String),
  )
  const line = await program.next()
  const tokens = Array.isArray(line['tokens']) ? line['tokens'].map(String) : []
  return { program, folder, url: textIn(line, 'url'), tokens }
}

type Mode = 'encrypted' | 'plain'
interface Loaded {
  readonly perSecond: number
  /** Of the upserts alone; only the yardstick says so. */
  readonly upsertsPerSecond: number
  readonly drops: number[]
  readonly cursor: string
  readonly program: Program
  readonly folder: string
}

let folders = 0
async function load(hub: HubAt, kind: 'raw' | 'desk', mode: Mode, wish = '-'): Promise<Loaded> {
  const folder = join(hub.folder, `${kind}-${(folders += 1)}`)
  mkdirSync(folder, { recursive: true })
  const program = startProgram(`./${kind}-program.ts`, [
    folder,
    hub.url,
    hub.tokens[0] ?? '',
    mode,
    wish,
  ])
  const line = await program.next()
  if (numberIn(line, 'rows') !== largeCases)
    throw new Error(`${kind} loaded ${String(line['rows'])} of ${largeCases} cases`)
  return {
    perSecond: largeCases / numberIn(line, 'seconds'),
    upsertsPerSecond: largeCases / numberIn(line, 'upsertSeconds'),
    drops: numbersIn(line, 'drops'),
    cursor: textIn(line, 'cursor'),
    program,
    folder,
  }
}

/** First loads of ours and of the yardstick in turns, so that a noisy minute meets both. */
export async function* replicaRows(hub: HubAt): AsyncGenerator<Row> {
  const speeds = {
    raw: [] as number[],
    desk: [] as number[],
    rawPlain: [] as number[],
    deskPlain: [] as number[],
  }
  let raw: Loaded | null = null
  let desk: Loaded | null = null
  for (let turn = 0; turn < loads; turn += 1) {
    await Promise.all([raw?.program.end(), desk?.program.end()])
    raw = await load(hub, 'raw', 'encrypted')
    speeds.raw.push(raw.perSecond)
    desk = await load(hub, 'desk', 'encrypted')
    speeds.desk.push(desk.perSecond)
  }
  for (const [kind, list] of [
    ['raw', speeds.rawPlain],
    ['desk', speeds.deskPlain],
  ] as const) {
    const plain = await load(hub, kind, 'plain')
    list.push(plain.perSecond)
    await plain.program.end()
  }
  if (!raw || !desk) return
  const note = `ours ${Math.round(median(speeds.desk))}/s, raw ${Math.round(median(speeds.raw))}/s encrypted (its upserts alone ${Math.round(raw.upsertsPerSecond)}/s); ${Math.round(median(speeds.deskPlain))}/s, ${Math.round(median(speeds.rawPlain))}/s plain`
  yield {
    name: 'first load of 100,000 cases with search, against raw without',
    value: median(speeds.desk) / median(speeds.raw),
    unit: '×',
    budget: 0.7,
    isFloor: true,
    note,
  }
  yield* loadedRows(hub, desk)
  yield* deltaRows(hub, raw, desk)
  await Promise.all([raw.program.end(), desk.program.end()])
  const busy = await load(hub, 'desk', 'encrypted', 'drops')
  await busy.program.end()
  yield {
    name: 'drop to durable while loading, p99',
    value: quantile(busy.drops, 0.99),
    unit: 'ms',
    budget: 60,
    note: `${busy.drops.length} drops, median ${median(busy.drops).toFixed(1)} ms`,
  }
}

async function* loadedRows(_hub: HubAt, { program }: Loaded): AsyncGenerator<Row> {
  program.tell('search 300')
  const searches = numbersIn(await program.next(), 'times')
  yield {
    name: 'search over 100,000 cases, p95',
    value: quantile(searches, 0.95),
    unit: 'ms',
    budget: 50,
    note: `median ${median(searches).toFixed(1)} ms`,
  }
  program.tell('drop 500')
  const drops = numbersIn(await program.next(), 'times')
  yield {
    name: 'drop to durable at 100,000 cases, p95',
    value: quantile(drops, 0.95),
    unit: 'ms',
    budget: 5,
    note: `${drops.length} drops, median ${median(drops).toFixed(2)} ms`,
  }
}

async function* deltaRows(hub: HubAt, raw: Loaded, desk: Loaded): AsyncGenerator<Row> {
  const ratios: number[] = []
  let { cursor } = raw
  for (let turn = 0; turn < loads; turn += 1) {
    hub.program.tell(`touch ${changedCases}`)
    await hub.program.next()
    const again = startProgram('./raw-program.ts', [
      raw.folder,
      hub.url,
      hub.tokens[0] ?? '',
      'encrypted',
      cursor,
    ])
    const yardstick = await again.next()
    await again.end()
    cursor = textIn(yardstick, 'cursor')
    desk.program.tell('pull')
    ratios.push(numberIn(yardstick, 'seconds') / numberIn(await desk.program.next(), 'seconds'))
  }
  yield {
    name: 'delta of 10,000 changed cases with search, against raw without',
    value: median(ratios),
    unit: '×',
    budget: 0.7,
    isFloor: true,
  }
}

/** A decision made in one console until the other's replica has it. */
export async function* seenElsewhereRows(hub: HubAt): AsyncGenerator<Row> {
  const one = await load(hub, 'desk', 'plain')
  const other = await load({ ...hub, tokens: hub.tokens.slice(1) }, 'desk', 'plain')
  one.program.tell('live')
  other.program.tell('live')
  const times: number[] = []
  for (let turn = 0; turn < 40; turn += 1) {
    one.program.tell('give')
    let given = await one.program.next()
    while (given['given'] === undefined) given = await one.program.next()
    times.push((await sight(other.program, textIn(given, 'given'))) - numberIn(given, 'at'))
  }
  await Promise.all([one.program.end(), other.program.end()])
  yield {
    name: 'a decision seen in another console, p95',
    value: quantile(times, 0.95),
    unit: 'ms',
    budget: 1000,
    note: `median ${median(times).toFixed(0)} ms`,
  }
}

async function sight(program: Program, caseId: string): Promise<number> {
  for (;;) {
    const line = await program.next()
    const seen = line['seen']
    if (Array.isArray(seen) && seen.includes(caseId)) return numberIn(line, 'at')
  }
}

import { startProgram } from './children.ts'
import { median, quantile } from './measure.ts'
import type { Row } from './report.ts'

export interface CrowdOptions {
  /** A folder, or the address of an empty PostgreSQL database. */
  readonly place: string
  readonly name: string
  /** 0: only the pulls of one head, without the crowd. */
  readonly minutes: number
  /** All cases of the hub. */
  readonly cases: number
}

/** Of the largest department one, and fifty whose consoles are the crowd. */
const heads = 51
const consolesEach = 4
const decisionsPerSecond = 10
const largest = 5_000
const loads = 3

const numbersIn = (line: Record<string, unknown>, name: string): number[] => {
  const list = line[name]
  return Array.isArray(list) ? list.map(Number) : []
}

/** Two hundred consoles at one hub, the load of a large department, and what a pull costs there. */
export async function* crowdRows(options: CrowdOptions): AsyncGenerator<Row> {
  const { place, minutes, cases } = options
  const hub = startProgram('./crowd-program.ts', [place, cases, heads, largest].map(String))
  const started = await hub.next()
  const url = String(started['url'])
  const tokens = Array.isArray(started['tokens']) ? started['tokens'].map(String) : []
  yield* pullRows(url, tokens, options)
  if (minutes > 0) yield* workRows(url, tokens, options)
  await hub.end()
}

async function* workRows(
  url: string,
  tokens: readonly string[],
  { name, minutes }: CrowdOptions,
): AsyncGenerator<Row> {
  const load = startProgram(
    './crowd-load-program.ts',
    [url, minutes * 60, decisionsPerSecond, consolesEach].map(String),
  )
  // The largest department has been looked at: the crowd sits in the others.
  load.tell(JSON.stringify(tokens.slice(1)))
  const line = await load.next()
  await load.end()
  const note = `${numbersIn(line, 'pulls').length} pulls, ${numbersIn(line, 'decisions').length} decisions in ${minutes} min`
  yield {
    name: `${name}: errors of ${String(line['consoles'])} consoles, ${decisionsPerSecond} decisions/s together`,
    value: Number(line['errors']),
    unit: 'errors',
    budget: 0,
    note,
  }
  for (const [what, list] of [
    ['pull', numbersIn(line, 'pulls')],
    ['decision', numbersIn(line, 'decisions')],
  ] as const)
    yield {
      name: `${name}: ${what} among them, p99`,
      value: quantile(list, 0.99),
      unit: 'ms',
      budget: 250,
      note: `median ${median(list).toFixed(1)} ms`,
    }
}

async function* pullRows(
  url: string,
  tokens: readonly string[],
  { name, cases }: CrowdOptions,
): AsyncGenerator<Row> {
  const [large = '', small = ''] = tokens
  const times: number[] = []
  let [cursor, records] = ['', 0]
  for (let turn = 0; turn < loads; turn += 1) {
    const begun = performance.now()
    ;({ cursor, records } = await pull(url, large, ''))
    times.push((performance.now() - begun) / 1000)
  }
  yield {
    name: `${name}: first load of a department of 5,000 open cases of ${cases}`,
    value: median(times),
    unit: 's',
    budget: 2,
    note: `${records} records`,
  }
  const smallCursor = (await pull(url, small, '')).cursor
  const [atLarge, atSmall] = [await quiet(url, large, cursor), await quiet(url, small, smallCursor)]
  yield {
    name: `${name}: a pull of nothing new, 5,000 cases against 100`,
    value: atLarge / atSmall,
    unit: '×',
    budget: 2,
    note: `${atLarge.toFixed(2)} ms, ${atSmall.toFixed(2)} ms`,
  }
}

/** The median of many pulls that bring nothing, ms. */
async function quiet(url: string, token: string, cursor: string): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < 100; turn += 1) {
    const begun = performance.now()
    await pull(url, token, cursor)
    times.push(performance.now() - begun)
  }
  return median(times)
}

/** Everything after the cursor, page by page. */
async function pull(
  url: string,
  token: string,
  from: string,
): Promise<{ cursor: string; records: number }> {
  let [cursor, records] = [from, 0]
  for (;;) {
    const query = cursor === '' ? '' : `&cursor=${cursor}`
    const answer = await fetch(`${url}/v1/changes?limit=1000${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const page = Object(await answer.json())
    cursor = page.nextCursor
    records += page.records.length
    if (page.isUpToDate) return { cursor, records }
  }
}

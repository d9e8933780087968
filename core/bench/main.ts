/**
 * `npm run bench -- [--json] [--only domain|replica|seen|window|page|hour|crowd|portal|start …]`; of the crowd:
 * `[--minutes N] [--cases N] [--database postgres://… (an empty one)]`; `hour` lasts `--minutes` and is
 * only run when it is named, as are `seeds`: `[--seeds N] [--first N]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crowdRows } from './crowd-rows.ts'
import { hourRows } from './growth-rows.ts'
import { hintRows } from './hint-rows.ts'
import { pageRows } from './page-rows.ts'
import { planRows } from './plan-rows.ts'
import { portalRows } from './portal-rows.ts'
import { replicaRows, seenElsewhereRows, startLargeHub, type HubAt } from './replica-rows.ts'
import { isKept, jsonOf, lineOf, type Row } from './report.ts'
import { seedRows } from './seed-rows.ts'
import { startRows } from './start-rows.ts'
import { windowRows } from './window-rows.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    minutes: { type: 'string', default: '0.25' },
    cases: { type: 'string', default: '20000' },
    database: { type: 'string' },
    seeds: { type: 'string', default: '100000' },
    first: { type: 'string', default: '1' },
  },
})
const isWanted = (part: string) => !values.only || values.only.includes(part)
const folder = mkdtempSync(join(tmpdir(), 'nachalo-bench-'))
const rows: Row[] = []

async function told(part: Iterable<Row> | AsyncIterable<Row>): Promise<void> {
  for await (const row of part) {
    rows.push(row)
    process.stdout.write(`${values.json ? jsonOf(row) : lineOf(row)}\n`)
  }
}

async function withHub(
  parts: readonly (readonly [string, (hub: HubAt) => AsyncIterable<Row>])[],
): Promise<void> {
  const wanted = parts.filter(([name]) => isWanted(name))
  if (wanted.length === 0) return
  const hub = await startLargeHub(folder)
  for (const [, part] of wanted) await told(part(hub))
  await hub.program.end()
}

try {
  if (isWanted('domain')) {
    await told(hintRows())
    await told(planRows())
  }
  await withHub([
    ['replica', replicaRows],
    ['seen', seenElsewhereRows],
    ['window', windowRows],
  ])
  if (isWanted('page')) await told(pageRows(join(folder, 'page')))
  if (values.only?.includes('hour'))
    await told(hourRows(join(folder, 'hour'), Number(values.minutes)))
  if (values.only?.includes('seeds'))
    await told(seedRows(Number(values.seeds), Number(values.first)))
  if (isWanted('crowd')) {
    const crowd = { minutes: Number(values.minutes), cases: Number(values.cases) }
    await told(crowdRows({ ...crowd, place: folder, name: 'SQLite' }))
    if (values.database !== undefined)
      await told(crowdRows({ ...crowd, place: values.database, name: 'PostgreSQL' }))
  }
  if (isWanted('portal')) await told(portalRows(folder))
  if (isWanted('start')) await told(startRows(folder))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const missed = rows.filter(row => !isKept(row))
if (!values.json)
  process.stdout.write(`${rows.length - missed.length} of ${rows.length} within budget\n`)
process.exitCode = missed.length === 0 ? 0 : 1

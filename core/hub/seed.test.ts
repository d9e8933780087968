import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { counted } from '../testing/counted.ts'
import { bareId } from './bare-id.ts'
import { parseCursor } from './changes/cursor.ts'
import { changesPage } from './changes/page.ts'
import type { Company, CompanyCase } from './company.ts'
import { viewerAt } from './rights/viewer.ts'
import { SeedError, writeCompany } from './seed.ts'
import { openHubStore } from './store/hub-store.ts'
import { companyCase, noon, smallCompany } from './testing/small-company.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-seed-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function* many(count: number, until = Infinity): Generator<CompanyCase> {
  for (let place = 0; place < count; place += 1) {
    if (place >= until) throw new Error('the source broke')
    yield companyCase(`n${place}`)
  }
}
const company = (cases: Company['cases']): Company => ({ ...smallCompany([]), cases, history: [] })

test('a source that breaks, an abort, no department or a hub already there leave nothing new', async () => {
  const path = join(folder, 'a', 'hub.db')
  await assert.rejects(writeCompany(path, company(many(5000, 3000))), /the source broke/)
  const stop = new AbortController()
  const aborted = writeCompany(path, company(many(50_000)), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  await assert.rejects(aborted, { name: 'AbortError' })
  await assert.rejects(
    writeCompany(path, { ...company([]), departments: [] }),
    (error: unknown) => error instanceof SeedError && error.code === 'noDepartments',
  )
  const twice = [companyCase('same'), companyCase('same')]
  await assert.rejects(writeCompany(path, company(twice)), /UNIQUE/)
  assert.deepEqual(readdirSync(join(folder, 'a')), [])
  await writeCompany(path, company([]))
  await assert.rejects(
    writeCompany(path, company([])),
    (error: unknown) => error instanceof SeedError && error.code === 'exists',
  )
  assert.deepEqual(readdirSync(join(folder, 'a')), ['hub.db'])
  assert.ok(existsSync(path))
})

test('progress is told and an asynchronous source is read once, in order', async () => {
  const path = join(folder, 'b.db')
  async function* slowly(): AsyncGenerator<CompanyCase> {
    for (const one of many(2500)) yield one
  }
  const told: number[] = []
  const written = await writeCompany(path, company(slowly()), {
    onProgress: done => told.push(done),
  })
  assert.deepEqual(written, { cases: 2500, history: 0 })
  assert.deepEqual(told, [1000, 2000])
})

test('20,000 cases are written and told at the speed of a bulk load', async () => {
  const path = join(folder, 'c.db')
  const begun = process.cpuUsage()
  await writeCompany(path, company(many(20_000)))
  const written = process.cpuUsage(begun)
  const store = await openHubStore(path, () => noon)
  const world = await store.world()
  const viewer = viewerAt(
    world,
    { employeeId: bareId('employee', 'anna'), tokenRole: 'person' },
    noon,
  )
  const started = process.cpuUsage()
  let records = 0
  for (let cursor: string | null = null; ;) {
    const page = await changesPage(store, world, viewer, {
      cursor: cursor === null ? null : parseCursor(cursor),
      limit: 5000,
    })
    records += page.records.length
    assert.ok(JSON.stringify(page).length > 0)
    cursor = page.nextCursor
    if (page.isUpToDate) break
  }
  const told = process.cpuUsage(started)
  await store.close()
  assert.ok(records > 20_000)
  const rate = (count: number, used: NodeJS.CpuUsage) =>
    Math.round((count / (used.user + used.system)) * 1e6)
  counted(
    `seconds of one core: ${rate(20_000, written)} cases written, ${rate(records, told)} records told`,
  )
  assert.ok(rate(20_000, written) > 6_700, 'a hundred thousand within fifteen seconds')
  assert.ok(rate(records, told) > 20_000, 'twenty thousand records a second')
})

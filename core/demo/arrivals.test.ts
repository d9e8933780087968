import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { headFor } from '../domain/head-for.ts'
import { demoDoor } from '../hub/demo-door.ts'
import { writeCompany } from '../hub/seed.ts'
import { openHubStore } from '../hub/store/hub-store.ts'
import { runArrivals } from './arrivals.ts'
import { demoCompany } from './company.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-arrivals-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('cases arrive routed, clients answer, and it stops at sixty', async () => {
  const now = Date.UTC(2026, 10, 23, 8)
  const path = join(folder, 'hub.db')
  const company = demoCompany({ now, seed: 1 })
  await writeCompany(path, company)
  const store = await openHubStore(path, () => now)
  const before = await store.db.selectFrom('cases').selectAll().execute()
  const pauses: number[] = []
  const stop = new AbortController()
  await runArrivals({
    door: demoDoor(store),
    now: () => now,
    seed: 5,
    signal: stop.signal,
    wait: async ms => {
      pauses.push(ms)
      if (pauses.length > 80) stop.abort()
    },
  })
  const rows = await store.db.selectFrom('cases').selectAll().execute()
  const world = await store.world()
  const history = await store.db.selectFrom('history').selectAll().execute()
  await store.close()
  const fresh = rows.filter(row => before.every(({ caseId }) => caseId !== row.caseId))
  assert.equal(rows.filter(row => row.responsibleId === null && row.status !== 'closed').length, 60)
  assert.ok(fresh.length >= 10)
  assert.equal(pauses[0], 40_000)
  assert.ok(pauses.slice(1).every(ms => ms >= 60_000 && ms <= 180_000))
  const greatest = Math.max(...before.map(row => Number(row.number)))
  assert.deepEqual(
    fresh.map(row => Number(row.number)),
    fresh.map((_, index) => greatest + 1 + index),
  )
  const forOwner = fresh.filter(
    row => headFor(world.index, row.departmentId, now).headId === company.ownerId,
  )
  assert.ok(forOwner.length > fresh.length / 3)
  const made = history.filter(
    line => line.verb === 'created' && fresh.some(({ caseId }) => caseId === line.caseId),
  )
  assert.ok(
    made.length === fresh.length && made.every(line => line.reasons.includes('placedByKind')),
  )
  const waiting = (list: typeof rows) => list.filter(row => row.status === 'waiting').length
  assert.ok(waiting(rows) < waiting(before))
})

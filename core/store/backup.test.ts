import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  actIdOf,
  aDecision,
  aPage,
  aWholeCase,
  otherKey,
  storeKey,
  storeWorld,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { backupOutbox, lastBackupAt } from './backup.ts'
import { numberOf, openForReading } from './db.ts'
import { applyPage } from './write.ts'

const hour = 3_600_000
const day = 24 * hour

test('a backup is a whole outbox under the same key', t => {
  const world = storeWorld(t, { key: storeKey })
  applyPage(world.store, aPage({ cases: [aWholeCase('1')] }))
  assert.equal(lastBackupAt(world.store), null)
  recordAct(world.store, {
    actId: actIdOf('d1'),
    verb: 'assign',
    target: null,
    decisions: [aDecision('d1')],
  })
  const { path, bytes } = backupOutbox(world.store)
  assert.equal(lastBackupAt(world.store), world.now)
  assert.equal(readFileSync(path).length, bytes)
  assert.equal(readFileSync(path).includes('CREATE TABLE'), false)
  const copy = openForReading(path, storeKey)
  assert.equal(numberOf(copy, 'SELECT count(*) FROM decisions'), 1)
  copy.close()
  const locked = () => numberOf(openForReading(path, otherKey), 'SELECT count(*) FROM decisions')
  assert.throws(locked, { code: 'SQLITE_NOTADB' })
})

test('the three newest are kept, and the newest of each of seven days', t => {
  const world = storeWorld(t)
  const start = Date.parse('2026-11-01T00:30:00Z')
  const backups = join(world.folder, 'backups')
  for (let n = 0; n < 12 * 3; n += 1) {
    world.now = start + Math.floor(n / 3) * day + (n % 3) * hour
    backupOutbox(world.store)
  }
  writeFileSync(join(backups, 'not-ours.txt'), '')
  world.now += 1
  backupOutbox(world.store)
  const days = ['06', '07', '08', '09', '10', '11'].map(
    date => `outbox-2026-11-${date}T02-30-00-000Z.db`,
  )
  assert.deepEqual(readdirSync(backups).toSorted(), [
    'not-ours.txt',
    ...days,
    'outbox-2026-11-12T01-30-00-000Z.db',
    'outbox-2026-11-12T02-30-00-000Z.db',
    'outbox-2026-11-12T02-30-00-001Z.db',
  ])
})

test('two backups in the same moment are two files', t => {
  const { store } = storeWorld(t)
  assert.notEqual(backupOutbox(store).path, backupOutbox(store).path)
})

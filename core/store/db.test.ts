import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  aDecision,
  otherKey,
  storeKey,
  storeWorld,
  temporaryFolder,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { connect } from './connection.ts'
import { keyLiteral, openDatabase } from './db.ts'

const pragmas = ['synchronous', 'fullfsync', 'checkpoint_fullfsync', 'foreign_keys'] as const
const more = [
  'cell_size_check',
  'trusted_schema',
  'mmap_size',
  'busy_timeout',
  'temp_store',
] as const

for (const key of [null, storeKey])
  test(`every opening sets every pragma, ${key ? 'encrypted' : 'plain'}`, t => {
    const path = join(temporaryFolder(t), 'a.db')
    // A file that is reopened reports what the library was compiled with: NORMAL.
    for (const _ of [1, 2])
      for (const [synchronous, number] of [
        ['FULL', 2],
        ['NORMAL', 1],
      ] as const) {
        const database = openDatabase(path, key, { synchronous })
        const found = [...pragmas, ...more].map(name => database.pragma(name, { simple: true }))
        assert.deepEqual(found, [number, 1, 1, 1, 1, 0, 0, 5000, 2])
        assert.equal(database.pragma('journal_mode', { simple: true }), 'wal')
        database.close()
      }
  })

test('the outbox is written through to the disk, the replica need not be', t => {
  const { store, folder } = storeWorld(t, { key: storeKey })
  store.close()
  const { database } = connect(folder, storeKey)
  assert.equal(database.pragma('main.synchronous', { simple: true }), 2)
  assert.equal(database.pragma('replica.synchronous', { simple: true }), 1)
  assert.equal(database.pragma('replica.journal_mode', { simple: true }), 'wal')
  assert.equal(database.pragma('temp_store', { simple: true }), 2)
  database.close()
})

test('nothing of an encrypted store can be read in its files', t => {
  const { store, folder } = storeWorld(t, { key: storeKey })
  recordAct(store, {
    ...aDecision('secret-decision'),
    target: 'Анна',
    decisions: [aDecision('secret-decision')],
  })
  for (const name of ['outbox.db', 'outbox.db-wal', 'replica.db', 'replica.db-wal']) {
    if (!existsSync(join(folder, name))) continue
    const bytes = readFileSync(join(folder, name))
    assert.equal(bytes.includes('secret-decision'), false, name)
    assert.equal(bytes.includes('CREATE TABLE'), false, name)
    assert.equal(bytes.includes('SQLite format 3'), false, name)
  }
})

test('a key is 32 bytes and nothing else', () => {
  assert.equal(keyLiteral(storeKey), `x'${'07'.repeat(32)}'`)
  assert.throws(() => keyLiteral(Buffer.alloc(31)))
  assert.throws(() => keyLiteral(Buffer.alloc(33)))
})

test('trying a wrong key loses nothing of a log that was left behind', t => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'a.db')
  const database = openDatabase(path, storeKey, { synchronous: 'FULL' })
  database.exec('CREATE TABLE t(a)')
  database.exec('INSERT INTO t VALUES (1), (2), (3)')
  for (const end of ['', '-wal']) copyFileSync(path + end, join(folder, 'copy.db') + end)
  database.close()
  assert.throws(() => openDatabase(join(folder, 'copy.db'), otherKey, { synchronous: 'FULL' }), {
    code: 'SQLITE_NOTADB',
  })
  const again = openDatabase(join(folder, 'copy.db'), storeKey, { synchronous: 'FULL' })
  assert.equal(again.prepare('SELECT count(*) FROM t').pluck().get(), 3)
  again.close()
})

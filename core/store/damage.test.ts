import assert from 'node:assert/strict'
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { test } from 'node:test'
import { givenStore, now } from '../testing/given-store.ts'
import {
  aPage,
  aWholeCase,
  caseIdOf,
  decisionIdOf,
  otherKey,
  personOf,
  storeKey,
} from '../testing/store-world.ts'
import { backupOutbox } from './backup.ts'
import { openCases, readCase } from './cases.ts'
import { dueDecisions, outboxCounts, readDecision } from './outbox.ts'
import { applyPage } from './write.ts'

const asides = (folder: string) => readdirSync(folder).filter(name => /broken.*\.db$/.test(name))

/** Turns over one byte every `step`, from `from`. */
function damage(path: string, from: number, step = 4096): void {
  const bytes = readFileSync(path)
  for (let at = from; at < bytes.length; at += step) bytes[at] = (bytes[at] ?? 0) ^ 0xff
  writeFileSync(path, bytes)
}

for (const [name, spoil] of [
  ['with a broken first page', (path: string) => damage(path, 20)],
  ['with one broken inner page', (path: string) => damage(path, 5 * 4096 + 50, 1e9)],
  ['filled with zeros', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
  ['cut in half', (path: string) => truncateSync(path, 8 * 4096 + 100)],
] as const)
  test(`an outbox ${name} is set aside and restored from the newest backup`, t => {
    const { folder, store, open, file } = givenStore(t)
    const backup = backupOutbox(store)
    store.close()
    spoil(file('outbox.db'))
    const spoiled = readFileSync(file('outbox.db'))
    const again = open()
    assert.equal(again.restoredFrom, backup.path)
    assert.ok(again.outboxSetAside)
    assert.deepEqual(readFileSync(again.outboxSetAside), spoiled)
    assert.equal(asides(folder).length, 1)
    // It may have been sent after the backup was made.
    assert.equal(readDecision(again, decisionIdOf('d1'))?.state, 'unknown')
    assert.equal(readCase(again, caseIdOf('1'))?.responsibleId, personOf('anna'))
    again.close()
    const third = open()
    assert.equal(third.restoredFrom, null)
    third.close()
  })

for (const key of [storeKey, null])
  test(`a backup that is itself damaged is passed over for an older one, ${key ? 'encrypted' : 'plain'}`, t => {
    const { store, open, file } = givenStore(t, key)
    const good = backupOutbox(store)
    const bad = backupOutbox(store)
    assert.notEqual(good.path, bad.path)
    store.close()
    damage(bad.path, 5 * 4096)
    rmSync(file('outbox.db'))
    const again = open()
    assert.equal(again.restoredFrom, good.path)
    assert.equal(outboxCounts(again).waiting, 1)
    again.close()
  })

test('a broken outbox without a backup is kept and said, and only the next start is empty', t => {
  const { folder, store, open, file } = givenStore(t)
  store.close()
  damage(file('outbox.db'), 20)
  const spoiled = readFileSync(file('outbox.db'))
  const path = thrownPath(open)
  assert.deepEqual(readFileSync(path), spoiled)
  const again = open()
  assert.equal(outboxCounts(again).waiting, 0)
  assert.equal(openCases(again).length, 2)
  assert.equal(asides(folder).length, 1)
  again.close()
})

function thrownPath(open: () => unknown): string {
  let path = ''
  assert.throws(open, (error: { code?: string; path?: string }) => {
    path = error.path ?? ''
    return error.code === 'outboxBroken'
  })
  return path
}

test('with nothing but unreadable backups a new outbox is not begun', t => {
  const { store, open, file } = givenStore(t)
  backupOutbox(store)
  store.close()
  for (const name of ['outbox.db', 'replica.db']) rmSync(file(name))
  assert.throws(() => open(otherKey), { code: 'wrongKey' })
  assert.equal(existsSync(file('outbox.db')), false)
})

for (const [name, spoil] of [
  ['with a broken first page', (path: string) => damage(path, 20)],
  ['with broken inner pages', (path: string) => damage(path, 6 * 4096 + 50)],
  ['that is no database', (path: string) => writeFileSync(path, 'hello')],
  ['cut in half', (path: string) => truncateSync(path, 10 * 4096)],
] as const)
  test(`a replica ${name} is set aside while unsent decisions stay`, t => {
    const { folder, store, open, file } = givenStore(t)
    store.close()
    spoil(file('replica.db'))
    const again = open()
    assert.equal(again.wasReplicaSetAside, true)
    assert.equal(again.restoredFrom, null)
    assert.equal(asides(folder).length, 1)
    // The case given out is still to be seen, though the replica is empty.
    assert.deepEqual(
      openCases(again).map(theCase => theCase.responsibleId),
      [personOf('anna')],
    )
    assert.equal(dueDecisions(again, now(), 9).length, 1)
    applyPage(again, aPage({ cases: [aWholeCase('1', { version: 2 }), aWholeCase('2')] }))
    assert.equal(readCase(again, caseIdOf('1'))?.responsibleId, personOf('anna'))
    assert.equal(openCases(again).length, 2)
    again.close()
    const third = open()
    assert.equal(third.wasReplicaSetAside, false)
    third.close()
  })

test('damage met while reading is remembered for the next start', t => {
  const { folder, store, open, file } = givenStore(t)
  const cases = Array.from({ length: 400 }, (_, n) =>
    aWholeCase(`n${n}`, { subject: 'x'.repeat(2000) }),
  )
  applyPage(store, aPage({ cases }))
  store.close()
  const target = file('replica.db')
  const position = Math.floor(statSync(target).size / 8192) * 4096
  const pristine = `${target}.copy`
  copyFileSync(target, pristine)
  // Damaged after opening, so that only the reading can notice.
  const again = open()
  const handle = openSync(target, 'r+')
  for (let page = 0; page < 40; page += 1)
    writeSync(handle, Buffer.alloc(64, 1), 0, 64, position + page * 4096 + 9)
  closeSync(handle)
  assert.throws(() => openCases(again))
  again.close()
  const third = open()
  assert.equal(third.wasReplicaSetAside, true)
  assert.equal(asides(folder).length, 1)
  third.close()
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test, type TestContext } from 'node:test'
import {
  aDecision,
  aPage,
  aWholeCase,
  caseIdOf,
  decisionIdOf,
  storeWorld,
  temporaryFolder,
} from '../testing/store-world.ts'
import { isRecorded, recordAct } from './acts.ts'
import { openCases, readCase } from './cases.ts'
import { outboxCounts, readDecision } from './outbox.ts'
import type { Store } from './store.ts'
import { applyPage, readCursor } from './write.ts'

const give = (store: Store, name: string) => {
  const decision = aDecision(name, { reasons: [{ code: 'long', text: 'x'.repeat(3_000) }] })
  recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
}

const pages = (store: Store, file: 'main' | 'replica', limit: number) =>
  store.execute(`PRAGMA ${file}.max_page_count=${limit}`)

function world(t: TestContext) {
  const opened = storeWorld(t)
  applyPage(opened.store, aPage({ cases: [aWholeCase('1')] }))
  return opened
}

test('without room an act is refused whole, and goes again when there is room', t => {
  const { store } = world(t)
  pages(store, 'main', 1)
  let stored = 0
  assert.throws(
    () => {
      for (; ; stored += 1) give(store, `d${stored}`)
    },
    { name: 'StoreError', code: 'diskFull' },
  )
  const refused = aDecision(`d${stored}`)
  assert.equal(isRecorded(store, refused.actId), false)
  assert.equal(readDecision(store, refused.decisionId), null)
  assert.equal(outboxCounts(store).waiting, stored)
  assert.equal(
    readCase(store, caseIdOf('1'))?.responsibleId,
    stored > 0 ? 'hub-00000000:employee:anna' : null,
  )
  pages(store, 'main', 1_000_000)
  give(store, `d${stored}`)
  assert.equal(outboxCounts(store).waiting, stored + 1)
})

test('without room a page is refused whole, and comes again when there is room', t => {
  const { store } = world(t)
  const cases = Array.from({ length: 300 }, (_, n) =>
    aWholeCase(`n${n}`, { text: 'слово '.repeat(200) }),
  )
  pages(store, 'replica', 1)
  assert.throws(() => applyPage(store, aPage({ cases, nextCursor: 'c2' })), { code: 'diskFull' })
  assert.equal(readCursor(store).cursor, 'c1')
  assert.equal(openCases(store).length, 1)
  pages(store, 'replica', 1_000_000)
  applyPage(store, aPage({ cases, nextCursor: 'c2' }))
  assert.equal(openCases(store).length, 301)
})

const child = (folder: string) => `
  import { openStore } from ${JSON.stringify(new URL('open-store.ts', import.meta.url).href)}
  import { isRecorded, recordAct } from ${JSON.stringify(new URL('acts.ts', import.meta.url).href)}
  import { outboxCounts } from ${JSON.stringify(new URL('outbox.ts', import.meta.url).href)}
  import { rmSync, writeFileSync } from 'node:fs'
  import { join } from 'node:path'
  const folder = ${JSON.stringify(folder)}
  const ballast = join(folder, 'ballast')
  writeFileSync(ballast, Buffer.alloc(1_500_000))
  const open = () => openStore({ folder: join(folder, 'space'), workspaceId: 'w', key: Buffer.alloc(32, 7), now: () => 1 })
  let store = open()
  const give = n => {
    const decision = { v: 1, decisionId: 'd' + n, actId: 'd' + n, kind: 'set', verb: 'assign', caseId: 'c',
      want: { responsible: 'p' }, base: { responsible: null }, issuedBy: { employeeId: 'h' }, issuedAt: 1,
      undoes: null, supersedes: null, isOverridden: false, reasons: [{ code: 'x'.repeat(2000) }] }
    recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
  }
  let stored = 0
  let error
  while (!error && stored < 100_000) try { give(stored); stored += 1 } catch (thrown) { error = thrown }
  const seen = { code: error.code, needed: error.bytesNeeded > 0, isRecorded: isRecorded(store, 'd' + stored) }
  const waiting = outboxCounts(store).waiting
  rmSync(ballast)
  give(stored)
  give(stored + 1)
  store.close()
  store = open()
  console.log(JSON.stringify({ ...seen, lost: stored - waiting, after: outboxCounts(store).waiting - stored }))
  store.close()`

/** A disk of 4 MB of our own, where the system lets us have one. */
function onSmallDisk(t: TestContext): ReturnType<typeof spawnSync> {
  const folder = temporaryFolder(t)
  const script = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" --input-type=module -e "$3"'
  const args = ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, child(folder)]
  return spawnSync('unshare', args, { encoding: 'utf8' })
}

const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /tmp']).status === 0

test('on a disk that is really full nothing told is lost', { skip: !canMount }, t => {
  const { stdout, stderr } = onSmallDisk(t)
  assert.deepEqual(JSON.parse(String(stdout) || JSON.stringify(String(stderr))), {
    code: 'diskFull',
    needed: true,
    isRecorded: false,
    lost: 0,
    after: 2,
  })
})

test('a commit that failed but happened is not told as a failure', t => {
  const opened = world(t)
  const decision = aDecision('d1')
  const execute = opened.store.execute.bind(opened.store)
  // The disk took the commit and then said that it had not.
  opened.store.execute = sql => {
    execute(sql)
    if (sql === 'COMMIT') throw new Error('disk I/O error')
  }
  recordAct(opened.store, {
    actId: decision.actId,
    verb: 'assign',
    target: null,
    decisions: [decision],
  })
  opened.store.execute = execute
  assert.equal(readDecision(opened.store, decisionIdOf('d1'))?.state, 'queued')
  assert.equal(outboxCounts(opened.reopen()).waiting, 1)
})

test('a commit that failed and did not happen is told, and the store goes on', t => {
  const opened = world(t)
  const execute = opened.store.execute.bind(opened.store)
  opened.store.execute = sql => {
    if (sql === 'COMMIT') {
      execute('ROLLBACK')
      throw new Error('disk I/O error')
    }
    execute(sql)
  }
  assert.throws(() => give(opened.store, 'd1'), /disk I\/O error/)
  assert.throws(
    () => applyPage(opened.store, aPage({ cases: [aWholeCase('2')] })),
    /disk I\/O error/,
  )
  opened.store.execute = execute
  assert.equal(isRecorded(opened.store, aDecision('d1').actId), false)
  give(opened.store, 'd1')
  assert.equal(outboxCounts(opened.store).waiting, 1)
  assert.equal(openCases(opened.store).length, 1)
})

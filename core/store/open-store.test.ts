import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
  aDecision,
  aPage,
  aWholeCase,
  caseIdOf,
  decisionIdOf,
  otherKey,
  personOf,
  space,
  storeKey,
  storeWorld,
  temporaryFolder,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { backupOutbox } from './backup.ts'
import { openCases, readCase } from './cases.ts'
import { openDatabase } from './db.ts'
import { openStore } from './open-store.ts'
import { dueDecisions, markSending, outboxCounts, readDecision } from './outbox.ts'
import { applyPage } from './write.ts'

const now = () => 1_790_000_000_000

/** A closed store with one case given out, and how to open it. */
function closedStore(t: TestContext, key: Buffer | null = storeKey) {
  const folder = join(temporaryFolder(t), 'space')
  const open = (openKey = key) => openStore({ folder, workspaceId: space, key: openKey, now })
  const file = (name: string) => join(folder, name)
  const store = open()
  applyPage(store, aPage({ cases: [aWholeCase('1'), aWholeCase('2')] }))
  const decision = aDecision('d1')
  recordAct(store, { actId: decision.actId, verb: 'assign', target: 'Анна', decisions: [decision] })
  return { folder, store, open, file }
}

const asides = (folder: string) => readdirSync(folder).filter(name => /broken.*\.db$/.test(name))

/** Turns over one byte every `step`, from `from`. */
function damage(path: string, from: number, step = 4096): void {
  const bytes = readFileSync(path)
  for (let at = from; at < bytes.length; at += step) bytes[at] = (bytes[at] ?? 0) ^ 0xff
  writeFileSync(path, bytes)
}

test('a folder is held by one process alone', t => {
  const { store, open } = closedStore(t)
  assert.throws(open, { name: 'StoreError', code: 'inUse' })
  const child = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', inUseChild(store.folder)],
    { encoding: 'utf8' },
  )
  assert.equal(child.stdout.trim(), 'inUse', child.stderr)
  store.close()
  open().close()
})

const inUseChild = (folder: string) => `
  import { openStore } from ${JSON.stringify(new URL('open-store.ts', import.meta.url).href)}
  try {
    openStore({ folder: ${JSON.stringify(folder)}, workspaceId: 'w', key: Buffer.alloc(32, 7), now: () => 1 })
  } catch (error) { console.log(error.code) }`

test('a wrong key is told from damage and changes nothing', t => {
  const { folder, store, open, file } = closedStore(t)
  store.close()
  const before = readFileSync(file('outbox.db'))
  assert.throws(() => open(otherKey), { code: 'wrongKey' })
  assert.throws(() => openStore({ folder, workspaceId: space, key: null, now }), {
    code: 'wrongKey',
  })
  assert.deepEqual(readFileSync(file('outbox.db')), before)
  assert.deepEqual(asides(folder), [])
  const again = open()
  assert.equal(outboxCounts(again).waiting, 1)
  again.close()
})

test('a plain workspace opened with a key says wrong key', t => {
  const { store, open } = closedStore(t, null)
  store.close()
  assert.throws(() => open(storeKey), { code: 'wrongKey' })
})

for (const [name, spoil] of [
  ['with a broken first page', (path: string) => damage(path, 20)],
  ['with one broken inner page', (path: string) => damage(path, 5 * 4096 + 50, 1e9)],
  ['filled with zeros', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
  ['cut in half', (path: string) => truncateSync(path, 8 * 4096 + 100)],
] as const)
  test(`an outbox ${name} is set aside and restored from the newest backup`, t => {
    const { folder, store, open, file } = closedStore(t)
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

test('a backup that is itself damaged is passed over for an older one', t => {
  const { store, open, file } = closedStore(t)
  const good = backupOutbox(store)
  const bad = backupOutbox(store)
  assert.notEqual(good.path, bad.path)
  store.close()
  damage(bad.path, 5 * 4096 + 10)
  rmSync(file('outbox.db'))
  const again = open()
  assert.equal(again.restoredFrom, good.path)
  assert.equal(outboxCounts(again).waiting, 1)
  again.close()
})

test('a broken outbox without a backup is kept and said, and only the next start is empty', t => {
  const { folder, store, open, file } = closedStore(t)
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
  const { store, open, file } = closedStore(t)
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
    const { folder, store, open, file } = closedStore(t)
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

test('a newer replica is set aside, a newer outbox refused as it is', t => {
  const { folder, store, open, file } = closedStore(t)
  store.close()
  const raise = (name: string) => {
    const database = openDatabase(file(name), storeKey, { synchronous: 'FULL' })
    database.pragma('user_version=99')
    database.close()
  }
  raise('replica.db')
  const again = open()
  assert.equal(again.wasReplicaSetAside, true)
  again.close()
  raise('outbox.db')
  const before = readFileSync(file('outbox.db'))
  assert.throws(open, { code: 'newer' })
  assert.deepEqual(readFileSync(file('outbox.db')), before)
  assert.equal(asides(folder).length, 1)
})

test('what was being sent when the process died is unknown', t => {
  const world = storeWorld(t, { key: storeKey })
  const decision = aDecision('d1')
  recordAct(world.store, {
    actId: decision.actId,
    verb: 'assign',
    target: null,
    decisions: [decision],
  })
  markSending(world.store, [decision.decisionId], 1)
  world.reopen()
  assert.equal(readDecision(world.store, decision.decisionId)?.state, 'unknown')
  assert.equal(dueDecisions(world.store, world.now, 9).length, 1)
})

test('a process killed between two commits loses nothing it was told', t => {
  const { folder, store, open } = closedStore(t)
  store.close()
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', killedChild(folder)], {
    encoding: 'utf8',
  })
  const told = child.stdout.trim().split('\n')
  assert.equal(child.signal, 'SIGKILL', child.stderr)
  assert.equal(told.length, 30)
  const again = open()
  for (const id of told) assert.equal(readDecision(again, decisionIdOf(id))?.state, 'queued', id)
  assert.equal(outboxCounts(again).waiting, 31)
  assert.equal(readCase(again, caseIdOf('2'))?.responsibleId, 'p29')
  again.close()
})

const killedChild = (folder: string) => `
  import { writeSync } from 'node:fs'
  import { openStore } from ${JSON.stringify(new URL('open-store.ts', import.meta.url).href)}
  import { recordAct } from ${JSON.stringify(new URL('acts.ts', import.meta.url).href)}
  const store = openStore({ folder: ${JSON.stringify(folder)}, workspaceId: 'w', key: Buffer.alloc(32, 7), now: () => 1 })
  for (let n = 0; n < 30; n += 1) {
    const decision = { v: 1, decisionId: 'k' + n, actId: 'k' + n, kind: 'set', verb: 'assign',
      caseId: ${JSON.stringify(caseIdOf('2'))}, want: { responsible: 'p' + n }, base: { responsible: null },
      issuedBy: { employeeId: 'head' }, issuedAt: 1, undoes: null, supersedes: null,
      isOverridden: false, reasons: [] }
    recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
    writeSync(1, decision.decisionId + '\\n')
  }
  process.kill(process.pid, 'SIGKILL')`

test('damage met while reading is remembered for the next start', t => {
  const { folder, store, open, file } = closedStore(t)
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

test('a folder that cannot be written says so', t => {
  // Permissions do not stop root; the kernel's own folder does.
  const locked = process.getuid?.() === 0 ? '/sys' : join(temporaryFolder(t), 'locked')
  if (locked !== '/sys') mkdirSync(locked, { mode: 0o500 })
  const folder = join(locked, 'nachalo-space')
  const open = () => openStore({ folder, workspaceId: space, key: null, now })
  assert.throws(open, { code: 'cannotOpen' })
})

test('a file where the folder should be says so', t => {
  const folder = join(temporaryFolder(t), 'file')
  writeFileSync(folder, '')
  assert.throws(() => openStore({ folder, workspaceId: space, key: null, now }), {
    code: 'cannotOpen',
  })
})

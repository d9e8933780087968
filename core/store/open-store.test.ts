import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { givenStore, now } from '../testing/given-store.ts'
import {
  aDecision,
  caseIdOf,
  decisionIdOf,
  otherKey,
  space,
  storeKey,
  storeWorld,
  temporaryFolder,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { readCase } from './cases.ts'
import { openDatabase } from './db.ts'
import { openStore } from './open-store.ts'
import { dueDecisions, markSending, outboxCounts, readDecision, requeue } from './outbox.ts'

const asides = (folder: string) => readdirSync(folder).filter(name => /broken.*\.db$/.test(name))

test('a folder is held by one process alone', t => {
  const { store, open } = givenStore(t)
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
  const { folder, store, open, file } = givenStore(t)
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
  const { store, open } = givenStore(t, null)
  store.close()
  assert.throws(() => open(storeKey), { code: 'wrongKey' })
})

test('a newer replica is set aside, a newer outbox refused as it is', t => {
  const { folder, store, open, file } = givenStore(t)
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
  // A second sending that never left is no evidence about the first.
  markSending(world.store, [decision.decisionId], 2)
  requeue(world.store, [decision.decisionId], 'offline', 0)
  assert.equal(readDecision(world.store, decision.decisionId)?.state, 'unknown')
})

test('a process killed between two commits loses nothing it was told', t => {
  const { folder, store, open } = givenStore(t)
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

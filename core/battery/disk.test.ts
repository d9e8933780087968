/** A disk that is full, files that are spoiled or gone, and keys that do not fit. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { recordAct } from '../store/acts.ts'
import { backupOutbox } from '../store/backup.ts'
import { openCases, readCase } from '../store/cases.ts'
import { openStore, StoreError } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { outboxCounts, readDecision } from '../store/outbox.ts'
import { applyPage, readCursor } from '../store/write.ts'
import { counted } from '../testing/counted.ts'
import { mondayNoon } from '../testing/invented.ts'
import {
  aDecision,
  aPage,
  aWholeCase,
  caseIdOf,
  otherKey,
  personOf,
  space,
  storeKey,
  temporaryFolder,
} from '../testing/store-world.ts'
import { violations } from './invariants.ts'
import { programPath } from './run-program.ts'
import { randomFrom, seed } from './seed.ts'

const points = 50

test(`a disk full at ${points} random points`, async t => {
  const mount = mkdtempSync(join(tmpdir(), 'nachalo-disk-'))
  t.after(() => rmSync(mount, { recursive: true, force: true }))
  const canMount =
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', mount]).status === 0
  if (!canMount)
    return t.skip('no mount of our own here; store/disk-full.test.ts limits the file instead')
  const script = 'mount -t tmpfs -o size=8m tmpfs "$1" && exec "$2" "$3" "$1" "$4" "$5"'
  const program = programPath('disk-program.ts')
  const run = spawnSync(
    'unshare',
    [
      '-rm',
      'sh',
      '-c',
      script,
      'sh',
      mount,
      process.execPath,
      program,
      String(seed),
      String(points),
    ],
    { encoding: 'utf8' },
  )
  assert.equal(run.status, 0, run.stderr)
  const { refused, kept, faults } = JSON.parse(run.stdout) as {
    refused: number
    kept: number
    faults: string[]
  }
  counted(
    `disk: seed ${seed}, ${points} points, ${refused} refusals, ${kept} decisions kept, ${faults.length} faults`,
  )
  assert.deepEqual(faults, [])
  assert.ok(refused >= points)
})

const names = Array.from({ length: 40 }, (_, n) => String(n + 1))
const worldPage = aPage({
  cases: names.map(name => aWholeCase(name, { text: 'слово '.repeat(300) })),
})
const unsent = names.slice(0, 5)
const open = (folder: string, key: Buffer | null = storeKey) =>
  openStore({ folder, workspaceId: space, key, now: () => mondayNoon })

function give(store: Store, name: string): void {
  const decision = aDecision(`d-${name}`, { caseId: caseIdOf(name) })
  recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
}

/** A closed workspace of forty cases with five unsent decisions and a backup of the first four. */
function prepare(folder: string): void {
  const store = open(folder)
  applyPage(store, worldPage)
  unsent.slice(0, 4).forEach(name => give(store, name))
  backupOutbox(store)
  unsent.slice(4).forEach(name => give(store, name))
  store.close()
}

type Spoil = (path: string, random: () => number) => void

const spoils: Readonly<Record<string, Spoil>> = {
  'with a flipped bit': (path, random) => {
    const bytes = readFileSync(path)
    const at = Math.floor(random() * bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    writeFileSync(path, bytes)
  },
  'cut short': (path, random) =>
    truncateSync(path, 1 + Math.floor(random() * (statSync(path).size - 1))),
  'full of noughts': path => writeFileSync(path, Buffer.alloc(statSync(path).size)),
  'with a page of noise': (path, random) => {
    const bytes = readFileSync(path)
    const from = Math.floor(random() * (bytes.length / 4096)) * 4096
    bytes.set(Buffer.from(Array.from({ length: 4096 }, () => Math.floor(random() * 256))), from)
    writeFileSync(path, bytes)
  },
}

const keepsFirst = (store: Store, given: readonly string[]) => {
  for (const name of given) {
    assert.ok(readDecision(store, aDecision(`d-${name}`).decisionId), `lost: ${name}`)
    assert.equal(readCase(store, caseIdOf(name))?.responsibleId, personOf('anna'))
  }
}

const none = { effects: [], outcomes: new Map<string, never>() }
const timesEach = 5

for (const [name, spoil] of Object.entries(spoils)) {
  test(`a replica ${name} is set aside and begun anew, the unsent stay (${timesEach} times)`, t => {
    const random = randomFrom(seed)
    for (let time = 0; time < timesEach; time += 1) {
      const folder = temporaryFolder(t)
      prepare(folder)
      const outbox = readFileSync(join(folder, 'outbox.db'))
      spoil(join(folder, 'replica.db'), random)
      const store = open(folder)
      assert.equal(store.wasReplicaSetAside, true)
      assert.ok(readdirSync(folder).some(file => file.startsWith('replica.broken-')))
      assert.equal(readCursor(store).cursor, null)
      assert.equal(outboxCounts(store).waiting, unsent.length)
      applyPage(store, worldPage)
      assert.equal(openCases(store).length, names.length)
      keepsFirst(store, unsent)
      assert.deepEqual(violations({ store, theirs: none, acknowledged: [] }), [])
      store.close()
      assert.ok(outbox.length > 0 && !existsSync(join(folder, 'check-at-start')))
    }
  })

  test(`an outbox ${name} is set aside and its backup put in place (${timesEach} times)`, t => {
    const random = randomFrom(seed + 7)
    for (let time = 0; time < timesEach; time += 1) {
      const folder = temporaryFolder(t)
      prepare(folder)
      spoil(join(folder, 'outbox.db'), random)
      const spoiled = readFileSync(join(folder, 'outbox.db'))
      const store = open(folder)
      assert.ok(store.restoredFrom)
      assert.deepEqual(
        readFileSync(store.outboxSetAside ?? assert.fail('nothing set aside')),
        spoiled,
      )
      keepsFirst(store, unsent.slice(0, 4))
      assert.equal(outboxCounts(store).waiting, 4)
      store.close()
    }
  })

  test(`an outbox ${name} without a backup is said to be broken and is never deleted`, t => {
    const folder = temporaryFolder(t)
    prepare(folder)
    rmSync(join(folder, 'backups'), { recursive: true })
    spoil(join(folder, 'outbox.db'), randomFrom(seed + 9))
    const spoiled = readFileSync(join(folder, 'outbox.db'))
    const refusal = thrownBy(() => open(folder))
    assert.equal(refusal.code, 'outboxBroken')
    const aside = refusal.path ?? assert.fail('where it is is not said')
    assert.deepEqual(readFileSync(aside), spoiled)
    open(folder).close()
    assert.deepEqual(readFileSync(aside), spoiled)
  })
}

function thrownBy(act: () => unknown): StoreError {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof StoreError, String(error))
    return error
  }
  return assert.fail('nothing was refused')
}

test('a replica that is gone is begun anew and one of yesterday is caught up', t => {
  const folder = temporaryFolder(t)
  prepare(folder)
  const replica = join(folder, 'replica.db')
  const old = join(folder, 'yesterday')
  copyFileSync(replica, old)
  const before = open(folder)
  applyPage(
    before,
    aPage({ cases: [aWholeCase('9', { version: 5, subject: 'new' })], nextCursor: 'c9' }),
  )
  before.close()
  copyFileSync(old, replica)
  const store = open(folder)
  assert.equal(readCursor(store).cursor, worldPage.nextCursor)
  keepsFirst(store, unsent)
  store.close()
  rmSync(replica)
  const again = open(folder)
  assert.deepEqual([again.wasReplicaSetAside, readCursor(again).cursor], [false, null])
  assert.equal(outboxCounts(again).waiting, unsent.length)
  applyPage(again, worldPage)
  keepsFirst(again, unsent)
  again.close()
})

test('an outbox that is gone comes back from its backup', t => {
  const folder = temporaryFolder(t)
  prepare(folder)
  rmSync(join(folder, 'outbox.db'))
  const store = open(folder)
  assert.ok(store.restoredFrom)
  keepsFirst(store, unsent.slice(0, 4))
  store.close()
})

test('a key that does not fit changes no byte', t => {
  const folder = temporaryFolder(t)
  prepare(folder)
  const bytes = () => ['outbox.db', 'replica.db'].map(name => readFileSync(join(folder, name)))
  const before = bytes()
  for (const key of [otherKey, null])
    assert.equal(thrownBy(() => open(folder, key)).code, 'wrongKey')
  assert.deepEqual(bytes(), before)
  const store = open(folder)
  keepsFirst(store, unsent)
  store.close()
})

test('a folder that may not be written is refused with its name', t => {
  const parent = temporaryFolder(t)
  const folder = join(parent, 'space')
  mkdirSync(folder)
  prepare(folder)
  chmodSync(folder, 0o500)
  for (const file of readdirSync(folder))
    if (file.endsWith('.db')) chmodSync(join(folder, file), 0o400)
  const script = `import { openStore } from ${JSON.stringify(programPath('../store/open-store.ts'))}
    try { openStore({ folder: process.argv[1], workspaceId: ${JSON.stringify(space)}, key: Buffer.alloc(32, 7), now: () => ${mondayNoon} }); console.log('opened') }
    catch (error) { console.log(error.code, error.path) }`
  chmodSync(parent, 0o755)
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], {
    encoding: 'utf8',
    // Root writes everywhere: somebody else must try.
    ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  })
  chmodSync(folder, 0o700)
  assert.match(run.stdout.trim(), new RegExp(`^cannotOpen ${folder}`), run.stderr)
  for (const file of readdirSync(folder))
    if (file.endsWith('.db')) chmodSync(join(folder, file), 0o600)
  const store = open(folder)
  keepsFirst(store, unsent)
  store.close()
})

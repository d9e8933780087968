/**
 * Recovery drills: each file of a workspace deleted, emptied of sense, cut short, replaced by an
 * older copy or opened with another key, after an orderly end and after a crash. What was decided
 * is there, or its loss is said aloud; whatever was found is set aside, not deleted.
 */
import assert from 'node:assert/strict'
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { recordAct } from '../store/acts.ts'
import { backupOutbox } from '../store/backup.ts'
import { openCases, readCase } from '../store/cases.ts'
import { openStore, StoreError, type Store } from '../store/open-store.ts'
import { outboxCounts, readDecision } from '../store/outbox.ts'
import { applyPage } from '../store/write.ts'
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

const names = Array.from({ length: 30 }, (_, n) => String(n + 1))
const page = aPage({ cases: names.map(name => aWholeCase(name, { text: 'слово '.repeat(200) })) })
/** Decided before the older copy, before the backup, and after it. */
const early = ['1', '2']
const backedUp = [...early, '3', '4']
const decided = [...backedUp, '5', '6']

const open = (folder: string, key: Buffer | null = storeKey) =>
  openStore({ folder, workspaceId: space, key, now: () => mondayNoon })

function give(store: Store, name: string): void {
  const decision = aDecision(`d-${name}`, { caseId: caseIdOf(name) })
  recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
}

/** A copy of a folder as it lies on the disk now, whoever has it open. */
const copyOf = (folder: string, to: string) => (cpSync(folder, to, { recursive: true }), to)

interface Prepared {
  readonly closed: string
  readonly crashed: string
  /** The same workspace when only the first two cases had been given out. */
  readonly older: { readonly closed: string; readonly crashed: string }
}

function prepare(t: TestContext): Prepared {
  const root = temporaryFolder(t)
  const live = join(root, 'live')
  const at = (name: string) => join(root, name)
  let store = open(live)
  applyPage(store, page)
  for (const name of early) give(store, name)
  copyOf(live, at('older-crashed'))
  store.close()
  copyOf(live, at('older-closed'))
  store = open(live)
  for (const name of ['3', '4']) give(store, name)
  backupOutbox(store)
  for (const name of ['5', '6']) give(store, name)
  copyOf(live, at('crashed'))
  store.close()
  copyOf(live, at('closed'))
  return {
    closed: at('closed'),
    crashed: at('crashed'),
    older: { closed: at('older-closed'), crashed: at('older-crashed') },
  }
}

type Damage = (path: string, older: string) => void
const damages: Readonly<Record<string, Damage>> = {
  deleted: path => rmSync(path),
  zeroed: path => writeFileSync(path, Buffer.alloc(statSync(path).size)),
  truncated: path => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'an old copy': (path, older) => copyFileSync(older, path),
}

const files = [
  'outbox.db',
  'outbox.db-wal',
  'outbox.db-shm',
  'replica.db',
  'replica.db-wal',
  'replica.db-shm',
  'outbox.mark',
  'lock.db',
  'backups',
] as const

const onlyBackup = (folder: string): string => {
  const name = readdirSync(join(folder, 'backups')).find(each => each.startsWith('outbox-'))
  return join(folder, 'backups', name ?? assert.fail('no backup'))
}
const pathOf = (folder: string, file: string) =>
  file === 'backups' ? onlyBackup(folder) : join(folder, file)

const contents = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name)))

/** Whether every decision is there, or the loss was said and everything a backup had is there. */
function judge(store: Store): { readonly isWhole: boolean; readonly why: string } {
  const missing = decided.filter(name => !readDecision(store, aDecision(`d-${name}`).decisionId))
  const isSaid = store.lostDecisions === missing.length
  const isBackedUp = missing.every(name => !backedUp.includes(name))
  const why = `missing ${missing.join()}, said ${store.lostDecisions}, restored ${store.restoredFrom !== null}`
  return { isWhole: isSaid && isBackedUp, why }
}

const nothingTheirs = { effects: [], outcomes: new Map<string, never>() }

function drill(folder: string, spoiled: string, isClosed: boolean): string[] {
  const faults: string[] = []
  const before = existsSync(spoiled) ? readFileSync(spoiled) : null
  const store = open(folder)
  const { isWhole, why } = judge(store)
  if (!isWhole) faults.push(why)
  const isDatabase = /(outbox|replica)[^/\\]*\.db$/.test(spoiled)
  const wasTaken = store.wasReplicaSetAside || store.outboxSetAside !== null
  // Opened after a crash, a file has taken in its log before anybody can look at it.
  const isKept = isClosed
    ? contents(folder).some(bytes => before?.equals(bytes) ?? true)
    : readdirSync(folder).some(name => name.includes('.broken-'))
  if (isDatabase && wasTaken && before && !isKept) faults.push('what was found is gone')
  // The work goes on: the world comes again, the next decision is kept, and the next start is calm.
  applyPage(store, { ...page, isUpToDate: true })
  if (openCases(store).length !== names.length) faults.push('cases are missing')
  give(store, '7')
  faults.push(...violations({ store, theirs: nothingTheirs, acknowledged: [] }))
  store.close()
  const again = open(folder)
  if (again.restoredFrom !== null || again.lostDecisions > 0) faults.push('mended twice')
  if (readCase(again, caseIdOf('7'))?.responsibleId !== personOf('anna')) faults.push('no work')
  again.close()
  return faults
}

test('drills: every file, every damage, after an orderly end and after a crash', t => {
  const prepared = prepare(t)
  const faults: string[] = []
  const steps = { whole: 0, restored: 0, said: 0, rebuilt: 0 }
  let drills = 0
  for (const state of ['closed', 'crashed'] as const)
    for (const file of files)
      for (const [name, damage] of Object.entries(damages)) {
        const older = prepared.older[state]
        const hasOlder = file !== 'backups' && existsSync(join(older, file))
        if (name === 'an old copy' && !hasOlder) continue
        if (!existsSync(pathOf(prepared[state], file))) continue
        const folder = join(temporaryFolder(t), 'space')
        copyOf(prepared[state], folder)
        const spoiled = pathOf(folder, file)
        damage(spoiled, join(older, file))
        drills += 1
        const look = copyOf(folder, `${folder}-look`)
        const store = open(look)
        if (store.restoredFrom) steps.restored += 1
        else if (store.lostDecisions > 0) steps.said += 1
        else if (store.wasReplicaSetAside) steps.rebuilt += 1
        else steps.whole += 1
        store.close()
        faults.push(
          ...drill(folder, spoiled, state === 'closed').map(
            fault => `${state} ${file} ${name}: ${fault}`,
          ),
        )
      }
  counted(
    `recovery: ${drills} drills (${Object.entries(steps)
      .map(([step, count]) => `${step} ${count}`)
      .join(', ')}), ${faults.length} faults`,
  )
  assert.deepEqual(faults, [])
  assert.ok(drills >= 40)
})

test('an outbox that is gone with its backups is said to be lost, by number', t => {
  const { closed } = prepare(t)
  rmSync(join(closed, 'outbox.db'))
  rmSync(join(closed, 'backups'), { recursive: true })
  const store = open(closed)
  assert.deepEqual([store.lostDecisions, outboxCounts(store).waiting], [decided.length, 0])
  store.close()
})

test('a wrong key changes nothing, whichever file lies there', t => {
  const { closed, crashed } = prepare(t)
  let tried = 0
  for (const folder of [closed, crashed])
    for (const missing of [null, 'replica.db', 'outbox.db', 'outbox.mark'] as const) {
      const copy = copyOf(folder, join(temporaryFolder(t), 'space'))
      if (missing) rmSync(join(copy, missing))
      const before = readdirSync(copy)
      const bytes = ['outbox.db', 'replica.db'].filter(name => existsSync(join(copy, name)))
      const was = bytes.map(name => readFileSync(join(copy, name)))
      for (const key of [otherKey, null]) {
        tried += 1
        assert.throws(
          () => open(copy, key),
          error => error instanceof StoreError && error.code === 'wrongKey',
          `${missing}`,
        )
      }
      const isSame = bytes.map((name, at) => was[at]?.equals(readFileSync(join(copy, name))))
      assert.ok(!isSame.includes(false), `${missing}`)
      assert.deepEqual(
        before.filter(name => name !== 'lock.db-journal' && !existsSync(join(copy, name))),
        [],
      )
      const store = open(copy)
      assert.equal(judge(store).isWhole, true, judge(store).why)
      store.close()
    }
  counted(`recovery: ${tried} starts with a wrong key, 0 changes`)
})

test('whatever the mark says, it invents no loss', t => {
  const { closed } = prepare(t)
  for (const text of ['', 'x', '0'.repeat(29), '9'.repeat(29), `${'9'.repeat(16)} 00000000`]) {
    const copy = copyOf(closed, join(temporaryFolder(t), 'space'))
    writeFileSync(join(copy, 'outbox.mark'), text)
    const store = open(copy)
    assert.equal(store.lostDecisions, 0)
    store.close()
  }
})

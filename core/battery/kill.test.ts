/** A console is killed at random moments under load; what it had said stays true. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { WireDecision } from '../hub/protocol.ts'
import { consoleOf } from '../hub/testing/hub-world.ts'
import { decision } from '../hub/testing/hub-world.ts'
import { baseCase } from '../store/cases.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { outboxCounts } from '../store/outbox.ts'
import { readCursor } from '../store/write.ts'
import { bundled } from '../testing/bundled.ts'
import { counted } from '../testing/counted.ts'
import { hubCase, hubCaseCount, hubKey, hubSpace, people } from './company.ts'
import { openHubRecords } from './hub-records.ts'
import type { HubRecords } from './hub-records.ts'
import { differing, outboxRows, unfinished, violations } from './invariants.ts'
import { ask, begin, createAsker } from './kill-driver.ts'
import type { Ledger, Life } from './kill-driver.ts'
import { programPath } from './run-program.ts'
import { randomFrom, seed } from './seed.ts'
import { startHub } from './start-hub.ts'
import { startWatch } from './stopwatch.ts'

const kills = Number(process.env['NACHALO_KILLS'] ?? 300)
const longestReopenMs = 2_000

/** Another head decides about the same cases all the while. */
function startOther(url: string, token: string, random: () => number) {
  const boss = consoleOf(url, token)
  const state = { isOver: false }
  const below = (limit: number) => Math.floor(random() * limit)
  const working = (async () => {
    let found: { readonly id: string; readonly responsibleId: string | null }[] = []
    for (let round = 0; !state.isOver; round += 1) {
      if (round % 20 === 0) {
        const page = await boss.changes(null, 1_000)
        found = page.records.flatMap(one => (one.entity === 'case' ? [one] : []))
      }
      const made: WireDecision[] = Array.from({ length: 3 }, () => {
        const theCase = found[below(found.length)]
        const responsible = people[below(people.length)] ?? 'anna'
        return decision('boss', theCase?.id ?? '0', {
          want: { responsible },
          base: { responsible: theCase?.responsibleId ?? null },
          issuedAt: Date.now(),
        })
      })
      await boss.decide(...made)
      await pause(50)
    }
  })()
  return async () => {
    state.isOver = true
    // The hub may be gone before the last question is answered.
    await working.catch(() => {})
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** I8: whatever the hub had done up to the cursor is here. */
function behindCursor(store: Store, hub: HubRecords): string[] {
  const { cursor, isRestarting } = readCursor(store)
  if (cursor === null || isRestarting) return []
  const upTo = Number(cursor.split('.').at(-2))
  return hub.cases().flatMap(theirs => {
    const ours = baseCase(store, theirs.caseId)
    const isMissing = theirs.version <= upTo && (ours?.version ?? -1) < theirs.version
    return isMissing ? [`cursor ahead of ${theirs.caseId}`] : []
  })
}

/** Neither the key nor the token nor a word of a case lies open in the files. */
function leaks(folder: string, secrets: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(one =>
    one.isFile(),
  )
  return files.flatMap(file => {
    const bytes = readFileSync(join(file.parentPath, file.name))
    return secrets.filter(secret => bytes.includes(secret)).map(secret => `${file.name}: ${secret}`)
  })
}

test(`${kills} kills at random moments: nothing said is lost, nothing happens twice`, async context => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-kills-'))
  const place = join(folder, 'console')
  const program = await bundled(programPath('console-program.ts'))
  const hub = await startHub(folder)
  const records = openHubRecords(join(folder, 'hub.db'))
  let next: Life | null = null
  let stopOther = async () => {}
  context.after(async () => {
    next?.child.kill('SIGKILL')
    await stopOther()
    records.close()
    hub.child.kill()
    program.remove()
    rmSync(folder, { recursive: true, force: true })
  })
  counted(`kills: seed ${seed}`)
  const random = randomFrom(seed)
  stopOther = startOther(hub.url, hub.boss, randomFrom(seed + 1))
  const ledger: Ledger = {
    acknowledged: [],
    unanswered: new Set(),
    faults: [],
    acts: 0,
    repeated: 0,
  }
  const asker = createAsker(random)
  const openAgain = () =>
    openStore({ folder: place, workspaceId: hubSpace, key: hubKey, now: Date.now })
  let checked = { seq: 0, version: 0, acknowledged: 0 }
  const check = (more: (store: Store) => string[], from = checked) => {
    const elapsedMs = startWatch()
    const store = openAgain()
    const openedInMs = elapsedMs()
    const version = records.lastVersion()
    const theirs = records.records(from.version)
    const acknowledged = ledger.acknowledged.slice(from.acknowledged)
    const broken = violations({ store, theirs, acknowledged, since: from.seq })
    broken.push(...records.twice(), ...more(store))
    const seq = outboxRows(store, from.seq).at(-1)?.seq ?? 0
    checked = { seq, version, acknowledged: ledger.acknowledged.length }
    store.close()
    assert.deepEqual([broken, ledger.faults], [[], []])
    return openedInMs
  }
  const startedAt = performance.now()
  let slowest = 0
  const beginNext = () =>
    (next = begin({
      program: program.path,
      folder: place,
      url: hub.url,
      token: hub.head,
      ledger,
    }))
  const first = beginNext()
  await first.warm
  await first.go()
  await loaded(first.calls)
  first.child.kill('SIGKILL')
  await first.ended
  let coming = beginNext()
  for (let kill = 1; kill <= kills; kill += 1) {
    const life = coming
    await life.warm
    coming = beginNext()
    const opening = life.go()
    // Some die while they open, most while they decide, load, send or settle.
    if (random() > 0.15) {
      slowest = Math.max(slowest, await opening)
      void ask(life.calls, ledger, asker.next, () => false)
      const enough = ledger.acts + Math.floor(random() * 24)
      for (let waited = 0; ledger.acts < enough && waited < 1_000; waited += 5) await pause(5)
    }
    await pause(random() * 30)
    life.child.kill('SIGKILL')
    await life.ended
    // What was answered but not yet heard when it died is in the pipe: one turn more.
    await pause(0)
    if (kill % 3 === 0)
      slowest = Math.max(
        slowest,
        check(store => behindCursor(store, records)),
      )
    if (random() < 0.05)
      for (const end of ['', '-wal', '-shm'])
        rmSync(join(place, `replica.db${end}`), { force: true })
  }
  await stopOther()
  const last = coming
  await last.warm
  await last.go()
  let isOver = false
  const asking = ask(last.calls, ledger, asker.next, () => isOver)
  isOver = true
  await asking
  await drain(last.calls)
  last.child.disconnect()
  await last.ended
  const everything = { seq: 0, version: 0, acknowledged: 0 }
  check(
    store => [
      ...unfinished({ store, theirs: records.records(), acknowledged: [] }),
      ...differing(store, records.cases()),
      ...(outboxCounts(store).waiting === 0 ? [] : ['still waiting']),
    ],
    everything,
  )
  assert.deepEqual(leaks(place, [hub.head, hubKey.toString('hex'), 'слово', hubCase(1)]), [])
  assert.ok(slowest <= longestReopenMs, `reopened in ${slowest} ms`)
  const { effects } = records.records()
  const own = effects.length
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  counted(
    `kills: ${kills} kills, ${ledger.acknowledged.length} acknowledged in ${ledger.acts} acts (${ledger.repeated} asked again), ` +
      `${own} effects at the hub, 0 lost, 0 twice, slowest reopen ${slowest.toFixed(0)} ms, ${seconds} s`,
  )
  assert.ok(ledger.acknowledged.length > kills)
})

async function loaded(calls: ReturnType<typeof begin>['calls']): Promise<void> {
  while ((await calls.open({})).cases.length < hubCaseCount) await pause(20)
}

/** The head answers every conflict and waits until nothing is on its way. */
async function drain(calls: ReturnType<typeof begin>['calls']): Promise<void> {
  const begunAt = Date.now()
  for (let tries = 0; tries < 600; tries += 1) {
    const items = await calls.outbox({ limit: 1_000 })
    const conflicts = items.filter(item => item.state === 'conflict')
    for (const { decision: one } of conflicts)
      await calls.resolveConflict({
        decisionId: one.decisionId,
        actId: crypto.randomUUID() as typeof one.actId,
        newDecisionId: crypto.randomUUID() as typeof one.decisionId,
        choice: { kind: 'keepTheirs' },
      })
    const { sync } = await calls.open({})
    if (
      conflicts.length + sync.waiting === 0 &&
      sync.link.kind === 'idle' &&
      (sync.freshAt ?? 0) > begunAt
    )
      return
    await calls.syncNow({})
    await pause(100)
  }
  assert.fail('the outbox does not drain')
}

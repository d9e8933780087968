/** The same faults on a real wire to a real hub, which itself is killed now and then. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHub } from '../backends/hub/backend.ts'
import type { ActResult } from '../contract.ts'
import { noCalendar } from '../domain/calendar.ts'
import type { CaseId } from '../domain/id.ts'
import { consoleOf, decision } from '../hub/testing/hub-world.ts'
import { createDesk } from '../service/desk.ts'
import { deskHandlers } from '../service/handlers.ts'
import { openCases } from '../store/cases.ts'
import { openStore } from '../store/open-store.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { sleepFor } from '../sync/bell.ts'
import { createSync } from '../sync/loop.ts'
import { counted } from '../testing/counted.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { hubCase, hubCaseCount, hubKey, hubPerson, hubSpace, people } from './company.ts'
import { createFaultProxy } from './fault-proxy.ts'
import type { WireFault } from './fault-proxy.ts'
import { openHubRecords } from './hub-records.ts'
import { differing, outboxRows, unfinished, violations } from './invariants.ts'
import type { Acknowledged } from './invariants.ts'
import { randomFrom, seed } from './seed.ts'
import { startHub } from './start-hub.ts'

const count = Number(process.env['NACHALO_WIRES'] ?? 200)
/** Pauses of the loops pass faster than in life; what they wait for does not. */
const haste = 30
const timeouts = {
  connectMs: 2_000,
  firstByteMs: 500,
  idleBodyMs: 500,
  wholeBodyMs: 5_000,
  idleStreamMs: 30_000,
}

const faults: readonly WireFault[] = [
  'lostRequest',
  'lostAnswer',
  'repeated',
  'delayed',
  'cut',
  'portal',
  'badGateway',
  ...['0', '-5', '99999999999', 'soon', '', null].map(
    retryAfter => ({ status: 503, retryAfter }) as const,
  ),
  { status: 429, retryAfter: '1' },
]

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function beginConsole(folder: string, url: string, token: string) {
  const store = openStore({ folder, workspaceId: hubSpace, key: hubKey, now: Date.now })
  const backend = openHub({ url, token, workspaceId: hubSpace, timeouts })
  const reported: unknown[] = []
  const sync = createSync({
    store,
    backend,
    random: () => 0.1,
    sleep: (ms, signal) => sleepFor(ms / haste, signal),
    report: error => reported.push(error),
  })
  const desk = createDesk({
    store,
    space: { workspaceId: hubSpace, kind: 'hub', title: '' },
    calendar: noCalendar,
    now: Date.now,
    syncStatus: sync.status,
  })
  sync.start()
  return {
    store,
    sync,
    ask: deskHandlers(desk),
    async close() {
      await sync.stop()
      backend.close()
      store.close()
      assert.deepEqual(reported, [])
    },
  }
}
type Console = ReturnType<typeof beginConsole>

/** So many cases at most in one schedule. */
const mostCases = [1, 2, 3]

/** Waits until nothing is on its way; every conflict is answered, every pause forgotten. */
async function rest(head: Console): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    for (const item of outboxItems(head.store, 50))
      if (item.state === 'conflict')
        void head.ask.resolveConflict({
          decisionId: item.decision.decisionId,
          actId: newActId(),
          newDecisionId: newDecisionId(),
          choice: { kind: tries % 2 === 0 ? 'keepTheirs' : 'insist' },
        })
    const { waiting, conflicts } = outboxCounts(head.store)
    const isSeen = outboxRows(head.store, Number.MAX_SAFE_INTEGER).every(
      row => row.state === 'rejected',
    )
    if (waiting + conflicts === 0 && isSeen) return
    if (tries % 10 === 0) head.sync.wake()
    await pause(10)
  }
  assert.fail(`not at rest: ${JSON.stringify([outboxCounts(head.store), head.sync.status()])}`)
}

test(`${count} schedules of a broken wire to a real hub`, async context => {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'nachalo-wire-'))
  const place = join(folder, 'console')
  const random = randomFrom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  let hub = await startHub(folder)
  const proxy = await createFaultProxy(hub.port)
  const records = openHubRecords(join(folder, 'hub.db'))
  let head = beginConsole(place, proxy.url, hub.head)
  context.after(async () => {
    proxy.close()
    await head.close().catch(() => {})
    records.close()
    hub.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const startedAt = performance.now()
  while (openCases(head.store).length < hubCaseCount) await pause(20)
  const acknowledged: Acknowledged[] = []
  let [hubDeaths, restarts] = [0, 0]
  for (let schedule = 0; schedule < count; schedule += 1) {
    const since = outboxRows(head.store).at(-1)?.seq ?? 0
    const version = records.lastVersion()
    const mine = acknowledged.length
    const cases = mostCases.map(() => hubCase(below(hubCaseCount)))
    proxy.faults.push(
      ...Array.from({ length: 1 + below(4) }, () => faults[below(faults.length)] ?? 'cut'),
    )
    for (let act = 0; act < 1 + below(4); act += 1) {
      acknowledged.push(...actAtRandom(head, [...new Set(cases)], below))
      await pause(below(25))
    }
    if (random() < 0.3) await elsewhere(hub.url, hub.boss, cases[0] ?? hubCase(0), below)
    if (random() < 0.15) {
      restarts += 1
      await head.close()
      head = beginConsole(place, proxy.url, hub.head)
    }
    if (random() < 0.03) {
      hubDeaths += 1
      hub.child.kill('SIGKILL')
      await new Promise(resolve => hub.child.once('exit', resolve))
      hub = await startHub(folder, hub.port)
    }
    await pause(below(40))
    proxy.faults.length = 0
    await rest(head)
    const evidence = {
      store: head.store,
      theirs: records.records(version),
      acknowledged: acknowledged.slice(mine),
      since,
    }
    assert.deepEqual(
      [...violations(evidence), ...unfinished(evidence)],
      [],
      `seed ${seed}, schedule ${schedule}`,
    )
  }
  // What is still on its way arrives before the last look.
  await pause(800)
  for (
    let tries = 0;
    tries < 200 && differing(head.store, records.cases()).length > 0;
    tries += 1
  ) {
    head.sync.wake()
    await pause(20)
  }
  assert.deepEqual(differing(head.store, records.cases()), [])
  assert.deepEqual(records.twice(), [])
  await head.close()
  const met = [...proxy.met].map(([name, times]) => `${name} ${times}`).join(', ')
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  counted(
    `wire: seed ${seed}, ${count} schedules, ${acknowledged.length} acknowledged, ${restarts} restarts, ` +
      `${hubDeaths} deaths of the hub, 0 lost, 0 twice; met ${met}; ${seconds} s`,
  )
})

function actAtRandom(
  head: Console,
  cases: readonly CaseId[],
  below: (limit: number) => number,
): Acknowledged[] {
  const { ask } = head
  const orders = cases
    .slice(0, 1 + below(cases.length))
    .map(caseId => ({ caseId, decisionId: newDecisionId() }))
  const arg = { actId: newActId(), orders }
  const employeeId = hubPerson(people[below(people.length)] ?? 'anna')
  const verbs: (() => unknown)[] = [
    () => ask.assign({ ...arg, employeeId, isOverridden: true }),
    () => ask.assign({ ...arg, employeeId, isOverridden: true }),
    () => ask.returnToInbox(arg),
    () => ask.defer({ ...arg, until: below(2) === 0 ? null : Date.now() + 1e9 }),
    // The act taken back may be an earlier one, about more cases than are at hand now.
    () => ask.undo({ actId: newActId(), decisionIds: mostCases.map(() => newDecisionId()) }),
  ]
  const chosen = below(verbs.length)
  const { done } = (verbs[chosen] ?? assert.fail)() as ActResult
  return chosen === 4 ? [] : orders.filter(order => done.includes(order.caseId))
}

/** The head above decides about the same case. */
async function elsewhere(
  url: string,
  token: string,
  caseId: CaseId,
  below: (limit: number) => number,
) {
  const local = caseId.split(':').at(-1) ?? '0'
  const responsible = people[below(people.length)] ?? 'anna'
  const issuedAt = Date.now()
  await consoleOf(url, token).decide(
    decision('boss', local, { want: { responsible }, base: { responsible: null }, issuedAt }),
  )
}

/**
 * A console without a window: the real store, verbs, adapter and loops. Arguments: folder, hub,
 * token, encrypted|plain, and `drops` to give out cases all the while. Loads everything and prints
 * `{rows, seconds, drops}`; then answers lines `pull`, `drop N`, `search N`, and after `live` tells
 * what it sees change and hears `give`.
 */
import { createInterface } from 'node:readline'
import { v7 } from 'uuid'
import { openHub } from '../backends/hub/backend.ts'
import { workspaceId } from '../console/spaces.ts'
import { args } from '../contract.ts'
import { noCalendar } from '../domain/calendar.ts'
import type { ActId, CaseId, DecisionId } from '../domain/id.ts'
import { assign } from '../service/assign.ts'
import { createDesk } from '../service/desk.ts'
import { search } from '../service/search.ts'
import { openCases } from '../store/cases.ts'
import { statement, tables } from '../store/db.ts'
import { openStore } from '../store/open-store.ts'
import { createSync } from '../sync/loop.ts'
import type { PullResult } from '../sync/pull.ts'

const [folder = '', url = '', token = '', mode = 'plain', wish = ''] = process.argv.slice(2)
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const id = workspaceId('hub-bench')
const store = openStore({
  folder,
  workspaceId: id,
  key: mode === 'encrypted' ? Buffer.from('a7'.repeat(32), 'hex') : null,
  now: Date.now,
})
const backend = openHub({ url, token, workspaceId: id })
const sync = createSync({ store, backend })
const desk = createDesk({
  store,
  space: { workspaceId: id, kind: 'hub', title: '' },
  calendar: noCalendar,
  now: Date.now,
  syncStatus: sync.status,
})

const countCases = statement()(() =>
  tables.selectFrom('cases').select(eb => eb.fn.countAll<number>().as('count')),
)
const waiting: CaseId[] = []

const startedAt = performance.now()
const dropper = wish === 'drops' ? dropAllTheWhile() : null
const result = await pullUntilDone()
const seconds = (performance.now() - startedAt) / 1000
if (result.kind !== 'upToDate')
  throw new Error(`the load ended as ${result.kind}: ${JSON.stringify(sync.status().link)}`)
const rows = store.one(countCases({}))?.count ?? 0
say({ rows, seconds, drops: dropper?.stop() ?? [] })

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, count] = line.split(' ')
  if (verb === 'pull') say(await timedPull())
  if (verb === 'drop') say({ times: dropMany(Number(count)) })
  if (verb === 'search') say({ times: searchMany(Number(count)) })
  if (verb === 'live') goLive()
  if (verb === 'give') give()
}
await sync.stop()
backend.close()
store.close()

/** From now on the loops run, and every change of a case is told with its moment. */
function goLive(): void {
  store.onTouched(({ caseIds }) => say({ seen: [...caseIds], at: Date.now() }))
  sync.start()
}

function give(): void {
  waiting.splice(0, waiting.length, ...unassigned())
  const caseId = waiting.at(-1)
  const at = Date.now()
  dropOne(at)
  say({ given: caseId, at })
}

/** What the loop does about a hub that asks for a pause is part of the load. */
async function pullUntilDone(): Promise<PullResult> {
  for (;;) {
    const pulled = await sync.pullOnce()
    if (pulled.kind !== 'failed' || pulled.delayMs === null) return pulled
    await new Promise(resolve => setTimeout(resolve, pulled.delayMs ?? 0))
  }
}

async function timedPull(): Promise<object> {
  const from = performance.now()
  const pulled = await sync.pullOnce()
  return {
    records: pulled.kind === 'upToDate' ? pulled.records : 0,
    seconds: (performance.now() - from) / 1000,
  }
}

/** Milliseconds from the gesture to the durable answer, the wait for the core included. */
function dropAllTheWhile(): { stop(): number[] } {
  const times: number[] = []
  let dueAt = 0
  let timer = setTimeout(prepare, 100)
  // Looking for what to give is the window's work and not the core's: it is not counted.
  function prepare(): void {
    if (waiting.length === 0) waiting.push(...unassigned())
    dueAt = performance.now() + 100
    timer = setTimeout(beat, 100)
  }
  function beat(): void {
    if (dropOne(times.length) !== null) times.push(performance.now() - dueAt)
    timer = setTimeout(prepare, 0)
  }
  return {
    stop() {
      clearTimeout(timer)
      return times
    },
  }
}

function unassigned(): CaseId[] {
  return openCases(store).flatMap(one =>
    one.responsibleId === null && !one.isMasked ? [one.caseId] : [],
  )
}

function dropMany(count: number): number[] {
  waiting.splice(0, waiting.length, ...unassigned())
  return Array.from({ length: count }, (_, place) => dropOne(place)).filter(time => time !== null)
}

/** null when there was nothing to give or nobody took it. */
function dropOne(place: number): number | null {
  const caseId = waiting.pop()
  const people = [...desk.index().employeeById.keys()].filter(one => one !== desk.me()?.employeeId)
  const employeeId = people[place % Math.max(1, people.length)]
  if (!caseId || !employeeId) return null
  const { actId, decisionId } = newIds()
  const from = performance.now()
  const { done } = assign(desk, {
    actId,
    orders: [{ decisionId, caseId }],
    employeeId,
    isOverridden: true,
  })
  return done.length === 1 ? performance.now() - from : null
}

function searchMany(count: number): number[] {
  const asked = [
    'договор',
    'счет',
    'дог',
    'окн',
    'возврат денег',
    'кровля',
    '000-11',
    'example.ru',
    'Семья',
    '5306',
    'доставк',
    'не привезли',
  ]
  return Array.from({ length: count }, (_, place) => {
    const from = performance.now()
    search(desk, { text: asked[place % asked.length] ?? '', limit: 50 })
    return performance.now() - from
  })
}

/** Checked by the contract's own schemas, as what a window sends. */
function newIds(): { actId: ActId; decisionId: DecisionId } {
  const { actId, orders } = args.returnToInbox.parse({
    actId: v7(),
    orders: [{ decisionId: v7(), caseId: 'hub-bench:case:any' }],
  })
  const [order] = orders
  if (!order) throw new Error('one order was given')
  return { actId, decisionId: order.decisionId }
}

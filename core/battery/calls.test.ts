/** A hundred thousand calls to a real core with the demo open: none is thrown at, none breaks what always holds. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { test } from 'node:test'
import { inspect } from 'node:util'
import Sqlite from 'better-sqlite3'
import { createConsole } from '../console/console.ts'
import type { ActResult, Calls, Events } from '../contract.ts'
import type { CaseId, WorkspaceId } from '../domain/id.ts'
import { connect } from '../rpc.ts'
import { openStore } from '../store/open-store.ts'
import { counted } from '../testing/counted.ts'
import { memoryWire } from '../testing/memory-wire.ts'
import { callNames, callsAbout, type Call } from './calls.ts'
import { type Acknowledged, type OutcomeName, unfinished, violations } from './invariants.ts'
import { randomFrom, seed } from './seed.ts'
import { startWatch } from './stopwatch.ts'

const total = 100_000

/** What a head knowingly waits for. */
const waited: ReadonlySet<string> = new Set(['backup', 'startDemo', 'openSpace'])

const when = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 20))
}

async function openDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-calls-'))
  const logged: string[] = []
  const news: unknown[] = []
  const core = createConsole({
    dataFolder: folder,
    version: 'test',
    language: 'ru',
    keyFile: undefined,
    embeddedHub: new URL('../hub/embedded.ts', import.meta.url),
    log: (where, error) => {
      if (where !== 'window') logged.push(`${where}: ${String(error)}`)
    },
    onNews: told => news.push(told),
  })
  const { near, far } = memoryWire()
  core.attach(far)
  const { calls } = connect<Calls, Events>(near)
  assert.equal((await calls.startDemo({})).kind, 'ready')
  // The cases come before the last of the organisation: both have to be there.
  await when(async () => (await calls.open({})).sync.freshAt !== null)
  return { folder, core, calls, logged, news }
}

type Ask = Record<string, (arg: unknown) => Promise<unknown>>

const isAct = (answer: unknown): answer is ActResult =>
  typeof answer === 'object' && answer !== null && 'done' in answer && 'refused' in answer

/** Every order is answered, done or refused, and no other is. */
function unanswered({ arg }: Call, { done, refused }: ActResult): CaseId[] {
  const { orders = [] } = arg as { orders?: readonly Acknowledged[] }
  const answered = new Set([...done, ...refused.map(({ caseId }) => caseId)])
  return orders.map(({ caseId }) => caseId).filter(caseId => !answered.has(caseId))
}

interface Outcome {
  readonly code: string
  readonly fault: string | null
}

async function carryOut(ask: Ask, call: Call, ledger: Acknowledged[]): Promise<Outcome> {
  const said = () => `${call.name} ${inspect(call.arg, { maxStringLength: 60 })}`
  try {
    const answer = await (ask[call.name] ?? assert.fail(call.name))(call.arg)
    const outcome = { code: 'ok', fault: null }
    if (!call.isFitting) return { ...outcome, fault: `accepted: ${said()}` }
    if (!isAct(answer)) return outcome
    if (unanswered(call, answer).length > 0)
      return { ...outcome, fault: `neither done nor refused: ${said()}` }
    const { orders = [] } = call.arg as { orders?: readonly Acknowledged[] }
    const refused = new Set(answer.refused.map(({ caseId }) => caseId))
    const done = new Set(answer.done)
    ledger.push(...orders.filter(({ caseId }) => done.has(caseId) && !refused.has(caseId)))
    return outcome
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const isKnown = isRightly(code, call)
    const fault = isKnown ? null : `${code}: ${said()}`
    return { code, fault }
  }
}

/** Taking back needs an id for each decision: how many, the schema cannot know. */
const isRightly = (code: string, { name, isFitting }: Call): boolean =>
  code === 'badArgument'
    ? !isFitting || name === 'undo' || name === 'redo'
    : isFitting && code !== 'internal'

/** What the demo's hub carried out, read from its file. */
function theirRecords(folder: string) {
  const database = new Sqlite(join(folder, 'hubs', 'demo', 'hub.db'), { readonly: true })
  const effects = database
    .prepare<[], { decisionId: string; caseId: CaseId }>(
      'select decisionId, caseId from history where decisionId is not null order by version',
    )
    .all()
  const rows = database
    .prepare<[], { id: string; outcome: string }>('select id, outcome from applied')
    .all()
  database.close()
  const outcomes = new Map(
    rows.map(({ id, outcome }) => [id, (JSON.parse(outcome) as { outcome: OutcomeName }).outcome]),
  )
  return { effects, outcomes }
}

test(`${total} calls to a core with the demo open`, { timeout: 400_000 }, async () => {
  const { folder, core, calls, logged, news } = await openDemo()
  const uncaught: string[] = []
  const note = (error: unknown) => uncaught.push(String(error))
  process.on('unhandledRejection', note)
  const begun = await calls.open({})
  const all = callsAbout(begun, { total, seed })
  const random = randomFrom(seed)
  const { stackTraceLimit } = Error
  // A stack for each of so many refusals would take as long as all the rest.
  Error.stackTraceLimit = 0
  const order = all.map(call => ({ call, at: random() })).sort((a, b) => a.at - b.at)
  const stalls = monitorEventLoopDelay({ resolution: 5 })
  const times: number[] = []
  const codes = new Map<string, number>()
  const faults: string[] = []
  const acknowledged: Acknowledged[] = []
  stalls.enable()
  for (const [done, { call }] of order.entries()) {
    // Looking at the clock costs more than most answers: every tenth is timed.
    const elapsedMs = done % 10 === 0 ? startWatch() : null
    const outcome = await carryOut(calls as unknown as Ask, call, acknowledged)
    if (elapsedMs && !waited.has(call.name)) times.push(elapsedMs())
    codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1)
    if (outcome.fault) faults.push(outcome.fault)
    // The loops of the core have their turn, as between the gestures of a person.
    if (done % 50 === 0) await new Promise(setImmediate)
  }
  stalls.disable()
  Error.stackTraceLimit = stackTraceLimit
  await calls.startDemo({})
  await when(async () => {
    const { sync, pending } = await calls.open({})
    return sync.waiting === 0 && !Object.values(pending).some(state => state !== 'conflict')
  })
  // What was carried out last has to be pulled as well.
  const drainedAt = Date.now()
  await calls.syncNow({})
  await when(async () => ((await calls.open({})).sync.freshAt ?? 0) > drainedAt)
  await core.close()
  process.off('unhandledRejection', note)
  const store = openStore({
    folder: join(folder, 'spaces', 'demo'),
    workspaceId: 'demo' as WorkspaceId,
    key: null,
    now: Date.now,
  })
  const theirs = theirRecords(folder)
  const broken = [
    ...violations({ store, theirs, acknowledged }),
    ...unfinished({ store, theirs, acknowledged }),
  ]
  store.close()
  rmSync(folder, { recursive: true, force: true })
  times.sort((a, b) => a - b)
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN
  const told = [...codes].map(([code, count]) => `${code} ${count}`).join(', ')
  counted(
    `calls: seed ${seed}, ${all.length} over ${callNames.length} channels (${told}), ` +
      `${acknowledged.length} decisions, ${theirs.effects.length} effects, p99 ${p99.toFixed(2)} of 5 ms, ` +
      `longest stall ${(stalls.max / 1e6).toFixed(0)} ms, ${uncaught.length} uncaught, ${faults.length + broken.length} broken`,
  )
  assert.deepEqual(faults.slice(0, 5), [])
  assert.deepEqual(broken.slice(0, 5), [])
  assert.deepEqual([uncaught, logged.slice(0, 5)], [[], []])
  // What moves along its stages may all be closed at the end.
  assert.ok(begun.cases.length > 50 && news.length > 0)
  assert.ok(acknowledged.length > 100, `${acknowledged.length} decisions`)
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { counted } from '../testing/counted.ts'
import { bareId } from './bare-id.ts'
import { examine } from './cli/doctor.ts'
import type { WireDecision } from './protocol.ts'
import { writeCompany } from './seed.ts'
import { openHubStore } from './store/hub-store.ts'
import { createToken, usualScopes } from './store/tokens.ts'
import { startProcess } from './testing/hub-process.ts'
import { assign, consoleOf } from './testing/hub-world.ts'
import { companyCase, smallCompany } from './testing/small-company.ts'

const killsEach = 25
const lanes = 4
const people = ['vera', 'gleb', 'zoya', 'anna'] as const

/** One console: its own cases, one decision at a time, sent again until it is answered. */
class Lane {
  readonly acknowledged: WireDecision[] = []
  readonly held = new Map<string, string | null>()
  readonly #caseIds: readonly string[]
  #pending: WireDecision | null = null
  #turn = 0
  doubts = 0
  constructor(lane: number) {
    this.#caseIds = Array.from({ length: 5 }, (_, place) => `lane${lane}-${place}`)
  }

  async work(url: string, token: string): Promise<void> {
    const console = consoleOf(url, token)
    for (;;) {
      const decision = (this.#pending ??= this.#next())
      try {
        const [outcome] = await console.decide(decision)
        assert.equal(outcome?.outcome, 'applied', JSON.stringify(outcome))
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        // The hub was killed under us: whether it was carried out is not known, so it is sent again.
        this.doubts += 1
        return
      }
      this.acknowledged.push(decision)
      this.held.set(decision.caseId, decision.want.responsible ?? null)
      this.#pending = null
    }
  }

  #next(): WireDecision {
    this.#turn += 1
    const caseId = this.#caseIds[this.#turn % this.#caseIds.length] ?? ''
    const now = this.held.get(caseId) ?? null
    const others = [...people, null].filter(one => one !== now)
    return assign('anna', caseId, others[this.#turn % others.length] ?? null, now)
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const acknowledgedBy = (workers: readonly Lane[]): number =>
  workers.reduce((sum, worker) => sum + worker.acknowledged.length, 0)

async function killedOften(seed: number): Promise<{ acknowledged: number; doubts: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-kill-'))
  const databasePath = join(folder, 'hub.db')
  const cases = Array.from({ length: lanes }, (_, lane) =>
    Array.from({ length: 5 }, (_none, place) => companyCase(`lane${lane}-${place}`)),
  )
  await writeCompany(databasePath, smallCompany(cases.flat()))
  const first = await openHubStore(databasePath)
  const { token } = await createToken(first, {
    employeeId: bareId('employee', 'anna'),
    role: 'person',
    scopes: usualScopes.person,
    label: '',
    expiresAt: null,
  })
  await first.close()
  const workers = Array.from({ length: lanes }, (_, lane) => new Lane(lane))
  for (let turn = 0; turn < killsEach; turn += 1) {
    const hub = await startProcess(folder)
    const before = acknowledgedBy(workers)
    const work = Promise.all(workers.map(worker => worker.work(hub.url, token)))
    while (acknowledgedBy(workers) < before + (turn % 8)) await pause(1)
    await pause((turn * 7 + seed * 3) % 23)
    await hub.end('SIGKILL')
    await work
  }
  const store = await openHubStore(databasePath)
  for (const worker of workers) {
    for (const { decisionId } of worker.acknowledged) {
      const applied = await store.db
        .selectFrom('applied')
        .selectAll()
        .where('id', '=', decisionId)
        .execute()
      const told = await store.db
        .selectFrom('history')
        .select('historyId')
        .where('decisionId', '=', decisionId)
        .execute()
      assert.deepEqual([applied.length, told.length], [1, 1], `${decisionId} was acknowledged`)
    }
  }
  const { findings, counts } = await examine(store)
  assert.deepEqual(
    findings.filter(one => one.level === 'fault'),
    [],
  )
  assert.equal(counts.cases, lanes * 5)
  const carriedOut = await store.db
    .selectFrom('history')
    .select('historyId')
    .where('decisionId', 'is not', null)
    .execute()
  const acknowledged = acknowledgedBy(workers)
  assert.ok(
    carriedOut.length >= acknowledged && carriedOut.length <= acknowledged + lanes,
    `${carriedOut.length} of ${acknowledged}`,
  )
  await store.close()
  rmSync(folder, { recursive: true, force: true })
  return { acknowledged, doubts: workers.reduce((sum, worker) => sum + worker.doubts, 0) }
}

test('50 kills in the middle of decisions: nothing acknowledged is lost, nothing happens twice', async () => {
  const [one, two] = await Promise.all([killedOften(1), killedOften(2)])
  const acknowledged = one.acknowledged + two.acknowledged
  assert.ok(acknowledged > 100, `${acknowledged} decisions`)
  counted(
    `hub: 50 kills, ${acknowledged} acknowledged decisions, ${one.doubts + two.doubts} sent again`,
  )
})

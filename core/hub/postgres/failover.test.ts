/** A real console works on while one of two hub processes on one database is killed, again and again. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { outboxCounts } from '../../store/outbox.ts'
import { counted } from '../../testing/counted.ts'
import {
  createCompany,
  createConsole,
  createWire,
  isDrained,
  isLoaded,
  person,
  theCaseId,
  tokenFor,
  until,
} from '../../testing/office.ts'
import { examine } from '../cli/doctor.ts'
import { openHubStore } from '../store/hub-store.ts'
import { startProcess } from '../testing/hub-process.ts'
import { postgresOfTests, postgresPlace } from '../testing/test-place.ts'

const server = postgresOfTests()
const skip = server === null && 'npm test postgres starts the PostgreSQL this needs'
const kills = 8
const cases = 60

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test(
  `${kills} kills of one of two hubs while a head gives out: every decision once, nothing lost`,
  { skip },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nachalo-failover-'))
    const place = await postgresPlace(server ?? '')
    await createCompany(place.address)
    const store = await openHubStore(place.address)
    const token = await tokenFor({ store }, 'head')
    const hubs = [await startProcess(place.address), await startProcess(place.address)]
    const alive = new Set(hubs)
    const wire = await createWire(() => [...alive][0]?.port ?? 0)
    const head = createConsole({ folder: join(folder, 'head'), url: wire.url, token })
    const given = new Map<string, string>()
    const decisionIds: string[] = []
    try {
      await until(() => isLoaded(head), 'the first load')
      const over = { isSo: false }
      let turn = 0
      const work = (async () => {
        for (; !over.isSo || turn < cases * 2; turn += 1) {
          const name = String((turn % cases) + 1)
          const to = ['anna', 'oleg', 'head'][Math.floor(turn / cases) % 3] ?? 'anna'
          const { done } = head.give(to, name)
          assert.deepEqual(done, [theCaseId(name)])
          given.set(name, to)
          await pause(4)
        }
      })()
      for (let kill = 0; kill < kills; kill += 1) {
        await pause(150 + kill * 37)
        const victim = [...alive][0]
        assert.ok(victim)
        await victim.end('SIGKILL')
        alive.delete(victim)
        alive.add(await startProcess(place.address))
      }
      over.isSo = true
      await work
      head.sync.wake()
      await until(
        () => isDrained(head) && head.sync.status().link.kind === 'idle',
        'the outbox',
        60_000,
      )
      assert.deepEqual(outboxCounts(head.store), { waiting: 0, conflicts: 0, rejected: 0 })
      const rows = await store.db
        .selectFrom('history')
        .select(['decisionId', 'caseId'])
        .where('decisionId', 'is not', null)
        .execute()
      decisionIds.push(...rows.flatMap(row => row.decisionId ?? []))
      assert.equal(new Set(decisionIds).size, decisionIds.length, 'nothing happens twice')
      assert.equal(decisionIds.length, turn, 'nothing is lost')
      const held = await store.db.selectFrom('cases').select(['caseId', 'responsibleId']).execute()
      for (const { caseId, responsibleId } of held)
        assert.equal(responsibleId, given.get(caseId), caseId)
      for (const [name, to] of given) assert.equal(head.responsible(name), person(to))
      const { findings } = await examine(store)
      assert.deepEqual(
        findings.filter(one => one.level === 'fault'),
        [],
      )
      counted(
        `PostgreSQL: ${kills} kills of one of two hubs, ${turn} decisions of a console, each carried out once`,
      )
    } finally {
      await head.close()
      wire.end()
      for (const hub of alive) await hub.end('SIGKILL')
      await store.close()
      await place.remove()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

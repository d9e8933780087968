import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SyncStatus } from '../contract.ts'
import type { Hub } from '../hub/server.ts'
import { progress } from '../service/progress.ts'
import { resolveConflict } from '../service/resolve-conflict.ts'
import { undo } from '../service/undo.ts'
import { openCases, readCase } from '../store/cases.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { newActId, newDecisionId } from './desk-world.ts'
import { inOffice, isDrained, person, theCaseId, until } from './office.ts'

/** How often the hub carried each case's decisions out, by its own history. */
async function effectsOf(hub: Hub): Promise<readonly number[]> {
  const rows = await hub.store.db.selectFrom('history').select('decisionId').execute()
  const counts = new Map<string, number>()
  for (const { decisionId } of rows)
    if (decisionId !== null) counts.set(decisionId, (counts.get(decisionId) ?? 0) + 1)
  return [...counts.values()]
}

test('what one head does another sees within a second', () =>
  inOffice(async ({ open }) => {
    const [head, boss] = [await open('head'), await open('boss')]
    const spent: number[] = []
    for (let n = 1; n <= 10; n += 1) {
      head.give('anna', String(n))
      spent.push(
        await until(() => boss.responsible(String(n)) === person('anna'), 'the other console'),
      )
    }
    assert.ok(Math.max(...spent) < 1_000, spent.map(Math.round).join(' '))
  }))

test('two heads who decide about one case meet in a conflict, and one insists', () =>
  inOffice(async ({ open, wire, hub }) => {
    const [head, boss] = [await open('head'), await open('boss')]
    wire.cut()
    head.give('anna', '1', '2')
    await until(() => head.sync.status().link.kind === 'offline', 'the cut')
    boss.give('oleg', '1')
    wire.state.isCut = false
    boss.sync.wake()
    await until(() => isDrained(boss), 'the first to arrive')
    head.sync.wake()
    await until(
      () => head.sync.status().conflicts + boss.sync.status().conflicts === 1,
      'the conflict',
    )
    await until(() => isDrained(head) && isDrained(boss), 'the rest')
    const loser = head.sync.status().conflicts === 1 ? head : boss
    const winner = loser === head ? boss : head
    const [item] = outboxItems(loser.store, 1)
    assert.ok(item?.conflict)
    assert.equal(item.conflict.theirs.responsible, winner.responsible('1'))
    resolveConflict(loser.desk, {
      decisionId: item.decision.decisionId,
      actId: newActId(),
      newDecisionId: newDecisionId(),
      choice: { kind: 'insist' },
    })
    const insisted = item.decision.want.responsible
    await until(() => winner.responsible('1') === insisted, 'the insisting')
    assert.equal(winner.responsible('2'), person('anna'))
    assert.ok((await effectsOf(hub())).every(times => times === 1))
  }))

test('a move on one board is seen on the other within a second, and is undone there too', () =>
  inOffice(async ({ open, hub }) => {
    const [head, boss] = [await open('head'), await open('boss')]
    const status = () => readCase(boss.store, theCaseId('7'))?.status
    const orders = [{ decisionId: newDecisionId(), caseId: theCaseId('7') }]
    progress(head.desk, { actId: newActId(), orders, stageId: 'closed' })
    const spent = await until(() => status() === 'closed', 'the other board')
    assert.ok(spent < 1_000, String(spent))
    await until(() => isDrained(head), 'the answer')
    undo(head.desk, { actId: newActId(), decisionIds: [newDecisionId()] })
    await until(() => status() === 'open', 'the taking back')
    assert.deepEqual(await effectsOf(hub()), [1, 1])
  }))

test('a hub that is away for a while gets every decision once, in order', () =>
  inOffice(async ({ open, hub, stopHub, startHub: begin }) => {
    const head = await open('head')
    head.give('anna', '1', '2', '3')
    await stopHub()
    for (let n = 4; n <= 30; n += 1) head.give(n % 2 ? 'anna' : 'oleg', String(n))
    head.give('oleg', '1')
    head.give('head', '1')
    undo(head.desk, { actId: newActId(), decisionIds: [newDecisionId()] })
    await until(() => head.sync.status().link.kind === 'offline', 'the silence')
    await begin()
    head.sync.wake()
    await until(() => isDrained(head) && head.sync.status().link.kind === 'idle', 'the outbox')
    assert.deepEqual(outboxCounts(head.store), { waiting: 0, conflicts: 0, rejected: 0 })
    const effects = await effectsOf(hub())
    assert.equal(effects.length, 31)
    assert.ok(effects.every(times => times === 1))
    const rows = await hub()
      .store.db.selectFrom('cases')
      .select(['caseId', 'responsibleId'])
      .execute()
    const there = rows.map(row => [
      theCaseId(row.caseId),
      row.responsibleId === null ? null : person(row.responsibleId),
    ])
    const here = openCases(head.store).map(one => [one.caseId, one.responsibleId] as const)
    assert.deepEqual(Object.fromEntries(there), Object.fromEntries(here))
    assert.equal(head.responsible('1'), person('oleg'))
  }))

test('answers lost on the way change nothing in the end', () =>
  inOffice(async ({ open, wire, hub }) => {
    const head = await open('head')
    wire.state.answersToLose = 4
    for (let n = 1; n <= 20; n += 1) head.give('anna', String(n))
    await until(() => isDrained(head), 'the outbox')
    assert.equal(wire.state.answersToLose, 0)
    const effects = await effectsOf(hub())
    assert.deepEqual([effects.length, Math.max(...effects)], [20, 1])
  }))

test('a console that dies with decisions on the way carries on', () =>
  inOffice(async ({ open, wire, hub }) => {
    const head = await open('head')
    wire.state.answersToLose = 1
    for (let n = 1; n <= 10; n += 1) head.give('anna', String(n))
    await until(() => wire.state.answersToLose === 0, 'the first push')
    await head.close()
    const again = await open('head')
    await until(() => isDrained(again), 'the outbox')
    const effects = await effectsOf(hub())
    assert.deepEqual([effects.length, Math.max(...effects)], [10, 1])
    const told: SyncStatus = again.sync.status()
    assert.deepEqual([told.conflicts, told.rejected, told.waiting], [0, 0, 0])
  }))

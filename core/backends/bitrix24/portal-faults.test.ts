/** Decisions against a portal that loses answers, carries out too late and changes under our hands. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { Decision, Fields } from '../../domain/decision.ts'
import { idOf } from '../../domain/id.ts'
import type { ActId, CaseId, DecisionId } from '../../domain/id.ts'
import { demo } from '../../emulators/bitrix24/demo/company.ts'
import type { Fault } from '../../emulators/bitrix24/faults.ts'
import { carried } from '../../testing/backend-subjects.ts'
import { openTestPortal, person, portalSpace } from '../../testing/portal-subject.ts'
import type { Page } from '../backend.ts'

const marker = 'UF_CRM_NACHALO'
const [anna, oleg] = [11, 12]

/** A portal with one deal and one task at its head's desk. */
async function deskOf(isMarked = true) {
  const opened = openTestPortal({}, { marker: isMarked ? marker : null })
  const { portal, clock } = opened
  if (isMarked) await addMarker(portal.fetch, portal.webhook(demo.director))
  const deal = portal.world.createItem(2, { assignedById: demo.head, stageId: 'NEW', title: 'Д' })
  const task = portal.world.createTask({
    title: 'З',
    responsibleId: demo.head,
    createdBy: demo.head,
  })
  const backend = opened.connect()
  let coming: (Fault | null)[] = []
  portal.change({ faults: ({ isWrite }) => (isWrite ? (coming.shift() ?? null) : null) })
  const writesTo = (id: number) => portal.world.writes.filter(one => one.id === id && one.isChanged)
  const before = { deal: writesTo(deal).length, task: writesTo(task).length }
  return {
    ...opened,
    backend,
    deal: { id: deal, caseId: `D_${deal}` },
    task: { id: task, caseId: `TASK_${task}` },
    fault: (...faults: (Fault | null)[]) => void (coming = faults),
    /** Faults that met nothing. */
    left: () => coming.length,
    /** How often the thing was changed since the beginning. */
    changes: (what: 'deal' | 'task') =>
      writesTo(what === 'deal' ? deal : task).length - before[what],
    send: (local: string, want: Fields, base: Fields) =>
      carried(backend, [decision(local, want, base)], ms =>
        clock.sleep(ms, new AbortController().signal),
      ),
  }
}

async function addMarker(fetching: typeof fetch, webhook: string): Promise<void> {
  for (const entity of ['deal', 'lead']) {
    const response = await fetching(`${webhook}crm.${entity}.userfield.add`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ fields: { FIELD_NAME: 'NACHALO', USER_TYPE_ID: 'string' } }),
    })
    assert.equal(response.status, 200)
  }
}

const decision = (local: string, want: Fields, base: Fields): Decision => ({
  v: 1,
  decisionId: v7() as DecisionId,
  actId: v7() as ActId,
  kind: 'set',
  verb: 'assign',
  caseId: `bitrix24-22222222:case:${local}` as CaseId,
  want,
  base,
  issuedBy: { employeeId: person('head') },
  issuedAt: 0,
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [],
})

const toAnna = [{ responsible: person('anna') }, { responsible: null }] as const

const faults: readonly Fault[] = [
  { kind: 'resetAfter' },
  { kind: 'resetBefore' },
  { kind: 'zombie', afterMs: 20_000 },
  { kind: 'zombie', afterMs: 58_000 },
  { kind: 'badGateway' },
  { kind: 'badGateway', isDone: true },
  { kind: 'truncated' },
  { kind: 'captive' },
  { kind: 'tooMany' },
  { kind: 'internal' },
]

for (const fault of faults)
  for (const what of ['deal', 'task'] as const) {
    const name = JSON.stringify(fault)
    test(`a decision about a ${what} met by ${name} is carried out once`, async () => {
      const desk = await deskOf()
      desk.fault(fault)
      const [outcome] = await desk.send(desk[what].caseId, ...toAnna)
      assert.equal(desk.left(), 0)
      assert.equal(outcome?.outcome, 'applied', JSON.stringify(outcome))
      assert.equal(desk.changes(what), 1)
      await desk.clock.sleep(120_000, new AbortController().signal)
      assert.equal(desk.changes(what), 1)
      desk.backend.close()
    })
  }

test('somebody else’s decision meanwhile is a conflict, and nothing is written', async () => {
  for (const what of ['deal', 'task'] as const) {
    const desk = await deskOf()
    if (what === 'deal') desk.portal.world.giveItem(2, desk.deal.id, oleg, demo.director)
    else desk.portal.world.giveTask(desk.task.id, oleg, demo.director)
    const changes = desk.changes(what)
    const [outcome] = await desk.send(desk[what].caseId, ...toAnna)
    assert.deepEqual([outcome?.outcome, outcome?.code], ['conflict', 'changed'])
    assert.equal(outcome?.current?.responsibleId, person('oleg'))
    assert.equal(desk.changes(what), changes)
    desk.backend.close()
  }
})

test('a lost answer and a robot that gives on at once: applied, and what is now is shown', async () => {
  const desk = await deskOf()
  desk.fault({ kind: 'resetAfter' })
  const sent = desk.send(desk.deal.caseId, ...toAnna)
  await desk.clock.sleep(1_000, new AbortController().signal)
  desk.portal.world.giveItem(2, desk.deal.id, oleg, demo.director)
  const [outcome] = await sent
  assert.deepEqual([outcome?.outcome, outcome?.code], ['applied', null])
  assert.equal(outcome?.current?.responsibleId, person('oleg'))
  desk.backend.close()
})

test('without the field for marks a lost answer is told by the responsible', async () => {
  const desk = await deskOf(false)
  desk.fault({ kind: 'resetAfter' })
  const [outcome] = await desk.send(desk.deal.caseId, ...toAnna)
  assert.equal(outcome?.outcome, 'applied')
  assert.equal(desk.changes('deal'), 1)
  desk.backend.close()
})

test('what is deleted, closed, out of sight or nobody’s any more is said so', async () => {
  const outcomes: unknown[] = []
  for (const harm of [
    (world: Awaited<ReturnType<typeof deskOf>>) =>
      world.portal.world.deleteItem(2, world.deal.id, demo.director),
    (world: Awaited<ReturnType<typeof deskOf>>) =>
      world.portal.world.moveStage(2, world.deal.id, 'LOSE', demo.director),
    (world: Awaited<ReturnType<typeof deskOf>>) => world.portal.world.dismiss(anna),
  ]) {
    const desk = await deskOf()
    harm(desk)
    const [outcome] = await desk.send(desk.deal.caseId, ...toAnna)
    outcomes.push([outcome?.outcome, outcome?.code])
    desk.backend.close()
  }
  assert.deepEqual(outcomes, [
    ['rejected', 'deleted'],
    ['rejected', 'closed'],
    ['conflict', 'employeeDismissed'],
  ])
})

test('fifty decisions go in few requests, each once', async () => {
  const desk = await deskOf()
  const ids = Array.from({ length: 50 }, () =>
    desk.portal.world.createItem(2, { assignedById: demo.head, stageId: 'NEW', title: 'Много' }),
  )
  const requests = desk.portal.requests()
  const writes = desk.portal.world.writes.length
  const outcomes = await carried(
    desk.backend,
    ids.map(id => decision(`D_${id}`, ...toAnna)),
    ms => desk.clock.sleep(ms, new AbortController().signal),
  )
  assert.ok(outcomes.every(one => one.outcome === 'applied'))
  assert.equal(desk.portal.world.writes.length - writes, 50)
  assert.ok(desk.portal.requests() - requests < 20, String(desk.portal.requests() - requests))
  desk.backend.close()
})

test('passed out of sight and the answer lost: applied, and not called deleted', async () => {
  for (const what of ['deal', 'task'] as const) {
    const desk = await deskOf()
    desk.fault({ kind: 'resetAfter' })
    const [sales, accounts] = [5, 9].map(id => idOf(portalSpace, 'department', String(id)))
    const [outcome] = await desk.send(
      desk[what].caseId,
      { department: accounts ?? null, responsible: null },
      { department: sales ?? null, responsible: null },
    )
    assert.deepEqual([outcome?.outcome, outcome?.code], ['applied', null], what)
    assert.equal(desk.changes(what), 1)
    desk.backend.close()
  }
})

test('what somebody else moved out of sight is not called deleted', async () => {
  const desk = await deskOf()
  desk.portal.world.giveItem(2, desk.deal.id, 30, demo.director)
  const [outcome] = await desk.send(desk.deal.caseId, ...toAnna)
  assert.deepEqual([outcome?.outcome, outcome?.code], ['rejected', 'forbidden'])
  desk.backend.close()
})

test('a task taken by its head stays taken after a restart', async () => {
  const { clock, backend, connect, task } = await deskOf()
  const head = { responsible: person('head') }
  const open = async () => {
    const again = connect()
    const pages: Page[] = []
    for (let cursor: string | null = null; pages.at(-1)?.isUpToDate !== true;) {
      const page: Page = await again.pull(cursor, 100, new AbortController().signal)
      pages.push(page)
      cursor = page.nextCursor
    }
    return pages.flatMap(page => page.cases).find(one => one.caseId.endsWith(task.caseId))
  }
  const before = await open()
  const taking = decision(task.caseId, head, { responsible: null })
  const [outcome] = await carried(backend, [taking], ms =>
    clock.sleep(ms, new AbortController().signal),
  )
  assert.equal(outcome?.current?.responsibleId, person('head'))
  // The portal's time of the task has not moved, and still this is the newer state.
  assert.ok((outcome?.current?.version ?? 0) > (before?.version ?? 0))
})

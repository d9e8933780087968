import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bareId } from './bare-id.ts'
import { assign, type Console, decision, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { dayMs, noon } from './testing/small-company.ts'

type Status = 'open' | 'waiting' | 'awaitingApproval' | 'closed'

let world: HubWorld
let anna: Console
let boris: Console
let vera: Console
before(async () => {
  world = await hubWorld()
  anna = await world.as('anna')
  boris = await world.as('boris')
  vera = await world.as('vera')
})
after(() => world.close())

let made = 0
async function freshCase(more: object = {}): Promise<string> {
  made += 1
  const requestId = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`
  const body = { requestId, subject: 'Новое', departmentId: 'contact', ...more }
  const answer = await anna.ask('POST', '/v1/cases', body)
  assert.equal(answer.status, 201, answer.text)
  return Object(answer.body).id
}
const stored = async (caseId: string) => {
  const row = await world.hub.store.db
    .selectFrom('cases')
    .selectAll()
    .where('caseId', '=', bareId('case', caseId))
    .executeTakeFirst()
  assert.ok(row)
  return row
}
const move = (by: string, caseId: string, to: Status, from: Status, name: string | null = null) =>
  decision(by, caseId, {
    verb: 'progress',
    want: { status: to, statusName: null },
    base: { status: from, statusName: name },
  })
const said = ([outcome]: Awaited<ReturnType<Console['decide']>>) => [
  outcome?.outcome,
  outcome?.code,
]

test('a head moves a case along, closing says when, and history says who and from where', async () => {
  const caseId = await freshCase()
  assert.deepEqual(said(await anna.decide(move('anna', caseId, 'waiting', 'open'))), [
    'applied',
    undefined,
  ])
  await anna.decide(move('anna', caseId, 'closed', 'waiting'))
  const { status, closedAt } = await stored(caseId)
  assert.deepEqual([status, closedAt], ['closed', noon])
  const history = await world.hub.store.db
    .selectFrom('history')
    .selectAll()
    .where('caseId', '=', bareId('case', caseId))
    .orderBy('version')
    .execute()
  const last = history.at(-1)
  assert.deepEqual([last?.verb, last?.employeeId], ['progress', 'anna'])
  assert.deepEqual(
    [JSON.parse(last?.fromFields ?? ''), JSON.parse(last?.toFields ?? '')],
    [
      { status: 'waiting', closedAt: null },
      { status: 'closed', closedAt: noon },
    ],
  )
})

test('whoever does a case may say how it goes, and nothing else; a colleague may not', async () => {
  const caseId = await freshCase({ responsibleId: 'vera' })
  assert.deepEqual(said(await vera.decide(move('vera', caseId, 'waiting', 'open'))), [
    'applied',
    undefined,
  ])
  assert.deepEqual(said(await vera.decide(assign('vera', caseId, 'gleb', 'vera'))), [
    'rejected',
    'forbidden',
  ])
  const both = decision('vera', caseId, {
    verb: 'insist',
    want: { status: 'open', statusName: null, responsible: 'gleb' },
    base: { status: 'waiting', statusName: null, responsible: 'vera' },
  })
  assert.deepEqual(said(await vera.decide(both)), ['rejected', 'forbidden'])
  const gleb = await world.as('gleb')
  assert.deepEqual(said(await gleb.decide(move('gleb', caseId, 'closed', 'waiting'))), [
    'rejected',
    'forbidden',
  ])
  assert.deepEqual(said(await boris.decide(move('boris', caseId, 'closed', 'waiting'))), [
    'rejected',
    'forbidden',
  ])
})

test('a closed case is opened again by its stage alone', async () => {
  const caseId = await freshCase()
  await anna.decide(move('anna', caseId, 'closed', 'open'))
  assert.deepEqual(said(await anna.decide(assign('anna', caseId, 'vera'))), ['rejected', 'closed'])
  const renamed = decision('anna', caseId, {
    verb: 'progress',
    want: { status: 'closed', statusName: 'Иначе' },
    base: { status: 'closed', statusName: null },
  })
  assert.deepEqual(said(await anna.decide(renamed)), ['rejected', 'closed'])
  assert.deepEqual(said(await anna.decide(move('anna', caseId, 'open', 'closed'))), [
    'applied',
    undefined,
  ])
  const { status, closedAt } = await stored(caseId)
  assert.deepEqual([status, closedAt], ['open', null])
})

test('what somebody else moved meanwhile is a conflict that says who and when', async () => {
  const caseId = await freshCase()
  const director = await world.as('director')
  await director.decide(move('director', caseId, 'closed', 'open'))
  const [outcome] = await anna.decide(move('anna', caseId, 'waiting', 'open'))
  assert.deepEqual(
    [outcome?.outcome, outcome?.code, outcome?.changedBy, outcome?.changedAt],
    ['conflict', 'changed', 'director', noon],
  )
  assert.equal(outcome?.current?.status, 'closed')
  const mine = move('anna', caseId, 'waiting', 'closed')
  assert.deepEqual(said(await anna.decide(mine)), ['applied', undefined])
  assert.deepEqual(said(await anna.decide(mine)), ['applied', undefined], 'the same once more')
  const again = move('anna', caseId, 'waiting', 'open')
  assert.deepEqual(said(await anna.decide(again)), ['alreadySo', undefined])
})

test('the name of a stage is never decided without the stage', async () => {
  const caseId = await freshCase()
  const nameOnly = decision('anna', caseId, {
    want: { statusName: 'Ждём' },
    base: { statusName: null },
  })
  assert.deepEqual(said(await anna.decide(nameOnly)), ['rejected', 'invalid'])
})

test('a move leaves a deferral to a moment alone and ends one until the case changes', async () => {
  const caseId = await freshCase()
  const until = noon + 2 * dayMs
  const defer = decision('anna', caseId, {
    verb: 'defer',
    want: { deferredUntil: until },
    base: { deferredUntil: null },
  })
  await anna.decide(defer)
  await anna.decide(move('anna', caseId, 'waiting', 'open'))
  assert.equal((await stored(caseId)).deferredUntil, until)
})

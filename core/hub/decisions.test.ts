import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { bareId } from './bare-id.ts'
import { assign, type Console, decision, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { dayMs, noon } from './testing/small-company.ts'

let world: HubWorld
let anna: Console
let director: Console
before(async () => {
  world = await hubWorld()
  anna = await world.as('anna')
  director = await world.as('director')
})
after(() => world.close())

const stored = async (caseId: string) => {
  const row = await world.hub.store.db
    .selectFrom('cases')
    .selectAll()
    .where('caseId', '=', bareId('case', caseId))
    .executeTakeFirst()
  assert.ok(row)
  return row
}
const historyOf = (caseId: string) =>
  world.hub.store.db
    .selectFrom('history')
    .selectAll()
    .where('caseId', '=', bareId('case', caseId))
    .orderBy('version')
    .execute()
const auditCount = async () =>
  Number(
    (
      await world.hub.store.db
        .selectFrom('audit')
        .select(eb => eb.fn.countAll<number | string>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
const code = ([outcome]: Awaited<ReturnType<Console['decide']>>) => [
  outcome?.outcome,
  outcome?.code,
]

/** A case of contact, made for one test. */
async function freshCase(by: Console = anna, more: object = {}): Promise<string> {
  const answer = await by.ask('POST', '/v1/cases', {
    requestId: randomUUID(),
    subject: 'Новое',
    departmentId: 'contact',
    ...more,
  })
  assert.equal(answer.status, 201, answer.text)
  return Object(answer.body).id
}

test('a decision is carried out with its history, its audit and the mark of the receiver, all of one version', async () => {
  const caseId = await freshCase()
  const audited = await auditCount()
  const [outcome] = await anna.decide(
    decision('anna', caseId, {
      want: { responsible: 'vera' },
      base: { responsible: null },
      reasons: [{ code: 'load', after: 6, limit: 10 }],
    }),
  )
  assert.equal(outcome?.outcome, 'applied')
  assert.equal(outcome?.replayed, false)
  assert.equal(outcome?.current?.responsibleId, 'vera')
  const row = await stored(caseId)
  assert.equal(row.assignedAt, noon)
  const last = (await historyOf(caseId)).at(-1)
  assert.equal(last?.version, row.version)
  assert.equal(last?.employeeId, 'anna')
  assert.deepEqual(JSON.parse(last?.reasons ?? ''), [{ code: 'load', after: 6, limit: 10 }])
  assert.deepEqual(JSON.parse(last?.toFields ?? ''), { responsible: 'vera' })
  const vera = await world.hub.store.db
    .selectFrom('employees')
    .selectAll()
    .where('employeeId', '=', bareId('employee', 'vera'))
    .executeTakeFirst()
  assert.equal(vera?.lastAssignedAt, noon)
  assert.equal(vera?.version, row.version)
  assert.equal(await auditCount(), audited + 1)
})

test('the same decision again gives the first outcome and changes nothing, whatever happened since', async () => {
  const caseId = await freshCase()
  const first = assign('anna', caseId, 'vera')
  await anna.decide(first)
  await anna.decide(assign('anna', caseId, 'gleb', 'vera'))
  const version = await world.hub.store.version()
  const [again] = await anna.decide(first)
  assert.equal(again?.outcome, 'applied')
  assert.equal(again?.replayed, true)
  assert.equal(again?.current?.responsibleId, 'gleb')
  assert.equal(await world.hub.store.version(), version)
})

test('the same decision twice in one request is carried out once', async () => {
  const caseId = await freshCase()
  const twice = assign('anna', caseId, 'vera')
  const outcomes = await anna.decide(twice, twice)
  assert.deepEqual(
    outcomes.map(one => [one.outcome, one.replayed]),
    [
      ['applied', false],
      ['applied', true],
    ],
  )
})

test('the same id with other content refuses the whole request and names the decision', async () => {
  const [one, two] = [await freshCase(), await freshCase()]
  const known = assign('anna', one, 'vera')
  await anna.decide(known)
  const other = { ...known, want: { responsible: 'gleb' } }
  const innocent = assign('anna', two, 'vera')
  const answer = await anna.ask('POST', '/v1/decisions', { decisions: [innocent, other] })
  assert.equal(answer.status, 422)
  assert.equal(Object(answer.body).code, 'otherContent')
  assert.equal(Object(answer.body).field, known.decisionId)
  assert.equal((await stored(two)).responsibleId, null)
  assert.equal((await stored(one)).responsibleId, 'vera')
})

test('one new id with two contents in one request is refused too', async () => {
  const caseId = await freshCase()
  const one = assign('anna', caseId, 'vera')
  const answer = await anna.ask('POST', '/v1/decisions', {
    decisions: [one, { ...one, want: { responsible: 'gleb' } }],
  })
  assert.equal(answer.status, 422)
  assert.equal((await stored(caseId)).responsibleId, null)
})

test('a field that is not what the head saw is a conflict that says who and when', async () => {
  const caseId = await freshCase()
  world.clock.now = noon + 1000
  await director.decide(assign('director', caseId, 'gleb'))
  world.clock.now = noon + 2000
  const [outcome] = await anna.decide(assign('anna', caseId, 'vera'))
  world.clock.now = noon
  assert.deepEqual([outcome?.outcome, outcome?.code], ['conflict', 'changed'])
  assert.equal(outcome?.changedBy, 'director')
  assert.equal(outcome?.changedAt, noon + 1000)
  assert.equal(outcome?.current?.responsibleId, 'gleb')
})

test('a conflict is judged on the named fields alone', async () => {
  const caseId = await freshCase()
  await anna.ask('PATCH', `/v1/cases/${caseId}`, { priority: 3, dueAt: noon + 5 * dayMs })
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'vera'))), ['applied', undefined])
})

test('what is already so is said to be so, even on another base', async () => {
  const caseId = await freshCase()
  await director.decide(assign('director', caseId, 'vera'))
  const version = await world.hub.store.version()
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'vera'))), [
    'alreadySo',
    undefined,
  ])
  assert.equal(await world.hub.store.version(), version)
})

test('closed, unknown and dismissed are told apart', async () => {
  const caseId = await freshCase()
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'fired'))), [
    'conflict',
    'employeeDismissed',
  ])
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'nobody'))), [
    'rejected',
    'invalid',
  ])
  assert.deepEqual(code(await anna.decide(assign('anna', 'no-such-case', 'vera'))), [
    'rejected',
    'deleted',
  ])
  const nowhere = decision('anna', caseId, {
    want: { department: 'nowhere' },
    base: { department: 'contact' },
  })
  assert.deepEqual(code(await anna.decide(nowhere)), ['rejected', 'invalid'])
  assert.deepEqual(code(await anna.decide(assign('anna', 'contact-closed', null, 'vera'))), [
    'rejected',
    'closed',
  ])
})

test('a decision that names nothing, unlike fields or no department is invalid and poisons nobody else', async () => {
  const caseId = await freshCase()
  const outcomes = await anna.decide(
    decision('anna', caseId, { want: {}, base: {} }),
    decision('anna', caseId, { want: { responsible: 'vera' }, base: { department: 'contact' } }),
    decision('anna', caseId, { want: { department: null }, base: { department: 'contact' } }),
    decision('anna', caseId, {
      want: { responsible: 'vera' },
      base: { responsible: null },
      kind: 'comment',
    }),
    assign('anna', caseId, 'vera'),
  )
  assert.deepEqual(
    outcomes.map(one => one.code ?? one.outcome),
    ['invalid', 'invalid', 'invalid', 'invalid', 'applied'],
  )
})

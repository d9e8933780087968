import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { untilChange } from '../domain/case.ts'
import { bareId } from './bare-id.ts'
import { changeOrg } from './store/change-org.ts'
import { assign, type Console, decision, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { dayMs, noon, person } from './testing/small-company.ts'

let world: HubWorld
let anna: Console
let boris: Console
let director: Console
before(async () => {
  world = await hubWorld()
  anna = await world.as('anna')
  boris = await world.as('boris')
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

test('a head gives out in the scope, to people of the scope, and passes anywhere', async () => {
  assert.deepEqual(code(await anna.decide(assign('anna', 'sales-free', 'vera'))), [
    'rejected',
    'forbidden',
  ])
  const caseId = await freshCase()
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'dina'))), [
    'rejected',
    'forbidden',
  ])
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'zoya'))), ['applied', undefined])
  const pass = decision('anna', caseId, {
    verb: 'pass',
    want: { department: 'sales', responsible: null },
    base: { department: 'contact', responsible: 'zoya' },
  })
  const [passed] = await anna.decide(pass)
  assert.equal(passed?.outcome, 'applied')
  assert.equal(passed?.current, undefined, 'what was passed on is no longer seen')
  const told = JSON.parse((await historyOf(caseId)).at(-1)?.reasons ?? '')
  assert.deepEqual(told, [{ code: 'hub.route.toInbox', name: 'Имя boris', employeeId: 'boris' }])
  assert.deepEqual(code(await anna.decide(assign('anna', caseId, 'vera'))), [
    'rejected',
    'forbidden',
  ])
  assert.deepEqual(code(await boris.decide(assign('boris', caseId, 'dina'))), [
    'applied',
    undefined,
  ])
})

test('whoever passed a case on may take exactly that back, while nobody has touched it', async () => {
  const caseId = await freshCase()
  const pass = decision('anna', caseId, {
    verb: 'pass',
    want: { department: 'sales', responsible: null },
    base: { department: 'contact', responsible: null },
  })
  const back = (undoes: string | null) =>
    decision('anna', caseId, {
      verb: 'undo',
      undoes,
      want: { department: 'contact', responsible: null },
      base: { department: 'sales', responsible: null },
    })
  await anna.decide(pass)
  assert.deepEqual(code(await anna.decide(back(null))), ['rejected', 'forbidden'])
  assert.deepEqual(code(await anna.decide(back(pass.decisionId))), ['applied', undefined])
  const again = { ...pass, decisionId: randomUUID() }
  await anna.decide(again)
  await boris.decide(assign('boris', caseId, 'dina'))
  const [late] = await anna.decide({
    ...back(again.decisionId),
    base: { department: 'sales', responsible: null },
    want: { department: 'contact', responsible: null },
  })
  assert.deepEqual([late?.outcome, late?.code], ['conflict', 'changed'])
  assert.equal(late?.current, undefined)
  assert.equal(late?.changedBy, undefined)
})

test('«until the case changes» ends with any other change and not with a deferral', async () => {
  const caseId = await freshCase()
  const defer = (until: number | null, base: number | null) =>
    decision('anna', caseId, {
      verb: 'defer',
      want: { deferredUntil: until },
      base: { deferredUntil: base },
    })
  await anna.decide(defer(untilChange, null))
  assert.equal((await stored(caseId)).deferredUntil, untilChange)
  await anna.decide(assign('anna', caseId, 'vera'))
  assert.equal((await stored(caseId)).deferredUntil, null)
  assert.deepEqual(JSON.parse((await historyOf(caseId)).at(-1)?.toFields ?? ''), {
    responsible: 'vera',
    deferredUntil: null,
  })
  await anna.decide(defer(noon + dayMs, null))
  await anna.decide(assign('anna', caseId, 'gleb', 'vera'))
  assert.equal((await stored(caseId)).deferredUntil, noon + dayMs)
  await anna.decide(defer(untilChange, noon + dayMs))
  await anna.ask('PATCH', `/v1/cases/${caseId}`, { priority: 2 })
  assert.equal((await stored(caseId)).deferredUntil, null)
})

test('a substitution that has ended is judged by the moment of the decision', async () => {
  const gleb = await world.as('gleb')
  await changeOrg(world.hub.store, {
    substitutions: [
      {
        substitutionId: bareId('substitution', 's1'),
        employeeId: bareId('employee', 'anna'),
        substituteId: bareId('employee', 'gleb'),
        fromAt: noon - 2 * dayMs,
        untilAt: noon - dayMs,
      },
    ],
  })
  const [inTime, late, ahead] = [await freshCase(), await freshCase(), await freshCase()]
  const at = (caseId: string, issuedAt: number) => ({ ...assign('gleb', caseId, 'vera'), issuedAt })
  assert.deepEqual(code(await gleb.decide(at(inTime, noon - dayMs - 1))), ['applied', undefined])
  assert.deepEqual(code(await gleb.decide(at(late, noon - dayMs))), ['rejected', 'forbidden'])
  await changeOrg(world.hub.store, {
    substitutions: [
      {
        substitutionId: bareId('substitution', 's2'),
        employeeId: bareId('employee', 'anna'),
        substituteId: bareId('employee', 'gleb'),
        fromAt: noon + dayMs,
        untilAt: noon + 2 * dayMs,
      },
    ],
  })
  assert.deepEqual(
    code(await gleb.decide(at(ahead, noon + dayMs))),
    ['rejected', 'forbidden'],
    'the future is judged as now',
  )
  await changeOrg(world.hub.store, {
    endedSubstitutions: [bareId('substitution', 's1'), bareId('substitution', 's2')],
  })
})

test("nobody decides in somebody else's name, and a refused stranger leaves no trace on the id", async () => {
  const caseId = await freshCase()
  const annas = assign('anna', caseId, 'vera')
  assert.deepEqual(code(await boris.decide(annas)), ['rejected', 'forbidden'])
  assert.deepEqual(code(await anna.decide(annas)), ['applied', undefined])
  const [stranger] = await boris.decide({ ...annas, want: { responsible: 'gleb' } })
  assert.deepEqual([stranger?.outcome, stranger?.current], ['rejected', undefined])
})

test("a machine decides in the name of a person with that person's rights", async () => {
  const robot = await world.as(null, 'agent')
  const caseId = await freshCase()
  assert.deepEqual(code(await robot.decide(assign('vera', caseId, 'gleb'))), [
    'rejected',
    'forbidden',
  ])
  const byRule = {
    ...assign('anna', caseId, 'gleb'),
    issuedBy: { employeeId: 'anna', ruleId: 'r1', ruleVersion: 3 },
  }
  assert.deepEqual(code(await robot.decide(byRule)), ['applied', undefined])
  const last = (await historyOf(caseId)).at(-1)
  assert.deepEqual([last?.ruleId, last?.ruleVersion, last?.employeeId], ['r1', 3, 'anna'])
  assert.deepEqual(code(await robot.decide(assign('fired', await freshCase(), 'gleb'))), [
    'rejected',
    'forbidden',
  ])
})

test('a person dismissed while holding cases: the cases stay, nothing more is given, the token is dead', async () => {
  await changeOrg(world.hub.store, {
    employees: [person('temp')],
    posts: [
      {
        postId: bareId('post', 'temp@contact'),
        departmentId: bareId('department', 'contact'),
        name: '',
        employeeId: bareId('employee', 'temp'),
        isHead: false,
      },
    ],
  })
  const temp = await world.as('temp')
  const [held, next] = [await freshCase(), await freshCase()]
  await anna.decide(assign('anna', held, 'temp'))
  assert.equal((await temp.ask('GET', '/v1/me')).status, 200)
  await changeOrg(world.hub.store, { employees: [person('temp', { isDismissed: true })] })
  assert.equal((await temp.ask('GET', '/v1/me')).status, 401)
  assert.deepEqual(code(await anna.decide(assign('anna', next, 'temp'))), [
    'conflict',
    'employeeDismissed',
  ])
  assert.deepEqual(code(await anna.decide(assign('anna', held, null, 'temp'))), [
    'applied',
    undefined,
  ])
})

test('two heads racing for one case: one wins, the other is told', async () => {
  const caseId = await freshCase()
  const outcomes = (
    await Promise.all([
      anna.decide(assign('anna', caseId, 'vera')),
      director.decide(assign('director', caseId, 'gleb')),
    ])
  ).flat()
  assert.deepEqual(outcomes.map(one => one.outcome).sort(), ['applied', 'conflict'])
})

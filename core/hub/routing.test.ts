import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { bareId } from './bare-id.ts'
import type { Company } from './company.ts'
import { changeOrg } from './store/change-org.ts'
import { type Console, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { dayMs, noon, smallCompany } from './testing/small-company.ts'

const worlds: HubWorld[] = []
after(() => Promise.all(worlds.map(world => world.close())))
async function opened(company: Company = smallCompany([])): Promise<HubWorld> {
  const world = await hubWorld(company)
  worlds.push(world)
  return world
}

/** Where a new case went and what its history says of the way. */
async function routed(world: HubWorld, by: Console, wanted: object) {
  const answer = await by.ask('POST', '/v1/cases', {
    requestId: randomUUID(),
    subject: 'Новое',
    ...wanted,
  })
  assert.equal(answer.status, 201, answer.text)
  const caseId = bareId('case', String(Object(answer.body).id))
  const row = await world.hub.store.db
    .selectFrom('cases')
    .selectAll()
    .where('caseId', '=', caseId)
    .executeTakeFirstOrThrow()
  const line = await world.hub.store.db
    .selectFrom('history')
    .selectAll()
    .where('caseId', '=', caseId)
    .executeTakeFirstOrThrow()
  const reasons: { code: string; employeeId?: string }[] = JSON.parse(line.reasons)
  return {
    row,
    codes: reasons.map(reason => reason.code),
    headId: reasons.at(-1)?.employeeId,
    verb: line.verb,
  }
}

test('an order-closing case goes to the contact centre and so to its head', async () => {
  const world = await opened()
  const { row, codes, headId, verb } = await routed(world, await world.as('dina'), {
    kindId: 'closing',
  })
  assert.equal(verb, 'created')
  assert.equal(row.departmentId, 'contact')
  assert.equal(row.responsibleId, null)
  assert.equal(headId, 'anna')
  assert.deepEqual(codes, ['hub.route.placedByKind', 'hub.route.toInbox'])
})

test("its own department comes before the kind, the responsible's before the top", async () => {
  const world = await opened()
  const director = await world.as('director')
  assert.equal(
    (await routed(world, director, { kindId: 'closing', departmentId: 'sales' })).headId,
    'boris',
  )
  const held = await routed(world, director, { responsibleId: 'dina' })
  assert.deepEqual(
    [held.row.departmentId, held.codes],
    ['sales', ['hub.route.placedByResponsible']],
  )
  const top = await routed(world, director, { kindId: 'deal' })
  assert.deepEqual([top.row.departmentId, top.headId], ['top', 'director'])
  assert.deepEqual(top.codes, ['hub.route.placedAtTop', 'hub.route.toInbox'])
  assert.equal(top.row.weight, 2, "the weight is the kind's")
})

test('a department without a head leads to the head above and says so', async () => {
  const world = await opened()
  const { headId, codes } = await routed(world, await world.as('anna'), { departmentId: 'shift' })
  assert.equal(headId, 'anna')
  assert.deepEqual(codes, ['hub.route.placedByHand', 'noHead', 'hub.route.toInbox'])
})

test('an absent head: the active substitute, else the head above; nobody reads why the head is away', async () => {
  const world = await opened()
  const anna = await world.as('anna')
  const away = {
    absenceId: bareId('absence', 'a'),
    employeeId: bareId('employee', 'anna'),
    kind: 'sick' as const,
    fromAt: noon - dayMs,
    untilAt: noon + dayMs,
  }
  await changeOrg(world.hub.store, { absences: [away] })
  const above = await routed(world, anna, { departmentId: 'contact' })
  assert.deepEqual(
    [above.headId, above.codes],
    ['director', ['hub.route.placedByHand', 'headAway', 'hub.route.toInbox']],
  )
  const line = await world.hub.store.db
    .selectFrom('history')
    .select('reasons')
    .where('caseId', '=', above.row.caseId)
    .executeTakeFirstOrThrow()
  assert.ok(!line.reasons.includes('sick'))
  await changeOrg(world.hub.store, {
    substitutions: [
      {
        substitutionId: bareId('substitution', 's'),
        employeeId: bareId('employee', 'anna'),
        substituteId: bareId('employee', 'vera'),
        fromAt: noon - dayMs,
        untilAt: noon + dayMs,
      },
    ],
  })
  assert.equal((await routed(world, anna, { departmentId: 'contact' })).headId, 'vera')
})

test('a company without any head keeps the case at the top, and the audit says so', async () => {
  const company = smallCompany([])
  const world = await opened({
    ...company,
    posts: company.posts.map(post => ({ ...post, isHead: false })),
  })
  const { row, codes, headId } = await routed(world, await world.as('dina'), {
    departmentId: 'sales',
  })
  assert.equal(row.departmentId, 'top')
  assert.equal(headId, undefined)
  assert.equal(codes.at(-1), 'hub.route.toTop')
  assert.ok(codes.includes('noHeadAtAll'))
  const audited = await world.hub.store.db
    .selectFrom('audit')
    .select('detail')
    .where('entityId', '=', row.caseId)
    .executeTakeFirstOrThrow()
  assert.match(audited.detail, /noHeadAtAll/)
})

test('cases of a seed without a department get one', async () => {
  const company = smallCompany([])
  const { cases: _, ...rest } = company
  const one = {
    ...(await import('./testing/small-company.ts')).companyCase('lost', { departmentId: null }),
  }
  const world = await opened({
    ...rest,
    cases: [
      { ...one, caseId: bareId('case', 'by-kind'), kindId: bareId('kind', 'closing') },
      { ...one, caseId: bareId('case', 'by-person'), responsibleId: bareId('employee', 'dina') },
      { ...one, caseId: bareId('case', 'nowhere'), departmentId: bareId('department', 'gone') },
    ],
  })
  const rows = await world.hub.store.db
    .selectFrom('cases')
    .select(['caseId', 'departmentId'])
    .orderBy('caseId')
    .execute()
  assert.deepEqual(
    rows.map(row => [row.caseId, row.departmentId]),
    [
      ['by-kind', 'contact'],
      ['by-person', 'sales'],
      ['nowhere', 'top'],
    ],
  )
})

test('the same request makes one case; with other content it is refused', async () => {
  const world = await opened()
  const dina = await world.as('dina')
  const wanted = { requestId: randomUUID(), subject: 'Одно', clientId: 'c2', phones: ['+7 900'] }
  const first = await dina.ask('POST', '/v1/cases', wanted)
  const again = await dina.ask('POST', '/v1/cases', wanted)
  assert.deepEqual([first.status, again.status], [201, 200])
  assert.equal(Object(first.body).id, Object(again.body).id)
  assert.deepEqual([Object(first.body).replayed, Object(again.body).replayed], [false, true])
  assert.equal((await dina.ask('POST', '/v1/cases', { ...wanted, subject: 'Другое' })).status, 422)
  const rows = await world.hub.store.db.selectFrom('cases').selectAll().execute()
  assert.equal(rows.length, 1)
  assert.equal(rows[0]?.clientName, 'Клиент c2')
})

test('what the hub does not know is named by its field', async () => {
  const world = await opened()
  const director = await world.as('director')
  for (const [field, value, status] of [
    ['departmentId', 'x', 422],
    ['kindId', 'x', 422],
    ['clientId', 'x', 422],
    ['responsibleId', 'x', 422],
    ['responsibleId', 'fired', 409],
  ] as const) {
    const answer = await director.ask('POST', '/v1/cases', {
      requestId: randomUUID(),
      subject: 'x',
      [field]: value,
    })
    assert.equal(answer.status, status, answer.text)
    assert.equal(Object(answer.body).field, field)
  }
  assert.equal((await world.hub.store.db.selectFrom('cases').selectAll().execute()).length, 0)
})

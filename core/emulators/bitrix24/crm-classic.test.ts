import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { portalUnderTest } from './test-portal.ts'

test('§2.5: old lists are UPPER_CASE, everything in them is text', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11, opportunity: 1000 })
  const answer = await call(11, 'crm.deal.list', { filter: { ID: id } })
  const [row] = answer.body['result'] as Record<string, unknown>[]
  assert.deepEqual(
    [row?.['ID'], row?.['ASSIGNED_BY_ID'], row?.['OPPORTUNITY'], row?.['DATE_MODIFY']],
    [String(id), '11', '1000.00', '2026-11-23T10:00:00+03:00'],
  )
  assert.equal('CONTACT_IDS' in (row ?? {}), false)
})

test('§3.2: old methods fail with an empty code', async () => {
  const { call, portal } = portalUnderTest()
  const hidden = portal.world.createItem(2, { title: 'a', assignedById: demo.stranger })
  const told: unknown[] = []
  for (const [method, params] of [
    ['crm.deal.get', {}],
    ['crm.deal.get', { id: 999_999 }],
    ['crm.deal.get', { id: hidden }],
    ['crm.contact.update', { id: 999_999, fields: {} }],
    ['crm.lead.update', { id: 101 }],
  ] as const) {
    const { status, body } = await call(demo.director, method, params)
    told.push([status, body['error'], body['error_description']])
  }
  assert.deepEqual(told.slice(0, 2), [
    [400, '', 'ID is not defined or invalid.'],
    [400, '', 'Not found'],
  ])
  assert.deepEqual(told.slice(3), [
    [400, '', 'Contact is not found'],
    [400, '', "Parameter 'fields' must be array"],
  ])
  const denied = await call(11, 'crm.deal.get', { id: hidden })
  assert.deepEqual([denied.body['error'], denied.body['error_description']], ['', 'Access denied'])
})

test('§3.2: giving a deal leaves its contact where it was', async () => {
  const { call, portal } = portalUnderTest()
  const { world } = portal
  const contactId = world.createItem(3, { name: 'Алла', assignedById: 12 })
  const id = world.createItem(2, { title: 'a', assignedById: demo.head, contactIds: [contactId] })
  const fields = { ASSIGNED_BY_ID: 11 }
  assert.equal((await call(demo.head, 'crm.deal.update', { id, fields })).body['result'], true)
  assert.equal(world.item(3, contactId)?.['assignedById'], 12)
  const links = await call(demo.head, 'crm.deal.contact.items.get', { id })
  assert.deepEqual(links.body['result'], [
    { CONTACT_ID: contactId, SORT: 10, ROLE_ID: 0, IS_PRIMARY: 'Y' },
  ])
})

test('§3.1: stages are told by SEMANTICS, null is on the way', async () => {
  const { call } = portalUnderTest()
  const filter = { ENTITY_ID: 'DEAL_STAGE_9' }
  const answer = await call(demo.head, 'crm.status.list', { filter, order: { SORT: 'ASC' } })
  const rows = answer.body['result'] as Record<string, unknown>[]
  assert.deepEqual(
    rows.map(row => [row['STATUS_ID'], row['SEMANTICS']]),
    [
      ['C9:NEW', null],
      ['C9:PREPAYMENT_INVOICE', null],
      ['C9:UC_NYL06U', null],
      ['C9:WON', 'S'],
      ['C9:LOSE', 'F'],
      ['C9:APOLOGY', 'F'],
    ],
  )
  assert.match(String(rows[0]?.['COLOR']), /^#/)
})

test('§3.1: leads have no funnels, deals have two', async () => {
  const { call } = portalUnderTest()
  const deals = await call(demo.head, 'crm.category.list', { entityTypeId: 2 })
  assert.deepEqual(
    (deals.at('result', 'categories') as { id: number }[]).map(row => row.id),
    [9, 0],
  )
  const leads = await call(demo.head, 'crm.category.list', { entityTypeId: 1 })
  assert.equal(leads.body['error'], 'ENTITY_TYPE_NOT_SUPPORTED')
})

test('§3.2: a comment is made anew at every call', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11 })
  const fields = { ENTITY_ID: id, ENTITY_TYPE: 'deal', COMMENT: '[op:1]' }
  await call(11, 'crm.timeline.comment.add', { fields })
  await call(11, 'crm.timeline.comment.add', { fields })
  const wrongCase = await call(11, 'crm.timeline.comment.add', { FIELDS: fields })
  assert.equal(wrongCase.body['error'], '100')
  const filter = { ENTITY_ID: id, ENTITY_TYPE: 'deal' }
  const found = await call(11, 'crm.timeline.comment.list', { filter })
  assert.equal(found.body['total'], 2)
})

test('§3.2: a to-do of a deal changes hands by itself, and not once it is done', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11 })
  const owner = { ownerTypeId: 2, ownerId: id }
  const todo = { ...owner, deadline: '2026-11-24T15:00:00', title: 'b', responsibleId: 11 }
  const made = await call(demo.head, 'crm.activity.todo.add', todo)
  const activityId = made.at('result', 'id')
  const give = () =>
    call(demo.head, 'crm.activity.todo.updateResponsibleUser', {
      ...owner,
      id: activityId,
      responsibleId: 12,
    })
  assert.deepEqual((await give()).body['result'], { id: activityId })
  const filter = { BINDINGS: [{ OWNER_TYPE_ID: 2, OWNER_ID: id }] }
  const listed = await call(demo.head, 'crm.activity.list', { filter })
  assert.equal(listed.at('result', 0, 'RESPONSIBLE_ID'), '12')
  await call(demo.head, 'crm.activity.update', { id: activityId, fields: { COMPLETED: 'Y' } })
  assert.equal((await give()).body['error'], 'CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO')
})

test('custom fields need an administrator, are called UF_CRM_… and appear in items', async () => {
  const { call, portal } = portalUnderTest()
  const fields = {
    FIELD_NAME: 'NACHALO_OP',
    USER_TYPE_ID: 'string',
    EDIT_FORM_LABEL: { ru: 'Начало' },
  }
  assert.equal((await call(demo.head, 'crm.deal.userfield.add', { fields })).body['error'], '')
  const made = await call(demo.director, 'crm.deal.userfield.add', { fields })
  assert.equal(typeof made.body['result'], 'number')
  const twice = await call(demo.director, 'crm.deal.userfield.add', { fields })
  assert.equal(twice.status, 400)
  const filter = { FIELD_NAME: 'UF_CRM_NACHALO_OP' }
  const found = await call(demo.head, 'crm.deal.userfield.list', { filter })
  assert.equal(found.body['total'], 1)
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11 })
  const change = { entityTypeId: 2, id, fields: { ufCrmNachaloOp: 'x' } }
  const camel = await call(11, 'crm.item.update', change)
  assert.equal(camel.at('result', 'item', 'ufCrmNachaloOp'), 'x')
  const original = await call(11, 'crm.item.get', { entityTypeId: 2, id, useOriginalUfNames: 'Y' })
  assert.equal(original.at('result', 'item', 'UF_CRM_NACHALO_OP'), 'x')
})

test('a field name may be too long; fields of processes want two scopes', async () => {
  const { call, portal } = portalUnderTest({ quirks: { longestFieldName: 20 } })
  const fields = { FIELD_NAME: 'NACHALO_DECISION', USER_TYPE_ID: 'string' }
  const refused = await call(demo.director, 'crm.deal.userfield.add', { fields })
  assert.deepEqual(
    [refused.status, refused.body['error_description']],
    [400, 'Field name is too long (more than 20 characters).'],
  )
  for (const scopes of [['crm'], ['userfieldconfig']]) {
    const hook = portal.webhook(demo.director, scopes)
    assert.equal((await portal.fetch(`${hook}userfieldconfig.list`)).status, 401)
  }
})

test('custom fields of a smart process are named by the id of its type', async () => {
  const { call, portal } = portalUnderTest()
  const field = { entityId: 'CRM_3', fieldName: 'UF_CRM_3_OP', userTypeId: 'string' }
  const params = { moduleId: 'crm', field }
  assert.equal((await call(demo.director, 'userfieldconfig.add', params)).status, 200)
  const id = portal.world.createItem(demo.complaints, { title: 'a', assignedById: 11 })
  const change = { entityTypeId: demo.complaints, id, fields: { ufCrm3Op: 'x' } }
  const answer = await call(11, 'crm.item.update', change)
  assert.equal(answer.at('result', 'item', 'ufCrm3Op'), 'x')
})

test('§3.8: a number leads to a client, its responsible and whether he is at work', async () => {
  const { call, portal } = portalUnderTest()
  const fm = [{ id: 1, typeId: 'PHONE', valueType: 'WORK', value: '+7 (911) 000-11-22' }]
  portal.world.createItem(3, { name: 'Алла', lastName: 'Ольхова', assignedById: 13, fm })
  const search = 'telephony.externalCall.searchCrmEntities'
  const answer = await call(demo.head, search, { PHONE_NUMBER: '89110001122' })
  assert.deepEqual(
    [answer.at('result', 0, 'ASSIGNED_BY_ID'), answer.at('result', 0, 'NAME')],
    [13, 'Алла Ольхова'],
  )
  assert.equal(answer.at('result', 0, 'ASSIGNED_BY', 'TIMEMAN_STATUS'), 'PAUSED')
})

test('§3.8: calls are read on by >ID; an employee may not', async () => {
  const { call } = portalUnderTest({ cases: 200 })
  const params = { FILTER: { '>ID': 710 }, SORT: 'ID', ORDER: 'ASC' }
  const answer = await call(demo.director, 'voximplant.statistic.get', params)
  assert.equal(answer.at('result', 0, 'ID'), '711')
  const refused = await call(11, 'voximplant.statistic.get', params)
  assert.deepEqual([refused.status, refused.body['error']], [403, 'ACCESS_DENIED'])
})

test('§1.1: without a paid plan there is no REST, with the same code as a lack of rights', async () => {
  const { call } = portalUnderTest({ quirks: { hasRest: false } })
  const answer = await call(demo.head, 'profile')
  assert.deepEqual(
    [answer.status, answer.body['error'], answer.body['error_description']],
    [403, 'ACCESS_DENIED', 'REST is available only on commercial plans.'],
  )
})

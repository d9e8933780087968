import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { portalUnderTest } from './test-portal.ts'

/** Every method the page tells of and the console may need. */
const named = `
batch profile scope method.get server.time feature.get app.info user.admin user.current user.get
department.get im.user.get im.user.list.get im.department.get im.department.managers.get
im.department.employees.get im.notify.system.add im.notify.personal.add
timeman.status timeman.settings calendar.accessibility.get
crm.item.list crm.item.get crm.item.update crm.item.add crm.item.delete crm.item.fields
crm.deal.list crm.deal.get crm.deal.update crm.lead.list crm.lead.get crm.lead.update
crm.contact.list crm.contact.get crm.contact.update crm.deal.contact.items.get
crm.type.list crm.category.list crm.status.list crm.status.entity.items crm.stagehistory.list
crm.deal.userfield.list crm.deal.userfield.add crm.lead.userfield.list crm.lead.userfield.add
userfieldconfig.add crm.duplicate.findbycomm crm.activity.list crm.activity.update
crm.activity.todo.add crm.activity.todo.updateResponsibleUser
crm.timeline.comment.add crm.timeline.comment.list
tasks.task.list tasks.task.get tasks.task.update tasks.task.delegate tasks.task.add
tasks.task.getAccess tasks.task.history.list
voximplant.statistic.get telephony.externalCall.searchCrmEntities telephony.externalCall.register
event.bind event.unbind event.get event.offline.get event.offline.list event.offline.clear
event.offline.error`
  .trim()
  .split(/\s+/)

test('§10: every method of the page is known', async () => {
  const { call } = portalUnderTest()
  for (const method of named)
    assert.notEqual(
      (await call(demo.director, method)).body['error'],
      'ERROR_METHOD_NOT_FOUND',
      method,
    )
})

test('§1.3: method.get tells whether there is a method and whether it may be called', async () => {
  const { portal } = portalUnderTest()
  const hook = portal.webhook(demo.head, ['user'])
  const about = async (name: string): Promise<unknown> =>
    Object(await (await portal.fetch(`${hook}method.get?name=${name}`)).json()).result
  assert.deepEqual(await about('crm.item.list'), { isExisting: true, isAvailable: false })
  assert.deepEqual(await about('user.get'), { isExisting: true, isAvailable: true })
  assert.deepEqual(await about('no.such'), { isExisting: false, isAvailable: false })
})

test('§1.3: the probe of a connection is one batch', async () => {
  const { call } = portalUnderTest()
  const cmd = {
    me: 'profile',
    admin: 'user.admin',
    scope: 'scope',
    time: 'server.time',
    extended: 'feature.get?CODE=rest_offline_extended',
  }
  const answer = await call(demo.director, 'batch', { cmd })
  assert.deepEqual(answer.at('result', 'result_error'), [])
  assert.equal(answer.at('result', 'result', 'admin'), true)
  assert.equal(answer.at('result', 'result', 'me', 'ADMIN'), true)
  assert.deepEqual(answer.at('result', 'result', 'extended'), { value: 'Y' })
  assert.equal(answer.at('result', 'result', 'time'), '2026-11-23T10:00:00+03:00')
})

test('§3.3: heads and employees as the messenger sees them', async () => {
  const { call } = portalUnderTest()
  const heads = await call(demo.head, 'im.department.managers.get', { ID: [demo.sales, 11] })
  assert.deepEqual(heads.body['result'], { 5: [10], 11: [] })
  const people = await call(demo.head, 'im.department.employees.get', { ID: [demo.regulars] })
  assert.deepEqual(people.body['result'], { 7: [20, 21, 22, 23] })
  const rows = await call(demo.head, 'im.department.get', { ID: [demo.regulars] })
  assert.equal(rows.at('result', 0, 'manager_user_id'), demo.lowerHead)
})

test('§5: the third protocol knows no CRM', async () => {
  const { portal } = portalUnderTest()
  const answer = await portal.fetch(`${portal.address()}/rest/api/10/abc/crm.item.list`)
  assert.equal(answer.status, 404)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { monday, portalUnderTest } from './test-portal.ts'

const dayMs = 86_400_000

test('§3.3: users are UPPER_CASE text; ACTIVE is a flag, TIMESTAMP_X an empty object', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'user.get', { FILTER: { ID: demo.dismissed } })
  const [user] = answer.body['result'] as Record<string, unknown>[]
  assert.deepEqual(
    [user?.['ID'], user?.['ACTIVE'], user?.['UF_DEPARTMENT'], user?.['TIMESTAMP_X']],
    ['17', false, [demo.sales], {}],
  )
})

test('§3.3: ACTIVE leaves the dismissed out, USER_TYPE the guests', async () => {
  const { call } = portalUnderTest()
  const total = async (filter: object) =>
    (await call(demo.head, 'user.get', { filter })).body['total']
  assert.equal(await total({}), 18)
  assert.equal(await total({ ACTIVE: true }), 17)
  assert.equal(await total({ ACTIVE: true, USER_TYPE: 'employee' }), 16)
})

test('§11.13: a date that is none finds nobody, without an error', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'user.get', { filter: { '>TIMESTAMP_X': 'yesterday' } })
  assert.deepEqual([answer.status, answer.body['result']], [200, []])
})

test('§3.3: departments have text ids and SORT as a number; a head may be missing', async () => {
  const { call, portal } = portalUnderTest()
  const answer = await call(demo.head, 'department.get')
  const rows = answer.body['result'] as Record<string, unknown>[]
  assert.deepEqual(rows[1], {
    ID: '5',
    NAME: 'Отдел продаж',
    SORT: 500,
    PARENT: '1',
    UF_HEAD: '10',
  })
  assert.equal('PARENT' in (rows[0] ?? {}), false)
  assert.equal('UF_HEAD' in (rows.at(-1) ?? {}), false)
  portal.change({ quirks: { noHead: 'empty' } })
  const other = await call(demo.head, 'department.get', { ID: 11 })
  assert.equal(other.at('result', 0, 'UF_HEAD'), '')
})

test('§3.3: a head stands above lower departments, and no longer when he is replaced', async () => {
  const { call, portal } = portalUnderTest({ cases: 0 })
  portal.world.createItem(2, { title: 'a', assignedById: 21 })
  const total = async () =>
    (await call(demo.head, 'crm.item.list', { entityTypeId: 2 })).body['total']
  assert.equal(await total(), 1)
  portal.world.setHead(demo.sales, 12)
  assert.equal(await total(), 0)
})

test('§3.4: im.user.list.get tells presence and absence of all at once', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'im.user.list.get', {
    ID: [demo.onLeave, 11],
    RESULT_TYPE: 'array',
  })
  assert.equal(answer.at('result', 0, 'absent'), '2026-12-02T10:00:00+03:00')
  assert.equal(answer.at('result', 1, 'absent'), false)
})

test('§3.4: absences of the chart and entries of a calendar differ in shape', async () => {
  const { call, portal } = portalUnderTest()
  portal.world.putOnLeave(12, monday + dayMs, monday + 3 * dayMs)
  const answer = await call(demo.head, 'calendar.accessibility.get', {
    users: [11, 12, 13],
    from: '2026-11-23',
    to: '2026-11-30',
  })
  assert.deepEqual(answer.at('result', '12', 0), {
    FROM_HR: true,
    ID: 503,
    DT_FROM: '24.11.2026 10:00:00',
    DT_TO: '26.11.2026 10:00:00',
    ACCESSIBILITY: 'absent',
    IMPORTANCE: 'normal',
    FROM: (monday + dayMs) / 1000,
    TO: (monday + 3 * dayMs) / 1000,
  })
  assert.equal(answer.at('result', '11', 0, 'DATE_FROM'), '23.11.2026 11:00:00')
  assert.equal(answer.at('result', '11', 0, 'DATE_FROM_TS_UTC'), String(monday / 1000 + 3600))
  assert.deepEqual(answer.at('result', '13'), [])
})

test('§3.4: a missing parameter of the calendar has an empty code', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'calendar.accessibility.get', { users: [11] })
  assert.deepEqual([answer.status, answer.body['error']], [400, ''])
  assert.match(String(answer.body['error_description']), /The required parameter "from"/)
})

test('§3.4: the working day of one user a call; untracked time is told by the settings', async () => {
  const { call } = portalUnderTest()
  const statusOf = async (id: number) =>
    (await call(demo.head, 'timeman.status', { USER_ID: id })).at('result', 'STATUS')
  assert.deepEqual(
    [await statusOf(11), await statusOf(13), await statusOf(14), await statusOf(18)],
    ['OPENED', 'PAUSED', 'CLOSED', 'EXPIRED'],
  )
  const settings = await call(demo.head, 'timeman.settings', { USER_ID: 15 })
  assert.equal(settings.at('result', 'UF_TIMEMAN'), false)
  const nobody = await call(demo.head, 'timeman.status', { USER_ID: 999 })
  assert.deepEqual([nobody.body['error'], nobody.body['error_description']], ['', 'User not found'])
})

test('§11.16: a guest may not ask for working time', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.extranet, 'timeman.status')
  assert.deepEqual([answer.status, answer.body['error']], [403, 'allowed_only_intranet_user'])
})

test('§1.3: user_brief opens user.get without e-mails', async () => {
  const { portal } = portalUnderTest()
  const hook = portal.webhook(demo.head, ['user_brief'])
  const answer: unknown = await (await portal.fetch(`${hook}user.get`)).json()
  assert.equal('EMAIL' in Object(answer).result[0], false)
})

test('§3.6: a notice with the same tag takes the place of the earlier one', async () => {
  const { call } = portalUnderTest()
  const notice = { USER_ID: 11, MESSAGE: 'a', TAG: 'op1' }
  const refused = await call(demo.head, 'im.notify.system.add', notice)
  assert.equal(refused.status, 400, 'a webhook names a client with its tags')
  const named = { ...notice, CLIENT_ID: 'nachalo' }
  const first = await call(demo.head, 'im.notify.system.add', named)
  const second = await call(demo.head, 'im.notify.system.add', named)
  assert.notEqual(first.body['result'], second.body['result'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { type Answered, portalUnderTest, type Subject } from './test-portal.ts'

const rowsOf = (answer: Answered): Record<string, unknown>[] =>
  answer.at('result', 'items') as Record<string, unknown>[]
const list = ({ call }: Subject, params: object, userId: number = demo.director) =>
  call(userId, 'crm.item.list', { entityTypeId: 2, ...params })

test('§2.5: a page has fifty rows, `next` only when there are more, `total` what may be read', async () => {
  const subject = portalUnderTest({ cases: 120 })
  const first = await list(subject, {})
  assert.deepEqual([rowsOf(first).length, first.body['next'], first.body['total']], [50, 50, 120])
  const last = await list(subject, { start: 100 })
  assert.deepEqual([rowsOf(last).length, 'next' in last.body], [20, false])
})

test('§2.5: a start that is no multiple of fifty is rounded down', async () => {
  const subject = portalUnderTest({ cases: 120 })
  const rounded = await list(subject, { start: 77 })
  assert.deepEqual(rowsOf(rounded), rowsOf(await list(subject, { start: 50 })))
})

test('§2.5: start -1 counts nothing, and ids lead through all of it', async () => {
  const subject = portalUnderTest({ cases: 120 })
  const seen: unknown[] = []
  for (let last = 0, isMore = true; isMore;) {
    const page = await list(subject, { start: -1, order: { id: 'ASC' }, filter: { '>id': last } })
    assert.deepEqual(['total' in page.body, 'next' in page.body], [false, false])
    const rows = rowsOf(page)
    seen.push(...rows.map(row => row['id']))
    last = Number(rows.at(-1)?.['id'])
    isMore = rows.length === 50
  }
  assert.equal(new Set(seen).size, 120)
})

test('§11.3: another portal says total 0 in the fast mode', async () => {
  const subject = portalUnderTest({ quirks: { fastTotal: 'zero' } })
  assert.equal((await list(subject, { start: -1 })).body['total'], 0)
})

test('§3.1: rows that may not be read are silently absent, and so is their number', async () => {
  const subject = portalUnderTest({ cases: 200 })
  const all = subject.portal.world.owners(2)
  const countOf = (...ids: readonly number[]) =>
    [...all.values()].filter(owner => ids.includes(owner)).length
  const own = await list(subject, {}, 11)
  assert.equal(own.body['total'], countOf(11))
  const head = await list(subject, {}, demo.head)
  assert.equal(
    head.body['total'],
    countOf(10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23),
    'a head reads own and lower departments, the dismissed among them',
  )
})

test('§3.1: filters know prefixes, IN, NOT IN and OR', async () => {
  const subject = portalUnderTest({ cases: 10 })
  const { world } = subject.portal
  const ids = ['Альфа', 'Бета', 'Гамма'].map(title => world.createItem(2, { title }))
  const found = async (filter: object) =>
    rowsOf(await list(subject, { filter: { '>=id': ids[0], ...filter } })).map(row => row['title'])
  assert.deepEqual(await found({ '@id': [ids[0], ids[2]] }), ['Альфа', 'Гамма'])
  assert.deepEqual(await found({ '!@id': [ids[0], ids[2]] }), ['Бета'])
  assert.deepEqual(await found({ '!title': 'Бета' }), ['Альфа', 'Гамма'])
  assert.deepEqual(await found({ '%title': 'ет' }), ['Бета'])
  assert.deepEqual(await found({ '=%title': 'Г%' }), ['Гамма'])
  const either = { logic: 'OR', 0: { title: 'Альфа' }, 1: { title: 'Гамма' } }
  assert.deepEqual(await found({ 0: either }), ['Альфа', 'Гамма'])
})

test('§3.1: an unknown field in a filter or an order is refused', async () => {
  const subject = portalUnderTest()
  const filtered = await list(subject, { filter: { nonsense: 1 } })
  assert.deepEqual(
    [filtered.status, filtered.body['error'], filtered.body['error_description']],
    [400, 'INVALID_ARG_VALUE', "Invalid filter: field 'nonsense' is not allowed in filter"],
  )
  const ordered = await list(subject, { order: { nonsense: 'ASC' } })
  assert.equal(
    ordered.body['error_description'],
    "Invalid order: field 'nonsense' is not allowed in order",
  )
})

test('§3.1: a type nobody made is NOT_FOUND, a missing parameter is code 100', async () => {
  const { call } = portalUnderTest()
  const wrong = await call(demo.director, 'crm.item.list', { entityTypeId: 1999 })
  assert.deepEqual(
    [wrong.status, wrong.body['error'], wrong.body['error_description']],
    [400, 'NOT_FOUND', 'Smart process not found'],
  )
  assert.equal((await call(demo.director, 'crm.item.list', {})).body['error'], '100')
})

test('§3.1: an update answers with the whole item afterwards and passes unknown fields over', async () => {
  const { call, portal, clock } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  clock.leap(5000)
  const fields = { assignedById: 11, nonsense: 1, updatedTime: '2001-01-01' }
  const answer = await call(demo.head, 'crm.item.update', { entityTypeId: 2, id, fields })
  const item = answer.at('result', 'item') as Record<string, unknown>
  assert.deepEqual(
    [item['assignedById'], item['updatedBy'], item['updatedTime'], item['createdTime']],
    [11, demo.head, '2026-11-23T10:00:05+03:00', '2026-11-23T10:00:00+03:00'],
  )
})

test('§3.1: an update that changes nothing saves nothing, unless the portal is another one', async () => {
  for (const skipsIdleSaves of [true, false]) {
    const { call, portal, clock } = portalUnderTest({ quirks: { skipsIdleSaves } })
    const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
    clock.leap(5000)
    const fields = { assignedById: String(demo.head) }
    const answer = await call(demo.head, 'crm.item.update', { entityTypeId: 2, id, fields })
    const time = skipsIdleSaves ? '2026-11-23T10:00:00+03:00' : '2026-11-23T10:00:05+03:00'
    assert.equal(answer.at('result', 'item', 'updatedTime'), time)
  }
})

test('§4.2: times have a resolution of one second', async () => {
  const { portal, clock } = portalUnderTest()
  clock.leap(999)
  const id = portal.world.createItem(2, { title: 'a' })
  assert.equal(portal.world.item(2, id)?.['updatedTime'], '2026-11-23T10:00:00+03:00')
})

test('§4.10: a filter takes any offset; without one it is the zone of the server', async () => {
  const subject = portalUnderTest()
  const id = subject.portal.world.createItem(2, { title: 'a' })
  for (const moment of [
    '2026-11-23T07:00:00Z',
    '2026-11-23T10:00:00',
    '2026-11-23T12:00:00+05:00',
  ]) {
    const found = rowsOf(await list(subject, { filter: { '>=updatedTime': moment } }))
    assert.deepEqual(
      found.map(row => row['id']),
      [id],
    )
  }
})

test('§3.1: moments inside a list of a filter are not converted and find nothing', async () => {
  const subject = portalUnderTest()
  subject.portal.world.createItem(2, { title: 'a' })
  const filter = { '@updatedTime': ['2026-11-23T10:00:00+03:00'] }
  assert.deepEqual(rowsOf(await list(subject, { filter })), [])
})

test('§3.1: a write to what one may not touch is ACCESS_DENIED, to what is not there NOT_FOUND', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.stranger })
  const fields = { assignedById: 11 }
  const denied = await call(demo.head, 'crm.item.update', { entityTypeId: 2, id, fields })
  assert.deepEqual([denied.status, denied.body['error']], [400, 'ACCESS_DENIED'])
  portal.world.deleteItem(2, id)
  const gone = await call(demo.head, 'crm.item.update', { entityTypeId: 2, id, fields })
  assert.deepEqual([gone.status, gone.body['error']], [400, 'NOT_FOUND'])
})

test('§4.9: an empty responsible becomes the author at creation and null at an update', async () => {
  const { call } = portalUnderTest()
  const fields = { title: 'a' }
  const made = await call(demo.director, 'crm.item.add', { entityTypeId: 2, fields })
  assert.equal(made.at('result', 'item', 'assignedById'), demo.director)
  const id = made.at('result', 'item', 'id')
  const change = { entityTypeId: 2, id, fields: { assignedById: 0 } }
  const emptied = await call(demo.director, 'crm.item.update', change)
  assert.equal(emptied.at('result', 'item', 'assignedById'), null)
})

test('§3.1: a stage moves semantics, history and movedTime with it', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11 })
  const fields = { stageId: 'WON' }
  const answer = await call(11, 'crm.item.update', { entityTypeId: 2, id, fields })
  assert.deepEqual(
    [answer.at('result', 'item', 'stageSemanticId'), answer.at('result', 'item', 'closed')],
    ['S', 'Y'],
  )
  const filter = { OWNER_ID: id }
  const history = await call(11, 'crm.stagehistory.list', { entityTypeId: 2, filter })
  const rows = history.at('result', 'items') as Record<string, unknown>[]
  assert.deepEqual(
    rows.map(row => [row['TYPE_ID'], row['STAGE_ID'], typeof row['ID']]),
    [
      ['1', 'NEW', 'string'],
      ['3', 'WON', 'string'],
    ],
  )
})

test('§3.1: smart processes are items as well, by their entityTypeId', async () => {
  const { call } = portalUnderTest({ cases: 60 })
  const answer = await call(demo.director, 'crm.item.list', { entityTypeId: demo.complaints })
  assert.equal(rowsOf(answer).length, 10)
  assert.match(String(rowsOf(answer)[0]?.['stageId']), /^DT128_7:/)
  const types = await call(demo.director, 'crm.type.list', {})
  assert.equal(types.at('result', 'types', 0, 'entityTypeId'), demo.complaints)
  assert.equal((await call(demo.head, 'crm.type.list', {})).body['error'], 'ACCESS_DENIED')
})

test('§11.14: a fresh item may be updated a second after it was created', async () => {
  const { portal } = portalUnderTest({ quirks: { hasLateUpdatedTime: true } })
  const item = portal.world.item(2, portal.world.createItem(2, { title: 'a' }))
  assert.deepEqual(
    [item?.['createdTime'], item?.['updatedTime']],
    ['2026-11-23T10:00:00+03:00', '2026-11-23T10:00:01+03:00'],
  )
})

test('§2.1: `operating` may be missing, its reset may be an ISO string', async () => {
  const subject = portalUnderTest({ quirks: { hasOperating: false } })
  const plain = await list(subject, {})
  assert.equal(plain.at('time', 'operating_reset_at'), undefined)
  subject.portal.change({ quirks: { hasOperating: true, isResetIso: true } })
  const iso = await list(subject, {})
  assert.equal(iso.at('time', 'operating_reset_at'), '2026-11-23T10:10:00+03:00')
})

test('§4.10: a pure date is midnight of UTC in the zone of the server', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: 11 })
  const fields = { closedate: '2026-12-01' }
  const answer = await call(11, 'crm.item.update', { entityTypeId: 2, id, fields })
  assert.equal(answer.at('result', 'item', 'closedate'), '2026-12-01T03:00:00+03:00')
})

test('§3.1: phones come only with everything', async () => {
  const subject = portalUnderTest()
  const { call } = subject
  const whole = await call(demo.director, 'crm.item.list', { entityTypeId: 3 })
  assert.equal(Array.isArray(rowsOf(whole)[0]?.['fm']), true)
  const select = ['id', 'fm', 'nonsense']
  const chosen = await call(demo.director, 'crm.item.list', { entityTypeId: 3, select })
  assert.deepEqual(Object.keys(rowsOf(chosen)[0] ?? {}), ['id'])
})

test('a hundred thousand deals are there soon, and a page by id is found at once', async () => {
  const subject = portalUnderTest({ cases: 100_000 })
  const startedAt = performance.now()
  for (let last = 150_000; last < 150_020; last += 1)
    await list(subject, { start: -1, order: { id: 'ASC' }, filter: { '>id': last } })
  assert.ok(performance.now() - startedAt < 500)
})

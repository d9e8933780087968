import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { portalUnderTest } from './test-portal.ts'

test('§2.4: each map of a batch is a list when it is empty', async () => {
  const { call } = portalUnderTest()
  const { body, status } = await call(demo.head, 'batch', { cmd: {} })
  assert.equal(status, 200)
  assert.deepEqual(body['result'], {
    result: [],
    result_error: [],
    result_total: [],
    result_next: [],
    result_time: [],
  })
})

test('§2.4: keys 0..n come back as an array', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'batch', { cmd: ['user.admin', 'user.admin'] })
  assert.deepEqual(answer.at('result', 'result'), [false, false])
})

test('§2.4: errors under numbers lose the number, results keep theirs', async () => {
  const { call } = portalUnderTest()
  const cmd = { 7: 'crm.deal.get?id=0', 9: 'user.admin', 11: 'crm.deal.get?id=999999' }
  const answer = await call(demo.head, 'batch', { cmd })
  assert.deepEqual(answer.at('result', 'result'), { 9: false })
  assert.deepEqual(answer.at('result', 'result_error'), [
    { error: '', error_description: 'ID is not defined or invalid.' },
    { error: '', error_description: 'Not found' },
  ])
})

test('§2.4: the outer answer is 200 though every command failed', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'batch', { cmd: { a: 'no.such', b: 'batch' } })
  assert.equal(answer.status, 200)
  assert.equal(answer.at('result', 'result_error', 'a', 'error'), 'ERROR_METHOD_NOT_FOUND')
  assert.equal(answer.at('result', 'result_error', 'b', 'error'), 'ERROR_BATCH_METHOD_NOT_ALLOWED')
})

test('§2.4: halt stops at the first error and later keys are absent everywhere', async () => {
  const { call } = portalUnderTest()
  const cmd = { a: 'user.admin', b: 'no.such', c: 'user.admin' }
  const halted = await call(demo.head, 'batch', { halt: 1, cmd })
  assert.deepEqual(halted.at('result', 'result'), { a: false })
  const whole = await call(demo.head, 'batch', { halt: 0, cmd })
  assert.deepEqual(whole.at('result', 'result'), { a: false, c: false })
})

test('§2.4: the fifty-first command is refused', async () => {
  const { call } = portalUnderTest()
  const cmd = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, 'scope']))
  const answer = await call(demo.head, 'batch', { cmd })
  assert.equal(answer.at('result', 'result_error', 'c50', 'error'), 'ERROR_BATCH_LENGTH_EXCEEDED')
  assert.equal(Object.keys(Object(answer.at('result', 'result'))).length, 50)
})

test('§2.4: a reference alone keeps its type, inside a text it becomes text', async () => {
  const { call } = portalUnderTest()
  const cmd = {
    me: 'user.current',
    whole: 'user.get?ID=$result[me][ID]',
    part: 'crm.item.add?entityTypeId=2&fields[title]=of $result[me][NAME] !',
  }
  const answer = await call(demo.head, 'batch', { cmd })
  assert.equal(answer.at('result', 'result', 'whole', 0, 'ID'), '10')
  assert.equal(answer.at('result', 'result', 'part', 'item', 'title'), 'of Вера !')
})

test('§11.10: a reference swallows everything up to a space', async () => {
  const { call } = portalUnderTest()
  const cmd = {
    me: 'user.current',
    two: 'crm.item.add?entityTypeId=2&fields[title]=$result[me][ID],$result[me][NAME]',
  }
  const answer = await call(demo.head, 'batch', { cmd })
  assert.equal(answer.at('result', 'result', 'two', 'item', 'title'), '10')
})

const guarded = (id: number, from: number, to: number) => ({
  halt: 1,
  cmd: {
    chk: `crm.item.list?entityTypeId=2&filter[id]=${id}&filter[assignedById]=${from}&select[]=id&start=-1`,
    upd: `crm.item.update?entityTypeId=2&id=$result[chk][items][0][id]&fields[assignedById]=${to}`,
  },
})

test('§4.4: a guarded batch writes when the guard holds', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const answer = await call(demo.head, 'batch', guarded(id, demo.head, 11))
  assert.equal(answer.at('result', 'result', 'upd', 'item', 'assignedById'), 11)
})

test('§4.4: a guard that misses resolves to a list, and nothing is written', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  portal.world.giveItem(2, id, 12)
  const before = portal.world.writes.length
  const answer = await call(demo.head, 'batch', guarded(id, demo.head, 11))
  assert.equal(answer.at('result', 'result_error', 'upd', 'error'), '100')
  assert.equal(portal.world.item(2, id)?.['assignedById'], 12)
  assert.equal(portal.world.writes.length, before)
})

test('§11.10: a failed command resolves to the whole map of results, a null to its parent', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const cmd = {
    a: `crm.item.get?entityTypeId=2&id=${id}`,
    b: 'crm.item.get?entityTypeId=2&id=999999',
    whole: 'crm.item.get?entityTypeId=2&id=$result[b][item][id]',
    parent: 'crm.item.get?entityTypeId=2&id=$result[a][item][leadId]',
  }
  const answer = await call(demo.head, 'batch', { cmd })
  for (const key of ['whole', 'parent'])
    assert.match(
      String(answer.at('result', 'result_error', key, 'error_description')),
      /Should be value of type int/,
    )
})

test('§2.4: in a form the commands are encoded twice', async () => {
  const { portal } = portalUnderTest()
  const title = 'Лодка & катер + 10%'
  const id = portal.world.createItem(2, { title, assignedById: demo.head })
  const inner = `crm.item.list?entityTypeId=2&filter[title]=${encodeURIComponent(title)}&select[]=id`
  const body = new URLSearchParams({ halt: '0', 'cmd[c0]': inner })
  const url = `${portal.webhook(demo.head)}batch`
  const answer: unknown = await (await portal.fetch(url, { method: 'POST', body })).json()
  assert.deepEqual(Object(answer).result.result, { c0: { items: [{ id }] } })
})

test('§2.4: rows of a command that counts nothing have no total, and next lies in its own map', async () => {
  const { call } = portalUnderTest({ cases: 120 })
  const cmd = {
    slow: 'crm.item.list?entityTypeId=2',
    fast: 'crm.item.list?entityTypeId=2&start=-1',
  }
  const answer = await call(demo.director, 'batch', { cmd })
  assert.deepEqual(answer.at('result', 'result_total'), { slow: 120 })
  assert.deepEqual(answer.at('result', 'result_next'), { slow: 50 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { portalUnderTest } from './test-portal.ts'

const rate = { perSecond: 2, burst: 50 }

test('§2.3: fifty requests at once are let in, then two a second', async () => {
  const { call, clock } = portalUnderTest({ limits: { rate } })
  const statuses = async (count: number) => {
    const found: number[] = []
    for (let index = 0; index < count; index += 1)
      found.push((await call(demo.head, 'user.admin')).status)
    return found
  }
  assert.deepEqual(new Set(await statuses(50)), new Set([200]))
  const refused = await call(demo.head, 'user.admin')
  assert.deepEqual(
    [refused.status, refused.body['error'], refused.body['error_description']],
    [503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'],
  )
  clock.leap(1000)
  assert.deepEqual(await statuses(3), [200, 200, 503])
})

test('§2.3: a batch is one request for the rate', async () => {
  const { call } = portalUnderTest({ limits: { rate: { perSecond: 0, burst: 1 } } })
  const cmd = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`c${index}`, 'scope']))
  const answer = await call(demo.head, 'batch', { cmd })
  assert.deepEqual(answer.at('result', 'result_error'), [])
})

test('§2.3: the call that crosses the operating limit succeeds, the next one fails, others do not', async () => {
  const costs = { 'user.current': 300 }
  const { call, clock } = portalUnderTest({ limits: { costs, requestMs: 400_000 } })
  assert.equal((await call(demo.head, 'user.current')).status, 200)
  clock.leap(-300_000)
  const crossing = await call(demo.head, 'user.current')
  assert.equal(crossing.at('time', 'operating'), 600)
  const refused = await call(demo.head, 'user.current')
  assert.deepEqual([refused.status, refused.body['error']], [429, 'OPERATION_TIME_LIMIT'])
  assert.equal((await call(demo.head, 'user.admin')).status, 200)
  clock.leap(Number(crossing.at('time', 'operating_reset_at')) * 1000 - clock.now())
  assert.equal((await call(demo.head, 'user.current')).status, 200)
})

test('§2.3: runs of a tenth of a second are not counted', async () => {
  const { call } = portalUnderTest({ limits: { costs: { 'user.admin': 0.1 } } })
  assert.equal((await call(demo.head, 'user.admin')).at('time', 'operating'), 0)
})

test('§2.3: commands of a batch are counted each, the batch itself is not', async () => {
  const { call } = portalUnderTest({ limits: { costs: { 'user.admin': 2 } } })
  const answer = await call(demo.head, 'batch', { cmd: { a: 'user.admin', b: 'user.admin' } })
  assert.equal(answer.at('result', 'result_time', 'b', 'operating'), 4)
  assert.equal(answer.at('time', 'operating'), undefined)
})

test('§2.3: after sixty seconds a page of the web server comes, and the rest is not done', async () => {
  const { call, portal } = portalUnderTest({ limits: { costs: { 'crm.item.add': 25 } } })
  const add = 'crm.item.add?entityTypeId=2&fields[title]=x'
  const answer = await call(demo.head, 'batch', { cmd: { a: add, b: add, c: add } })
  assert.equal(answer.status, 504)
  assert.match(answer.text, /^<html>/)
  assert.equal(portal.world.writes.length, 2)
})

test('§11.9: tasks and messages measure whole seconds', async () => {
  const { call, clock } = portalUnderTest()
  clock.leap(250)
  const coarse = await call(demo.head, 'tasks.task.list')
  assert.deepEqual(
    [Number.isInteger(coarse.at('time', 'start')), coarse.at('time', 'processing')],
    [true, 0],
  )
  const fine = await call(demo.head, 'user.get')
  assert.equal(Number.isInteger(fine.at('time', 'start')), false)
})

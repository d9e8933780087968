import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVirtualTime } from '../../testing/virtual-time.ts'
import { startColleagues } from './colleagues.ts'
import { demo } from './demo/company.ts'
import { type Fault, faultPlanOf } from './faults.ts'
import { createPortal } from './portal.ts'
import { answered, jsonPost, monday, portalUnderTest } from './test-portal.ts'

/** One update under a fault: what became of the answer, and who has the deal afterwards. */
async function updateUnder(fault: Fault) {
  const { portal, call } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  portal.change({ faults: () => fault })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  const outcome = await call(demo.head, 'crm.item.update', change).catch((error: unknown) => error)
  return { outcome, owner: portal.world.owners(2).get(id) }
}

const codeOf = (error: unknown) => Object((error as Error).cause)['code']

test('§4.5: an answer may be lost before or after the write', async () => {
  const before = await updateUnder({ kind: 'resetBefore' })
  assert.deepEqual([codeOf(before.outcome), before.owner], ['ECONNRESET', demo.head])
  const after = await updateUnder({ kind: 'resetAfter' })
  assert.deepEqual([codeOf(after.outcome), after.owner], ['ECONNRESET', 11])
  const refused = await updateUnder({ kind: 'refused' })
  assert.ok(refused.outcome instanceof TypeError)
  assert.equal(codeOf(refused.outcome), 'ECONNREFUSED')
})

test('§2.2: pages of the web server come instead of answers, also after the write', async () => {
  const undone = await updateUnder({ kind: 'badGateway' })
  assert.deepEqual([Object(undone.outcome).status, undone.owner], [502, demo.head])
  const done = await updateUnder({ kind: 'badGateway', status: 504, isDone: true })
  assert.deepEqual([Object(done.outcome).status, done.owner], [504, 11])
  assert.match(Object(done.outcome).text, /<html>/)
})

test('§7: a captive portal answers 200 in HTML; a torn answer has 200 as well', async () => {
  const captive = await updateUnder({ kind: 'captive' })
  assert.deepEqual([Object(captive.outcome).status, captive.owner], [200, demo.head])
  const torn = await updateUnder({ kind: 'truncated' })
  assert.deepEqual([Object(torn.outcome).status, torn.owner], [200, 11])
  assert.throws(() => JSON.parse(Object(torn.outcome).text))
})

test('§7: refusals have the words of the table', async () => {
  const told: unknown[] = []
  for (const kind of [
    'tooMany',
    'methodBlocked',
    'overload',
    'internal',
    'expired',
    'portalDeleted',
  ] as const) {
    const { outcome } = await updateUnder({ kind })
    told.push([Object(outcome).status, Object(outcome).body['error']])
  }
  assert.deepEqual(told, [
    [503, 'QUERY_LIMIT_EXCEEDED'],
    [429, 'OPERATION_TIME_LIMIT'],
    [503, 'OVERLOAD_LIMIT'],
    [500, 'INTERNAL_SERVER_ERROR'],
    [401, 'expired_token'],
    [403, 'PORTAL_DELETED'],
  ])
})

test('§8: a zombie is carried out long after its connection broke', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, faults: () => ({ kind: 'zombie', afterMs: 58_000 }) })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  const hook = portal.webhook(demo.head)
  await assert.rejects(portal.fetch(`${hook}crm.item.update`, jsonPost(change)), TypeError)
  await time.pass(57_000)
  assert.equal(portal.world.owners(2).get(id), demo.head)
  await time.pass(1000)
  assert.equal(portal.world.owners(2).get(id), 11)
})

test('§4.5: who gives up waiting does not stop the portal', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, limits: { costs: { 'crm.item.update': 10 } } })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  const impatience = new AbortController()
  const url = `${portal.webhook(demo.head)}crm.item.update`
  const answer = portal.fetch(url, { ...jsonPost(change), signal: impatience.signal })
  const rejected = assert.rejects(answer, { name: 'TimeoutError' })
  await time.pass(3000)
  impatience.abort(new DOMException('too long', 'TimeoutError'))
  await rejected
  await time.pass(7000)
  assert.equal(portal.world.owners(2).get(id), 11)
})

test('§8: a robot gives the item to another two seconds after the update', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, robot: () => 12 })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  portal.world.giveItem(2, id, 11, demo.head)
  await time.pass(1999)
  assert.equal(portal.world.owners(2).get(id), 11)
  await time.pass(1)
  assert.equal(portal.world.owners(2).get(id), 12)
  assert.equal(portal.world.writes.at(-1)?.via, 'robot')
})

test('§8: a stale read sees the portal as it was some seconds ago', async () => {
  const { portal, call, clock } = portalUnderTest({ staleMs: 5000, seed: 3 })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  clock.leap(60_000)
  portal.world.giveItem(2, id, 11)
  const owners = new Set<unknown>()
  for (let second = 0; second < 6; second += 1) {
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await call(demo.director, 'crm.item.get', { entityTypeId: 2, id })
      owners.add(answer.at('result', 'item', 'assignedById'))
    }
    clock.leap(1000)
  }
  assert.deepEqual(owners, new Set([demo.head, 11]))
  const later = await call(demo.director, 'crm.item.get', { entityTypeId: 2, id })
  assert.equal(later.at('result', 'item', 'assignedById'), 11)
})

test('§11.4: after a renaming GET follows without the body: a batch succeeds with nothing in it', async () => {
  const { portal } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const hook = portal.webhook(demo.head)
  portal.rename('https://new-verf.bitrix24.example')
  const cmd = { upd: `crm.item.update?entityTypeId=2&id=${id}&fields[assignedById]=11` }
  const followed = await answered(await portal.fetch(`${hook}batch`, jsonPost({ cmd })))
  assert.equal(followed.status, 200)
  assert.deepEqual(followed.at('result', 'result'), [])
  assert.equal(portal.world.owners(2).get(id), demo.head)
  const single = await portal.fetch(`${hook}crm.item.list`, jsonPost({ entityTypeId: 2 }))
  assert.deepEqual((await answered(single)).body['error'], '100')
  const seen = await portal.fetch(`${hook}batch`, { ...jsonPost({ cmd }), redirect: 'manual' })
  assert.equal(seen.status, 302)
  const location = seen.headers.get('location') ?? ''
  assert.ok(location.startsWith('https://new-verf.bitrix24.example/rest/10/'))
  await portal.fetch(location, jsonPost({ cmd }))
  assert.equal(portal.world.owners(2).get(id), 11)
})

test('§8: the clock of the portal may be wrong, its zone is its own', async () => {
  const { call } = portalUnderTest({ skewMs: -90_000 })
  const answer = await call(demo.head, 'server.time')
  assert.equal(answer.body['result'], '2026-11-23T09:58:30+03:00')
})

test('a plan in a file takes requests by method, number and share, and is checked', () => {
  const plan = faultPlanOf({
    rules: [
      { method: 'Batch', from: 2, every: 2, fault: { kind: 'resetAfter' } },
      { isWrite: true, share: 0, fault: { kind: 'captive' } },
    ],
  })
  const kinds = [0, 1, 2, 3, 4, 5].map(
    index => plan({ method: 'batch', isWrite: true, index, isCommand: false })?.kind,
  )
  assert.deepEqual(kinds, [undefined, undefined, undefined, 'resetAfter', undefined, 'resetAfter'])
  assert.throws(() => faultPlanOf({ rules: [{ fault: { kind: 'earthquake' } }] }))
  assert.throws(() => faultPlanOf({ rules: [{ when: 1, fault: { kind: 'captive' } }] }))
})

test('§3.1: an item may refuse updates: a mandatory field of its stage is empty', async () => {
  const { portal, call } = portalUnderTest()
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  const description = 'Field "Amount" is required'
  portal.world.refuse(2, id, { status: 400, code: 'CRM_FIELD_ERROR_REQUIRED', description })
  const refused = await call(demo.head, 'crm.item.update', change)
  assert.deepEqual([refused.status, refused.body['error']], [400, 'CRM_FIELD_ERROR_REQUIRED'])
  portal.world.refuse(2, id, null)
  assert.equal((await call(demo.head, 'crm.item.update', change)).status, 200)
})

test('§8: latency passes in the portal’s own time', async () => {
  const { call, clock } = portalUnderTest({ limits: { latencyMs: 300 } })
  const before = clock.now()
  await call(demo.head, 'profile')
  assert.equal(clock.now() - before, 300)
})

test('§8: colleagues give, make and delete deals meanwhile', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, cases: 10 })
  const stop = new AbortController()
  const work = startColleagues(portal, { clock: time, everyMs: 1000, seed: 1 }, stop.signal)
  await time.pass(60_000)
  stop.abort()
  await work
  const methods = new Set(portal.world.writes.map(write => write.method))
  assert.ok(methods.has('create') && methods.has('change') && methods.has('delete'))
})

test('§2.4: one command of a batch may fail by itself', async () => {
  const { portal, call } = portalUnderTest()
  const ids = [1, 2].map(() => portal.world.createItem(2, { title: 'a', assignedById: demo.head }))
  const upd = ids.map(id => `crm.item.update?entityTypeId=2&id=${id}&fields[assignedById]=11`)
  const rules = [{ method: 'crm.item.update', every: 2, fault: { kind: 'internal' } }]
  portal.change({ faults: faultPlanOf({ rules }) })
  const answer = await call(demo.head, 'batch', { cmd: { a: upd[0], b: upd[1] } })
  assert.equal(answer.at('result', 'result', 'a', 'item', 'assignedById'), 11)
  assert.deepEqual(answer.at('result', 'result_error', 'b'), {
    error: 'INTERNAL_SERVER_ERROR',
    error_description: 'Internal server error',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { createPortal } from './portal.ts'
import { startPortalServer } from './server.ts'
import { answered, jsonPost } from './test-portal.ts'

test('§8: the same portal answers over HTTP: JSON, a form, a query, any letter case', async () => {
  const portal = createPortal()
  const server = await startPortalServer(portal, {})
  const hook = portal.webhook(demo.head)
  assert.ok(hook.startsWith(`${server.url}/rest/10/`))
  const form = new URLSearchParams({ 'filter[ID]': '11' })
  const answers = await Promise.all([
    fetch(`${hook}user.get.json`, jsonPost({ filter: { ID: 11 } })),
    fetch(`${hook}User.Get`, { method: 'POST', body: form }),
    fetch(`${hook}user.get?filter[ID]=11`),
    fetch(`${hook}user.get?filter[ID]=11`, jsonPost({})),
  ])
  for (const answer of answers)
    assert.equal((await answered(answer)).at('result', 0, 'LAST_NAME'), 'Бакенов')
  await server.close()
})

test('§11.11: broken JSON, or JSON that does not say so, is no parameters, silently', async () => {
  const portal = createPortal({ limits: { rate: null } })
  const hook = portal.webhook(demo.head)
  const wanted = JSON.stringify({ filter: { ID: 11 } })
  const all = await answered(await portal.fetch(`${hook}user.get`))
  const requests: RequestInit[] = [
    { method: 'POST', body: wanted },
    { method: 'POST', body: wanted.slice(1), headers: { 'content-type': 'application/json' } },
  ]
  for (const request of requests) {
    const answer = await answered(await portal.fetch(`${hook}user.get`, request))
    assert.equal(answer.body['total'], all.body['total'])
  }
})

test('§11.5: a wrong secret is INVALID_CREDENTIALS, a dismissed owner is authorization_error', async () => {
  const portal = createPortal()
  const hook = portal.webhook(12)
  const wrong = await answered(await portal.fetch(`${portal.address()}/rest/12/wrong/profile`))
  assert.deepEqual([wrong.status, wrong.body['error']], [401, 'INVALID_CREDENTIALS'])
  portal.world.dismiss(12)
  const dismissed = await answered(await portal.fetch(`${hook}profile`))
  assert.deepEqual([dismissed.status, dismissed.body['error']], [401, 'authorization_error'])
})

test('§7: an unknown method is 404 ERROR_METHOD_NOT_FOUND, a foreign scope insufficient_scope', async () => {
  const portal = createPortal()
  const hook = portal.webhook(demo.head, ['user'])
  const unknown = await answered(await portal.fetch(`${hook}no.such.method`))
  assert.deepEqual([unknown.status, unknown.body['error']], [404, 'ERROR_METHOD_NOT_FOUND'])
  const foreign = await answered(await portal.fetch(`${hook}crm.type.list`))
  assert.deepEqual([foreign.status, foreign.body['error']], [401, 'insufficient_scope'])
})

test('§1.1: methods of applications refuse webhooks', async () => {
  const portal = createPortal()
  const hook = portal.webhook(demo.director)
  const queue = await answered(await portal.fetch(`${hook}event.offline.get`))
  assert.deepEqual([queue.status, queue.body['error']], [403, 'ACCESS_DENIED'])
  const call = await answered(await portal.fetch(`${hook}telephony.externalCall.register`))
  assert.deepEqual([call.status, call.body['error']], [403, 'WRONG_AUTH_TYPE'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { createPortal } from './portal.ts'
import { startPortalServer } from './server.ts'
import { answered, jsonPost } from './test-portal.ts'

test('§8: the same portal answers over HTTP: JSON, a form, a query, any letter case', async t => {
  const portal = createPortal()
  const server = await startPortalServer(portal, {})
  t.after(() => server.close())
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

test('§7: over HTTP a renamed portal sends on, also to another path', async t => {
  const portal = createPortal({ limits: { rate: null } })
  const server = await startPortalServer(portal)
  t.after(() => server.close())
  const hook = portal.webhook(demo.head)
  portal.rename(`${server.url}/moved`)
  const cmd = { me: 'profile' }
  const followed = await answered(await fetch(`${hook}batch`, jsonPost({ cmd })))
  assert.deepEqual([followed.status, followed.at('result', 'result')], [200, []])
  const seen = await fetch(`${hook}batch`, { ...jsonPost({ cmd }), redirect: 'manual' })
  assert.equal(seen.status, 302)
  const location = seen.headers.get('location') ?? ''
  assert.ok(location.startsWith(`${server.url}/moved/rest/`))
  const again = await answered(await fetch(location, jsonPost({ cmd })))
  assert.equal(again.at('result', 'result', 'me', 'ID'), '10')
})

test('§8: over HTTP a lost answer is a broken connection', async t => {
  const portal = createPortal({ faults: () => ({ kind: 'resetAfter' }) })
  const server = await startPortalServer(portal)
  t.after(() => server.close())
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  await assert.rejects(fetch(`${portal.webhook(demo.head)}crm.item.update`, jsonPost(change)))
  assert.equal(portal.world.owners(2).get(id), 11)
})

test('§1.1: a revoked webhook is INVALID_CREDENTIALS; other portals say it with 403', async () => {
  const portal = createPortal({ quirks: { badCredentialsStatus: 403 } })
  const hook = portal.webhook(demo.head)
  portal.revoke(hook)
  const gone = await answered(await portal.fetch(`${hook}profile`))
  assert.deepEqual([gone.status, gone.body['error']], [403, 'INVALID_CREDENTIALS'])
})

test('nobody is at an unknown host', async () => {
  const portal = createPortal()
  const gone = portal.fetch('https://other.bitrix24.example/rest/1/a/profile')
  await assert.rejects(gone, (error: Error) => Object(error.cause).code === 'ENOTFOUND')
})

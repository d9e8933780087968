import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { answered, jsonPost, portalUnderTest, type Subject } from './test-portal.ts'

const scopes = ['crm', 'user']

async function authorised({ portal }: Subject, userId: number) {
  const app = portal.addApp({ redirect: 'http://127.0.0.1:9/back', scopes })
  const query = `client_id=${app.clientId}&state=s1&user=${userId}`
  const sent = await portal.fetch(`${portal.address()}/oauth/authorize/?${query}`, {
    redirect: 'manual',
  })
  const back = new URL(sent.headers.get('location') ?? '')
  return { app, back, code: back.searchParams.get('code') ?? '' }
}

const tokenOf = async ({ portal }: Subject, params: Record<string, string>) =>
  answered(
    await portal.fetch(`${portal.oauthAddress()}/oauth/token/`, {
      method: 'POST',
      body: new URLSearchParams(params),
    }),
  )

test('§1.2: the browser comes back with code, state, domain and member_id', async () => {
  const subject = portalUnderTest()
  const { back } = await authorised(subject, demo.head)
  assert.equal(back.origin + back.pathname, 'http://127.0.0.1:9/back')
  assert.equal(back.searchParams.get('state'), 's1')
  assert.equal(back.searchParams.get('domain'), 'verf.bitrix24.example')
  assert.match(back.searchParams.get('member_id') ?? '', /^[0-9a-f]{32}$/)
})

test('§1.2: an unknown application gets a page of the portal and no redirect', async () => {
  const { portal } = portalUnderTest()
  const url = `${portal.address()}/oauth/authorize/?client_id=nobody`
  const page = await portal.fetch(url, { redirect: 'manual' })
  assert.deepEqual([page.status, page.headers.get('location')], [200, null])
})

test('§1.2: a code lives thirty seconds and is good once', async () => {
  const subject = portalUnderTest()
  const { app, code } = await authorised(subject, demo.head)
  const keys = { client_id: app.clientId, client_secret: app.secret }
  const asked = { ...keys, grant_type: 'authorization_code', code }
  assert.equal((await tokenOf(subject, asked)).status, 200)
  assert.equal((await tokenOf(subject, asked)).body['error'], 'invalid_grant')
  const late = await authorised(subject, demo.head)
  subject.clock.leap(30_000)
  const lateKeys = { client_id: late.app.clientId, client_secret: late.app.secret }
  const refused = { ...lateKeys, grant_type: 'authorization_code', code: late.code }
  assert.deepEqual((await tokenOf(subject, refused)).status, 400)
})

test('§1.2: a token lives an hour; a refresh token is dead after its use', async () => {
  const subject = portalUnderTest()
  const { portal, clock } = subject
  const { app, code } = await authorised(subject, demo.head)
  const keys = { client_id: app.clientId, client_secret: app.secret }
  const first = await tokenOf(subject, { ...keys, grant_type: 'authorization_code', code })
  const profile = async (auth: unknown) =>
    answered(
      await portal.fetch(`${String(first.body['client_endpoint'])}profile`, jsonPost({ auth })),
    )
  assert.equal((await profile(first.body['access_token'])).at('result', 'ID'), '10')
  clock.leap(3_600_000)
  const expired = await profile(first.body['access_token'])
  assert.deepEqual([expired.status, expired.body['error']], [401, 'expired_token'])
  const again = { ...keys, grant_type: 'refresh_token' }
  const token = String(first.body['refresh_token'])
  const second = await tokenOf(subject, { ...again, refresh_token: token })
  assert.equal((await profile(second.body['access_token'])).status, 200)
  assert.equal((await tokenOf(subject, { ...again, refresh_token: token })).status, 400)
})

test('§11.6: wrong client_id is 200 wrong_client, a wrong secret 400 invalid_client', async () => {
  const subject = portalUnderTest()
  const { app } = await authorised(subject, demo.head)
  const stranger = await tokenOf(subject, { client_id: 'nobody', client_secret: 'x' })
  assert.deepEqual([stranger.status, stranger.body['error']], [200, 'wrong_client'])
  const wrong = await tokenOf(subject, { client_id: app.clientId, client_secret: 'x' })
  assert.deepEqual([wrong.status, wrong.body['error']], [400, 'invalid_client'])
})

test('§7: tokens that are none, or missing, have errors of their own', async () => {
  const { portal } = portalUnderTest()
  const url = `${portal.address()}/rest/profile`
  const none = await answered(await portal.fetch(url))
  assert.deepEqual([none.status, none.body['error']], [401, 'NO_AUTH_FOUND'])
  const wrong = await answered(await portal.fetch(`${url}?auth=abc`))
  assert.deepEqual([wrong.status, wrong.body['error']], [401, 'invalid_token'])
})

async function appOf(subject: Subject, userId: number) {
  const { app, code } = await authorised(subject, userId)
  const keys = { client_id: app.clientId, client_secret: app.secret }
  const asked = { ...keys, grant_type: 'authorization_code', code }
  const auth = (await tokenOf(subject, asked)).body['access_token']
  const { portal } = subject
  return async (method: string, params: object = {}) =>
    answered(
      await portal.fetch(`${portal.address()}/rest/${method}`, jsonPost({ ...params, auth })),
    )
}

test('§3.7: repeated updates collapse into one row; a reserved row does not take new ones in', async () => {
  const subject = portalUnderTest()
  const { portal } = subject
  const call = await appOf(subject, demo.director)
  await call('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  portal.world.giveItem(2, id, 11)
  portal.world.giveItem(2, id, 12)
  const taken = await call('event.offline.get', { clear: 0 })
  assert.equal((taken.at('result', 'events') as unknown[]).length, 1)
  assert.deepEqual(taken.at('result', 'events', 0, 'EVENT_DATA'), { FIELDS: { ID: id } })
  portal.world.giveItem(2, id, 13)
  assert.equal((await call('event.offline.list')).body['total'], 2)
  const processId = taken.at('result', 'process_id')
  await call('event.offline.clear', { process_id: processId })
  assert.equal((await call('event.offline.list')).body['total'], 1)
  const second = await call('event.offline.get')
  assert.equal(second.at('result', 'process_id'), null)
  assert.equal((await call('event.offline.list')).body['total'], 0)
})

test('§3.7: writes with the same auth_connector are not echoed', async () => {
  const subject = portalUnderTest()
  const call = await appOf(subject, demo.director)
  const mine = { auth_connector: 'nachalo' }
  await call('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', ...mine })
  const id = subject.portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const change = { entityTypeId: 2, id, fields: { assignedById: 11 } }
  await call('crm.item.update', { ...change, ...mine })
  assert.deepEqual((await call('event.offline.get', mine)).at('result', 'events'), [])
  subject.portal.world.giveItem(2, id, 12)
  assert.equal((await call('event.offline.list', mine)).body['total'], 1)
})

test('§3.7: the queue wants an administrator', async () => {
  const subject = portalUnderTest()
  const call = await appOf(subject, demo.head)
  const refused = await call('event.offline.get')
  assert.deepEqual([refused.status, refused.body['error_description']], [403, 'Access denied!'])
})

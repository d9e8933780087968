import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  failureOf,
  oauth,
  redirect,
  refusal,
  reply,
  signal,
  webhook,
  worldOf,
} from '../../testing/bitrix-wire.ts'
import type { Seen } from '../../testing/bitrix-wire.ts'
import type { Access } from './client.ts'

const there = 'https://new-name.bitrix24.ru'
const isThere = ({ url }: Seen) => url.origin === there
/** A portal renamed to `there`, with this user. */
const renamed =
  (id: unknown, to = there, status = 302) =>
  (one: Seen) => {
    if (!isThere(one)) return redirect(to + one.url.pathname, status)
    return reply({ result: one.method === 'profile' ? { ID: id } : one.body })
  }

test('a renamed portal is asked who it is, remembered, and gets the same body', async () => {
  for (const status of [301, 302, 307, 308]) {
    const { client, seen, stored } = worldOf(renamed('7', there, status))
    const write = { signal: signal(), isWrite: true }
    const answer = await client.call('crm.item.update', { id: 351 }, write)
    assert.equal(answer.result, '{"id":351}')
    assert.deepEqual(stored, [{ ...webhook, address: there }])
    assert.equal(client.address(), there)
    assert.deepEqual(
      seen.map(({ url, method }) => `${url.hostname} ${method}`),
      [
        'office.bitrix24.ru crm.item.update',
        'new-name.bitrix24.ru profile',
        'new-name.bitrix24.ru crm.item.update',
      ],
    )
    await client.call('user.get', {}, write)
    assert.equal(seen.length, 4)
  }
})

test('calls that find the portal renamed together ask who it is once', async () => {
  const { client, seen, stored } = worldOf(renamed(7))
  await Promise.all([1, 2, 3].map(() => client.call('user.get', {}, { signal: signal() })))
  assert.equal(seen.filter(({ method }) => method === 'profile').length, 1)
  assert.equal(stored.length, 1)
})

test('a redirect to a stranger, to another path or without end is refused', async () => {
  const path = '/rest/7/verysecretwebhook/user.get'
  const targets = [
    `https://new-name.bitrix24.com${path}`,
    `https://new-name.bitrix24.ru.evil.com${path}`,
    `https://evil.com/bitrix24.ru${path}`,
    `https://bitrix24.ru${path}`,
    `http://new-name.bitrix24.ru${path}`,
    `http://127.0.0.1:8080${path}`,
    `https://user:pass@new-name.bitrix24.ru${path}`,
    'https://new-name.bitrix24.ru/auth/?backurl=x',
    `https://office.bitrix24.ru${path}`,
    '/rest/7/verysecretwebhook/user.get?x=1',
    'nonsense://',
    '',
  ]
  for (const target of targets) {
    const { client, seen, stored } = worldOf(() => redirect(target))
    const error = await failureOf(client.call('user.get', {}, { signal: signal(), isWrite: true }))
    assert.deepEqual([error.kind, error.code, seen.length], ['broken', 'redirected', 1], target)
    assert.deepEqual([stored.length, client.address()], [0, 'https://office.bitrix24.ru'])
  }
  for (const status of [300, 303, 304]) {
    const { client } = worldOf(one => redirect(there + one.url.pathname, status))
    const error = await failureOf(client.call('user.get', {}, { signal: signal() }))
    assert.deepEqual([error.kind, error.code], ['broken', 'redirected'], String(status))
  }
})

test('a portal that does not know the user is not the portal, and its address is not stored', async () => {
  const answers: [() => Response, string, string][] = [
    [() => reply({ result: { ID: '8' } }), 'broken', 'redirected'],
    [() => reply({ result: [] }), 'broken', 'redirected'],
    [() => refusal(401, 'INVALID_CREDENTIALS'), 'broken', 'redirected'],
    [() => reply('<html>'), 'offline', 'badAnswer'],
    [() => reply('<html>', 502), 'offline', 'internal'],
    [() => refusal(503, 'QUERY_LIMIT_EXCEEDED'), 'busy', 'rateLimited'],
    [
      () => redirect('https://office.bitrix24.ru/rest/7/verysecretwebhook/profile'),
      'broken',
      'redirected',
    ],
  ]
  for (const [answer, kind, code] of answers) {
    const { client, seen, stored } = worldOf(one =>
      isThere(one) ? answer() : redirect(there + one.url.pathname),
    )
    const error = await failureOf(
      client.call('crm.item.update', {}, { signal: signal(), isWrite: true }),
    )
    assert.deepEqual([error.kind, error.code, stored.length, seen.length], [kind, code, 0, 2])
  }
})

test('an address that could not be stored is not used', async () => {
  const { client, seen } = worldOf(renamed('7'), {
    onAccess() {
      throw new Error('disk full')
    },
  })
  const error = await failureOf(client.call('user.get', {}, { signal: signal(), isWrite: true }))
  assert.deepEqual([error.kind, client.address()], ['busy', 'https://office.bitrix24.ru'])
  assert.ok(seen.every(({ method }) => method !== 'user.get' || seen.length === 2))
})

test('of an application the portal must be the same where it tells, and its tokens may be renewed on the way', async () => {
  const portal = (memberId: unknown) => (one: Seen) => {
    if (one.url.hostname === 'oauth.bitrix24.tech')
      return reply({ access_token: 'verysecretaccess1', refresh_token: 'verysecretrefresh1' })
    if (!isThere(one)) return redirect(there + one.url.pathname)
    if (!one.body.includes('verysecretaccess1')) return refusal(401, 'expired_token')
    if (one.method === 'app.info')
      return memberId === null
        ? refusal(403, 'ACCESS_DENIED')
        : reply({ result: { ID: 5, member_id: memberId } })
    return reply({ result: { ID: '1' } })
  }
  const tokens = { accessToken: 'verysecretaccess1', refreshToken: 'verysecretrefresh1' }
  const stored = async (memberId: unknown) => {
    const world = worldOf(portal(memberId), { access: oauth })
    const work = world.client.call('user.get', {}, { signal: signal(), isWrite: true })
    const outcome = memberId === 'another' ? (await failureOf(work)).code : (await work).result
    return [
      outcome,
      ...world.stored.map((access: Access) => [
        access.address,
        access.kind === 'oauth' && access.accessToken,
      ]),
    ]
  }
  const kept = [oauth.address, tokens.accessToken]
  const moved = [there, tokens.accessToken]
  assert.deepEqual(await stored(oauth.memberId), [{ ID: '1' }, kept, moved])
  assert.deepEqual(await stored(undefined), [{ ID: '1' }, kept, moved])
  assert.deepEqual(await stored(null), [{ ID: '1' }, kept, moved])
  assert.deepEqual(await stored('another'), ['redirected', kept])
})

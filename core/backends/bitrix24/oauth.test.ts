import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  failureOf,
  oauth,
  refusal,
  reply,
  signal,
  webhook,
  worldOf,
} from '../../testing/bitrix-wire.ts'
import type { Seen } from '../../testing/bitrix-wire.ts'
import type { Access } from './client.ts'

const expired = () => refusal(401, 'expired_token', 'The access token provided has expired.')
const grant = (n: number, more: Record<string, unknown> = {}) => ({
  access_token: `verysecretaccess${n}`,
  refresh_token: `verysecretrefresh${n}`,
  client_endpoint: 'https://office.bitrix24.ru/rest/',
  expires_in: 3_600,
  member_id: oauth.memberId,
  ...more,
})
const isRenewal = ({ url }: Seen) => url.hostname === 'oauth.bitrix24.tech'
const tokenIn = ({ body }: Seen) => (JSON.parse(body) as { auth: string }).auth

/** A portal that takes only the newest token and a server that takes each refresh token once. */
function rotating() {
  let n = 0
  return (seen: Seen) => {
    if (!isRenewal(seen))
      return tokenIn(seen) === `verysecretaccess${n}` && n > 0 ? reply({ result: n }) : expired()
    const form = new URLSearchParams(seen.body)
    if (form.get('refresh_token') !== `verysecretrefresh${n}`)
      return refusal(400, 'invalid_grant', 'Invalid grant.')
    return reply(grant((n += 1)))
  }
}

test('tokens are renewed once for all calls that find them expired, stored, then used', async () => {
  const storedBefore: number[] = []
  const { client, seen, stored } = worldOf(
    (() => {
      const portal = rotating()
      return async one => {
        if (isRenewal(one)) await new Promise(setImmediate)
        else storedBefore.push(stored.length)
        return portal(one)
      }
    })(),
    { access: oauth },
  )
  const answers = await Promise.all(
    [1, 2, 3].map(() => client.call('profile', {}, { signal: signal(), isWrite: true })),
  )
  assert.deepEqual(
    answers.map(({ result }) => result),
    [1, 1, 1],
  )
  assert.equal(seen.filter(isRenewal).length, 1)
  assert.deepEqual(storedBefore, [0, 0, 0, 1, 1, 1])
  const renewal = seen.find(isRenewal)
  assert.equal(renewal?.url.href, 'https://oauth.bitrix24.tech/oauth/token/')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(renewal.body)), {
    grant_type: 'refresh_token',
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
    refresh_token: oauth.refreshToken,
  })
  const expected: Access = {
    ...oauth,
    accessToken: 'verysecretaccess1',
    refreshToken: 'verysecretrefresh1',
    expiresAt: oauth.expiresAt,
  }
  assert.deepEqual(stored, [expected])
  for (const { url } of seen) assert.ok(!url.href.includes('verysecret'))
})

test('a token that is refused after a renewal is lost, and not renewed again', async () => {
  const { client, seen } = worldOf(one => (isRenewal(one) ? reply(grant(1)) : expired()), {
    access: oauth,
  })
  const error = await failureOf(client.call('profile', {}, { signal: signal() }))
  assert.deepEqual([error.kind, error.code], ['unauthorised', 'authLost'])
  assert.equal(seen.filter(isRenewal).length, 1)
})

test('only an expired or invalid token is worth a renewal, and only of an application', async () => {
  const renewals = async (answer: Response, access: Access) => {
    const { client, seen } = worldOf(one => (isRenewal(one) ? reply(grant(1)) : answer.clone()), {
      access,
    })
    await failureOf(client.call('profile', {}, { signal: signal() }))
    return seen.filter(isRenewal).length
  }
  assert.deepEqual(
    [
      await renewals(refusal(401, 'EXPIRED_TOKEN'), oauth),
      await renewals(refusal(401, 'invalid_token'), oauth),
      await renewals(refusal(401, 'expired_token'), webhook),
      await renewals(refusal(403, 'expired_token'), oauth),
      await renewals(refusal(401, 'NO_AUTH_FOUND'), oauth),
      await renewals(refusal(401, 'METHOD_CONFIRM_WAITING'), oauth),
      await renewals(refusal(401, 'authorization_error'), oauth),
    ],
    [1, 1, 0, 0, 0, 0, 0],
  )
})

test('a store that fails fails the call, and the new tokens are not lost', async () => {
  let isFull = true
  const { client, seen, stored } = worldOf(rotating(), {
    access: oauth,
    onAccess(access) {
      if (isFull) throw new Error(`disk full: ${JSON.stringify(access)}`)
    },
  })
  const error = await failureOf(client.call('profile', {}, { signal: signal(), isWrite: true }))
  assert.deepEqual([error.kind, error.code, stored.length], ['busy', 'internal', 0])
  isFull = false
  assert.equal((await client.call('profile', {}, { signal: signal() })).result, 1)
  assert.equal(seen.filter(isRenewal).length, 1)
  assert.equal(stored.length, 1)
})

test('what a server of tokens answers has its meaning, and no call was carried out', async () => {
  const cases: [() => Response | Promise<Response>, string, string | null][] = [
    [() => refusal(400, 'invalid_grant', 'Invalid grant.'), 'unauthorised', 'authLost'],
    [() => refusal(400, 'invalid_client'), 'unauthorised', 'authLost'],
    [() => refusal(401, 'invalid_client'), 'unauthorised', 'authLost'],
    [() => refusal(200, 'wrong_client'), 'unauthorised', 'authLost'],
    [() => refusal(400, 'bad_verification_code'), 'unauthorised', 'authLost'],
    [() => refusal(400, 'invalid_request', 'bad'), 'unauthorised', 'authLost'],
    [() => refusal(401, 'NOT_INSTALLED'), 'unauthorised', 'authLost'],
    [() => refusal(200, 'PAYMENT_REQUIRED'), 'forbidden', 'planBlocked'],
    [() => refusal(403, 'invalid_scope'), 'forbidden', 'scopeMissing'],
    [() => reply('<html>', 502), 'offline', 'internal'],
    [() => reply('<html>Sign in to the network'), 'offline', 'badAnswer'],
    [() => reply({ access_token: 'a' }), 'broken', 'badAnswer'],
    [() => reply({ ...grant(1), refresh_token: '' }), 'broken', 'badAnswer'],
    [() => reply({ ...grant(1), access_token: 'with space' }), 'broken', 'badAnswer'],
    [() => reply(grant(1, { member_id: 'another' })), 'broken', 'badAnswer'],
    [
      () => new Response(null, { status: 302, headers: { location: 'https://x.ru' } }),
      'broken',
      'redirected',
    ],
    [() => Promise.reject(new TypeError('fetch failed')), 'offline', null],
  ]
  for (const [answer, kind, code] of cases) {
    const { client, stored } = worldOf(one => (isRenewal(one) ? answer() : expired()), {
      access: oauth,
    })
    const error = await failureOf(client.call('profile', {}, { signal: signal(), isWrite: true }))
    assert.deepEqual([error.kind, error.code, stored.length], [kind, code, 0], error.message)
  }
})

test('a server of tokens over plain http is not asked', async () => {
  const { client, seen } = worldOf(expired, {
    access: { ...oauth, server: 'http://oauth.bitrix24.tech' },
  })
  const error = await failureOf(client.call('profile', {}, { signal: signal() }))
  assert.deepEqual([error.kind, error.code, seen.length], ['broken', 'httpsRequired', 1])
})

test('a renewal nobody waits for any more is finished and stored', async () => {
  const opened = Promise.withResolvers<void>()
  const { client, clock, seen, stored } = worldOf(
    async one => {
      if (!isRenewal(one)) return expired()
      await opened.promise
      return reply(grant(1))
    },
    { access: oauth },
  )
  const stopping = new AbortController()
  const stopped = failureOf(client.call('profile', {}, { signal: stopping.signal, isWrite: true }))
  await clock.pass(0)
  stopping.abort()
  assert.equal((await stopped).kind, 'offline')
  client.close()
  opened.resolve()
  await clock.pass(0)
  assert.deepEqual([stored.length, seen.length], [1, 2])
})

test('the new address of a renamed portal comes with new tokens, unless it is a stranger', async () => {
  const addressAfter = async (endpoint: string) => {
    let isNew = false
    const { client } = worldOf(
      one => {
        if (!isRenewal(one)) return isNew ? reply({ result: 1 }) : expired()
        isNew = true
        return reply(grant(1, { client_endpoint: endpoint }))
      },
      { access: oauth },
    )
    await client.call('profile', {}, { signal: signal() })
    return client.address()
  }
  assert.deepEqual(
    [
      await addressAfter('https://new-name.bitrix24.ru/rest/'),
      await addressAfter('https://new-name.bitrix24.evil.ru/rest/'),
      await addressAfter('http://new-name.bitrix24.ru/rest/'),
      await addressAfter('nonsense'),
    ],
    ['https://new-name.bitrix24.ru', ...Array<string>(3).fill('https://office.bitrix24.ru')],
  )
})

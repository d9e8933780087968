import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { oauth, signal, webhook, worldOf } from '../../testing/bitrix-wire.ts'
import { counted } from '../../testing/counted.ts'
import { BackendError } from '../errors.ts'
import type { Access } from './client.ts'

/** security.md 8, row 13: whatever a portal answers, nothing that was planted is told on. */
const runs = 2_000
const planted = /verysecret/i

/** Stands for one of the secrets the client holds at that moment. */
const secret = fc.constantFrom('§0', '§1', '§2', '§3', '§4')
const held = (access: Access): readonly string[] =>
  access.kind === 'webhook'
    ? [access.secret, access.secret.toUpperCase()]
    : [access.accessToken, access.refreshToken, access.clientSecret]
const filled = (text: string, accesses: readonly Access[]): string => {
  const known = accesses.flatMap(held)
  return text.replace(
    /§(\d)/g,
    (_all, index: string) => known.at(Number(index) % known.length) ?? '',
  )
}

const words = fc
  .array(
    fc.oneof(
      secret,
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('<b>', '</b>', '\u0000', ' ', 'https://x.ru/rest/7/', 'Not found', '%'),
      secret.map(one => `https://office.bitrix24.ru/rest/7/${one}/profile`),
      fc.constant('x'.repeat(190)),
      fc.constant('<'.repeat(3_990)),
    ),
    { maxLength: 5 },
  )
  .map(parts => parts.join(''))
const code = fc.oneof(
  fc.constantFrom('', 0, '0', '100', null, 'expired_token', 'invalid_token', 'NOT_FOUND', '-'),
  fc.constantFrom('QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'INTERNAL_SERVER_ERROR'),
  words,
  fc.jsonValue(),
)
const date = fc.oneof(
  words,
  fc.constantFrom('2024-08-05T09:02:13+00:00', '9'.repeat(30)),
  fc.double(),
)
const time = fc.oneof(
  fc.jsonValue(),
  fc.record({
    date_start: date,
    finish: date,
    operating: date,
    operating_reset_at: date,
    duration: date,
  }),
)
const map = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('c0', 'c1', '__proto__'), fc.oneof(words, fc.jsonValue())),
  fc.dictionary(fc.constantFrom('c0', 'c1'), fc.record({ error: code, error_description: words })),
)
const body = fc.oneof(
  words,
  fc.jsonValue(),
  fc.record({ error: code, error_description: fc.oneof(words, fc.jsonValue()) }),
  fc.record({ result: fc.oneof(words, fc.jsonValue()), time, next: date, total: date }),
  fc.record({
    result: fc.record({ result: map, result_error: map, result_time: map, result_total: map }),
    time,
  }),
  fc.record({
    access_token: fc.constantFrom('verysecretaccess1', 'verysecretaccess2', ''),
    refresh_token: fc.constantFrom('verysecretrefresh1', 'verysecretrefresh2', 7),
    client_endpoint: words,
    expires_in: date,
    member_id: fc.constantFrom('member-of-office', 'another'),
  }),
)
const answer = fc.record({
  status: fc.constantFrom(
    200,
    200,
    200,
    204,
    301,
    302,
    307,
    400,
    401,
    401,
    403,
    404,
    410,
    429,
    500,
    502,
    503,
  ),
  body,
  isCut: fc.boolean(),
  cause: fc.option(words, { nil: null }),
  location: fc.oneof(
    fc.constantFrom('https://new.bitrix24.ru', 'http://new.bitrix24.ru', 'https://evil.ru', ''),
    words,
  ),
})
type Given = typeof answer extends fc.Arbitrary<infer T> ? T : never

function responseOf(
  { status, body: given, isCut, location }: Given,
  path: string,
  fill: (text: string) => string,
): Response {
  const whole = fill(typeof given === 'string' ? given : JSON.stringify(given))
  const text = isCut ? whole.slice(0, whole.length / 2) : whole
  const headers = new Headers()
  try {
    headers.set('location', fill(`${location}${path}`))
  } catch {
    // No header can carry it.
  }
  return new Response(status === 204 ? null : text, { status, headers })
}

async function turns(count: number): Promise<false> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
  return false
}

async function told(given: readonly Given[], isOAuth: boolean): Promise<void> {
  let asked = 0
  const access = isOAuth ? oauth : webhook
  const { client, clock, stored } = worldOf(
    ({ url }) => {
      const one = given[asked % given.length]
      asked += 1
      assert.ok(one)
      const fill = (text: string) => filled(text, [access, ...stored])
      if (one.cause !== null && one.isCut)
        throw Object.assign(new TypeError(fill(`fetch failed ${one.cause}`)), {
          cause: Object.assign(new Error(fill(one.cause)), { code: 'ECONNRESET' }),
        })
      return responseOf(one, url.pathname, fill)
    },
    { access },
  )
  const command = { key: 'c0', method: 'user.get', params: {} }
  const works = [
    client.call('user.get', {}, { signal: signal() }),
    client.call('crm.item.update', {}, { signal: signal(), isWrite: true }),
    client.batch([command, { ...command, key: 'c1' }], { signal: signal(), isWrite: true }),
  ]
  const settled = Promise.allSettled(works)
  const isQuick = await Promise.race([settled.then(() => true), turns(3)])
  if (!isQuick) await clock.pass(120_000)
  assert.ok(asked < 40, 'asks without end')
  for (const one of await settled) {
    if (one.status === 'rejected') harmless(one.reason)
    else if (one.value instanceof Map)
      for (const each of one.value.values()) if (each.kind === 'failed') harmless(each.error)
  }
  assert.ok(!planted.test(client.address()))
}

function harmless(error: unknown): void {
  assert.ok(error instanceof BackendError, String(error))
  assert.ok(!planted.test([error.message, error.stack, error.code].join(' ')), error.message)
  assert.equal(error.cause, undefined)
  assert.ok(error.message.length <= 200 && !/[\p{Cc}]/u.test(error.message), error.message)
  assert.ok(!error.message.includes('://'), error.message)
}

test('no error tells a secret, whatever the portal answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), fc.boolean(), told),
    { numRuns: runs },
  )
  counted(`answers of a hostile Bitrix24: ${runs}`)
})

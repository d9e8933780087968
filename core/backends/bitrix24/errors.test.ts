import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, refusal, reply, signal, worldOf } from '../../testing/bitrix-wire.ts'
import { cleanerOf } from './redact.ts'

/** Status, code, description; then kind and code of a read and of a write. */
type Row = readonly [number, unknown, string, string, string, string?]

/** Section 7 of bitrix24.md row by row, as section 11 corrects it. */
const rows: readonly Row[] = [
  [401, 'expired_token', 'The access token provided has expired.', 'unauthorised', 'authLost'],
  [401, 'invalid_token', 'Unable to get application by token', 'unauthorised', 'authLost'],
  [401, 'NO_AUTH_FOUND', 'Wrong authorization data', 'unauthorised', 'authLost'],
  [401, 'INVALID_CREDENTIALS', 'Invalid request credentials', 'unauthorised', 'authLost'],
  [200, 'INVALID_CREDENTIALS', 'Invalid request credentials', 'unauthorised', 'authLost'],
  [403, 'INVALID_CREDENTIALS', 'Invalid request credentials', 'forbidden', 'accessDenied'],
  [401, 'authorization_error', 'Unable to authorize user', 'unauthorised', 'authLost'],
  [401, 'APPLICATION_NOT_FOUND', '', 'unauthorised', 'authLost'],
  [401, 'ERROR_OAUTH', 'Application not installed', 'unauthorised', 'authLost'],
  [401, 'NOT_INSTALLED', 'Application not installed', 'unauthorised', 'authLost'],
  [200, 'wrong_client', '', 'unauthorised', 'authLost'],
  [400, 'invalid_client', '', 'unauthorised', 'authLost'],
  [400, 'invalid_grant', '', 'unauthorised', 'authLost'],
  [401, 'PAYMENT_REQUIRED', 'Subscription has been ended', 'forbidden', 'planBlocked'],
  [403, 'ACCESS_DENIED', 'REST is available only on commercial plans.', 'forbidden', 'planBlocked'],
  [400, 'ACCESS_DENIED', 'Access denied', 'forbidden', 'accessDenied'],
  [
    403,
    'ACCESS_DENIED',
    'Access denied! Application context required',
    'forbidden',
    'accessDenied',
  ],
  [400, '', 'Access denied.', 'forbidden', 'accessDenied'],
  [400, 'Access denied.', '', 'forbidden', 'accessDenied'],
  [400, 0, 'Access denied. (internal error)', 'forbidden', 'accessDenied'],
  [400, '0', 'Action on the task is not allowed', 'forbidden', 'accessDenied'],
  [400, '-', '', 'forbidden', 'accessDenied'],
  [403, 'ACCESS_ERROR', '', 'forbidden', 'accessDenied'],
  [403, 'insufficient_scope', '', 'forbidden', 'scopeMissing'],
  [401, 'insufficient_scope', '', 'forbidden', 'scopeMissing'],
  [403, 'user_access_error', '', 'forbidden', 'accessDenied'],
  [403, 'allowed_only_intranet_user', '', 'forbidden', 'accessDenied'],
  [403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied', 'forbidden', 'accessDenied'],
  [403, 'METHOD_CONFIRM_DENIED', '', 'forbidden', 'accessDenied'],
  [401, 'METHOD_CONFIRM_WAITING', '', 'busy', 'confirmWait'],
  [503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', 'busy', 'rateLimited'],
  [503, 'query_limit_exceeded', 'Too many requests', 'busy', 'rateLimited'],
  [429, 'OPERATION_TIME_LIMIT', 'Method is blocked', 'busy', 'methodBlocked'],
  [503, 'OVERLOAD_LIMIT', '', 'busy', 'portalBlocked'],
  [500, 'INTERNAL_SERVER_ERROR', '', 'offline', 'internal', 'ambiguous'],
  [200, 'INTERNAL_SERVER_ERROR', '', 'offline', 'internal', 'ambiguous'],
  [500, 'ERROR_UNEXPECTED_ANSWER', '', 'offline', 'internal', 'ambiguous'],
  [500, 'PORTAL_DELETED', '', 'unauthorised', 'portalGone'],
  [403, 'PORTAL_DELETED', '', 'unauthorised', 'portalGone'],
  [410, 'PORTAL_DELETED', '', 'unauthorised', 'portalGone'],
  [404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!', 'refused', 'unsupported'],
  [400, 'NOT_FOUND', 'Item not found', 'refused', 'notFound'],
  [400, 'ERROR_NOT_FOUND', '', 'refused', 'notFound'],
  [400, 'OWNER_NOT_FOUND', '', 'refused', 'notFound'],
  [400, '', 'Not found', 'refused', 'notFound'],
  [400, '', 'Элемент не найден', 'refused', 'notFound'],
  [400, '0', 'wrong task id (internal error)', 'refused', 'notFound'],
  [400, 'NOT_FOUND', 'Smart process not found', 'refused', 'invalid'],
  [400, '', 'ID is not defined or invalid', 'refused', 'invalid'],
  [
    400,
    'INVALID_ARG_VALUE',
    "Invalid filter: field 'X' is not allowed in filter",
    'refused',
    'invalid',
  ],
  [400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', '', 'refused', 'invalid'],
  [400, 'CRM_FIELD_ERROR_REQUIRED', '', 'refused', 'invalid'],
  [400, 'ERROR_CORE', 'The user in "Responsible" was not found<br>', 'refused', 'invalid'],
  [400, '100', 'Could not find value for parameter {id}', 'refused', 'invalid'],
  [400, 100, 'Could not find value for parameter {id}', 'refused', 'invalid'],
  [400, 'Invalid parameters.', '', 'refused', 'invalid'],
  [200, 'SOMETHING_NEW', '', 'refused', 'invalid'],
  [400, 'UPDATE_DYNAMIC_ITEM_RESTRICTED', '', 'forbidden', 'planBlocked'],
  [400, 'ERROR_BATCH_LENGTH_EXCEEDED', '', 'broken', 'batchMisuse'],
  [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', '', 'broken', 'batchMisuse'],
  [400, 'INVALID_REQUEST', 'Https required', 'broken', 'httpsRequired'],
  [404, 'ERROR_MANIFEST_IS_NOT_AVAILABLE', '', 'refused', 'unsupported'],
  // By the status alone, and version 3.
  [401, 'SOMETHING_NEW', '', 'unauthorised', 'authLost'],
  [403, '', '', 'forbidden', 'accessDenied'],
  [404, 'SOMETHING_NEW', '', 'refused', 'notFound'],
  [429, '', '', 'busy', 'rateLimited'],
  [500, '', 'Not found', 'offline', 'internal', 'ambiguous'],
  [500, 'ERROR_CORE', '', 'offline', 'internal', 'ambiguous'],
  [503, 'SOMETHING_NEW', '', 'offline', 'internal', 'ambiguous'],
  [403, { code: 'insufficient_scope', message: 'x' }, '', 'forbidden', 'scopeMissing'],
  [400, { code: 'BITRIX_REST_V3_EXCEPTION', message: 'x' }, '', 'refused', 'invalid'],
  [400, null, '', 'refused', 'invalid'],
  [400, ['x'], '', 'refused', 'invalid'],
]

test('every refusal has one meaning, for a read and for a write', async () => {
  for (const [status, error, description, kind, code, writeKind = kind] of rows) {
    const { client } = worldOf(() => refusal(status, error, description))
    const of = (isWrite: boolean) =>
      failureOf(client.call('some.method', {}, { signal: signal(), isWrite }))
    const [read, write] = [
      await of(false),
      status === 503 || status === 429 ? null : await of(true),
    ]
    const name = `${status} ${JSON.stringify(error)} ${description}`
    assert.deepEqual([read.kind, read.code], [kind, code], name)
    if (write) assert.deepEqual([write.kind, write.code], [writeKind, code], name)
    if (kind === 'busy') assert.ok((read.retryAfterMs ?? 0) >= 1_000, name)
  }
})

test('a refusal of a write at the gate was not carried out', async () => {
  for (const [status, error] of [
    [503, 'QUERY_LIMIT_EXCEEDED'],
    [429, 'OPERATION_TIME_LIMIT'],
    [503, 'OVERLOAD_LIMIT'],
  ] as const) {
    const { client } = worldOf(() => refusal(status, error))
    const write = { signal: signal(), isWrite: true }
    assert.equal((await failureOf(client.call('crm.item.update', {}, write))).kind, 'busy')
  }
})

test('an answer that is none is a matter of the way for a read, and leaves a write unknown', async () => {
  const cases: [() => Response, string, string][] = [
    [() => reply('<html>502 Bad Gateway</html>', 502), 'offline', 'internal'],
    [() => reply('', 504), 'offline', 'internal'],
    [() => reply('<html>', 503), 'offline', 'internal'],
    [() => reply({ result: 1 }, 500), 'offline', 'internal'],
    [() => reply('<html>Sign in to the network</html>'), 'offline', 'badAnswer'],
    [() => reply('{"result":{"items":[{"id":1'), 'offline', 'badAnswer'],
    [() => reply(''), 'offline', 'badAnswer'],
    [() => reply('null'), 'broken', 'badAnswer'],
    [() => reply('[]'), 'broken', 'badAnswer'],
    [() => reply({ time: {} }), 'broken', 'badAnswer'],
    [() => reply('<html>', 404), 'broken', 'badAnswer'],
    [() => reply({ result: 1 }, 400), 'broken', 'badAnswer'],
  ]
  for (const [answer, kind, code] of cases) {
    const { client } = worldOf(answer)
    const read = await failureOf(client.call('a', {}, { signal: signal() }))
    const write = await failureOf(client.call('a', {}, { signal: signal(), isWrite: true }))
    assert.deepEqual([read.kind, read.code], [kind, code], read.message)
    assert.deepEqual([write.kind, write.code], ['ambiguous', code], write.message)
  }
})

test('a command of a batch fails by the same table, without a status', async () => {
  const cases: [Record<string, unknown>, string, string][] = [
    [{ error: '', error_description: 'Not found' }, 'refused', 'notFound'],
    [{ error: 'insufficient_scope' }, 'forbidden', 'scopeMissing'],
    [{ error: 'INVALID_CREDENTIALS' }, 'forbidden', 'accessDenied'],
    [{ error: 'OPERATION_TIME_LIMIT' }, 'busy', 'methodBlocked'],
    [{ error: 'INTERNAL_SERVER_ERROR' }, 'ambiguous', 'internal'],
    [
      { error: 0, error_description: 'Access denied. (internal error)' },
      'forbidden',
      'accessDenied',
    ],
    [{}, 'refused', 'invalid'],
  ]
  for (const [error, kind, code] of cases) {
    const { client } = worldOf(() => reply({ result: { result: [], result_error: { c0: error } } }))
    const answers = await client.batch([{ key: 'c0', method: 'a', params: {} }], {
      signal: signal(),
      isWrite: true,
    })
    const answer = answers.get('c0')
    assert.ok(answer?.kind === 'failed')
    assert.deepEqual([answer.error.kind, answer.error.code], [kind, code])
  }
})

test('a message is short, of one line, without addresses and secrets', () => {
  const clean = cleanerOf(() => ['se.cret+1', 'se.cret+1more', ''])
  assert.deepEqual(
    [
      'a\n\tb\u0000c\u202ed',
      '<b>Access</b> denied<br>',
      'see https://office.bitrix24.ru/rest/7/x/ and /rest/7/x/ now',
      'it is SE.CRET+1more, se.cret+1 or se.cret%2B1',
      'не найден',
    ].map(clean),
    [
      'a b c d',
      'Access denied',
      'see (address) and (address) now',
      'it is ***, *** or ***',
      'не найден',
    ],
  )
  assert.equal(clean('ы'.repeat(500)).length, 200)
  assert.ok(!clean(`${'x'.repeat(3_995)}se.cret+1`).includes('se.'))
  assert.ok(clean('😀'.repeat(500)).isWellFormed())
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, reply, signal, worldOf } from '../../testing/bitrix-wire.ts'
import { BackendError } from '../errors.ts'
import type { Command, CommandAnswer } from './client.ts'
import { bodyOf, commandOf } from './encode.ts'

const plain = (params: Record<string, unknown>) => decodeURIComponent(commandOf('m', params))

test('parameters of a command are a query in the style of PHP', () => {
  assert.equal(
    plain({
      filter: { '>id': 7, '@stageId': ['NEW', 'C1:WON'], name: 'Иван & Ко=100%' },
      select: ['id', 'title'],
      fields: { assignedById: 6, opened: true, closed: false, comments: '' },
      start: -1,
    }),
    'm?filter[>id]=7&filter[@stageId][0]=NEW&filter[@stageId][1]=C1:WON&filter[name]=Иван & Ко=100%&select[0]=id&select[1]=title&fields[assignedById]=6&fields[opened]=Y&fields[closed]=N&fields[comments]=&start=-1',
  )
  assert.equal(commandOf('m', { 'a&b': '1+1&c=d' }), 'm?a%26b=1%2B1%26c%3Dd')
  assert.equal(commandOf('profile', {}), 'profile')
})

test('what PHP cannot tell from absence is left out', () => {
  assert.equal(plain({ a: null, b: undefined, c: [], d: {}, e: { f: [] } }), 'm')
  assert.equal(plain({ a: [null, 1, undefined, 2] }), 'm?a[0]=1&a[1]=2')
  assert.equal(plain({ a: 10n, b: () => 1, c: Symbol('x') }), 'm?a=10')
})

test('a reference to another command stays usable', () => {
  const query = commandOf('m', { id: '$result[c0][items][0][id]' })
  assert.equal(query, 'm?id=%24result%5Bc0%5D%5Bitems%5D%5B0%5D%5Bid%5D')
  assert.equal(new URLSearchParams(query.slice(2)).get('id'), '$result[c0][items][0][id]')
})

test('nothing leaves that PHP would take for no parameters at all', () => {
  assert.equal(
    bodyOf({ a: 'x\ud800', b: ['\udc00'], 'c\ud800': { d: 1n }, e: true }),
    '{"a":"x\ufffd","b":["\ufffd"],"c\ufffd":{"d":"1"},"e":true}',
  )
  assert.equal(decodeURIComponent(commandOf('m', { a: 'x\ud800' })), 'm?a=x\ufffd')
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => bodyOf({ a: { b: [bad] } }), BackendError)
    assert.throws(() => commandOf('m', { a: { b: [bad] } }), BackendError)
  }
})

const commands = (...keys: string[]): Command[] =>
  keys.map(key => ({ key, method: 'user.get', params: {} }))
const maps = (more: Record<string, unknown>) => ({
  result: {
    result: [],
    result_error: [],
    result_total: [],
    result_next: [],
    result_time: [],
    ...more,
  },
})
async function heard(result: unknown, keys: string[]): Promise<[string, CommandAnswer['kind']][]> {
  const { client } = worldOf(() => reply(result))
  const answers = await client.batch(commands(...keys), { signal: signal() })
  return [...answers].map(([key, { kind }]) => [key, kind])
}

test('each command is answered, failed or absent, in their order', async () => {
  const { client } = worldOf(() =>
    reply(
      maps({
        result: { c2: null, c0: [{ ID: '1' }], c5: false },
        result_error: { c1: { error: '', error_description: 'Not found' } },
        result_total: { c0: '4' },
        result_next: { c0: 50 },
        result_time: { c0: { date_start: '2024-08-05T12:02:13+03:00' }, c4: {} },
      }),
    ),
  )
  const answers = await client.batch(commands('c0', 'c1', 'c2', 'c3', 'c4', 'c5'), {
    signal: signal(),
    isWrite: true,
  })
  assert.deepEqual(
    [...answers].map(([key, { kind }]) => [key, kind]),
    [
      ['c0', 'answered'],
      ['c1', 'failed'],
      ['c2', 'answered'],
      ['c3', 'absent'],
      // Begun and not ended: nobody knows.
      ['c4', 'failed'],
      ['c5', 'answered'],
    ],
  )
  assert.deepEqual(answers.get('c0'), {
    kind: 'answered',
    answer: { result: [{ ID: '1' }], next: 50, total: 4, at: Date.UTC(2024, 7, 5, 9, 2, 13) },
  })
  const unknown = answers.get('c4')
  assert.ok(unknown?.kind === 'failed')
  assert.deepEqual([unknown.error.kind, unknown.error.code], ['ambiguous', 'badAnswer'])
})

test('an error outweighs a result, and a map may be absent', async () => {
  assert.deepEqual(
    await heard({ result: { result: { c0: 1 }, result_error: { c0: { error: 'X' } } } }, ['c0']),
    [['c0', 'failed']],
  )
  assert.deepEqual(await heard({ result: { result: { c0: 1 } } }, ['c0', 'c1']), [
    ['c0', 'answered'],
    ['c1', 'absent'],
  ])
})

test('a batch answered with nothing, or with lists that lost their keys, is no answer', async () => {
  for (const result of [
    maps({}),
    maps({ result: [1] }),
    maps({ result: { c0: 1 }, result_error: [{ error: 'X' }] }),
    maps({ result: 'text' }),
    maps({ result: { another: 1 } }),
    { result: [] },
    { result: true },
    { result: null },
  ]) {
    const { client } = worldOf(() => reply(result))
    const failure = async (isWrite: boolean) => {
      const { kind, code } = await failureOf(
        client.batch(commands('c0', 'c1'), { signal: signal(), isWrite }),
      )
      return [kind, code]
    }
    assert.deepEqual(await failure(false), ['broken', 'badAnswer'], JSON.stringify(result))
    assert.deepEqual(await failure(true), ['ambiguous', 'badAnswer'])
  }
})

test('a batch the portal would confuse does not leave', async () => {
  const { client, seen } = worldOf(() => reply({ result: 1 }))
  const nested = [{ key: 'c0', method: 'Batch', params: {} }]
  const many = commands(...Array.from({ length: 51 }, (_none, index) => `c${index}`))
  for (const bad of [
    commands('0'),
    commands('1a'),
    commands(''),
    commands('c 0'),
    commands('c0', 'c0'),
    commands('__proto__'),
    commands('constructor'),
    nested,
    many,
  ]) {
    const error = await failureOf(client.batch(bad, { signal: signal(), isWrite: true }))
    assert.deepEqual([error.kind, error.code], ['broken', 'batchMisuse'])
  }
  assert.deepEqual(await client.batch([], { signal: signal() }), new Map())
  assert.equal(seen.length, 0)
})

test('the request of a batch is JSON with one string a command', async () => {
  const { client, seen } = worldOf(() => reply(maps({ result: { c0: 1 } })))
  await client.batch([{ key: 'c0', method: 'user.get', params: { FILTER: { ACTIVE: true } } }], {
    signal: signal(),
    isHalting: true,
  })
  assert.deepEqual(JSON.parse(seen[0]!.body), {
    halt: 1,
    cmd: { c0: 'user.get?FILTER[ACTIVE]=Y' },
  })
})

test('answers tell their time, numbers in any dress, and nothing that changes a prototype', async () => {
  const answerTo = async (text: string) => {
    const { client } = worldOf(() => reply(text))
    return client.call('a', {}, { signal: signal() })
  }
  const at = (text: string) => `{"result":1,"time":{"date_start":${JSON.stringify(text)}}}`
  assert.deepEqual(
    [
      (await answerTo(at('2024-08-05T09:02:13+00:00'))).at,
      (await answerTo(at('2024-08-05T09:02:13'))).at,
      (await answerTo(at('0000-99-99T99:99:99+00:00'))).at,
      (await answerTo(at('05.08.2024'))).at,
      (await answerTo('{"result":1,"time":[]}')).at,
    ],
    [Date.UTC(2024, 7, 5, 9, 2, 13), null, null, null, null],
  )
  const odd = await answerTo('{"result":1,"next":"50","total":-1}')
  assert.deepEqual([odd.next, odd.total], [50, null])
  for (const name of ['__proto__', '\\u005f_proto__', '_\\u005Fproto\\u005f_']) {
    const { result } = await answerTo(`{"result":{"${name}":{"isAdmin":true},"a":1}}`)
    assert.deepEqual(result, { a: 1 })
  }
})

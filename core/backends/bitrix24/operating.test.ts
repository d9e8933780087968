import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  failureOf,
  refusal,
  reply,
  signal,
  virtualClock,
  worldOf,
} from '../../testing/bitrix-wire.ts'
import { Operating } from './operating.ts'

const blocked = () =>
  refusal(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.')
const finish = 1_785_400_000
const timed = (operating: number, resetAt: unknown = finish + 300, duration = 2) => ({
  finish,
  date_finish: new Date(finish * 1000).toISOString(),
  duration,
  operating,
  operating_reset_at: resetAt,
})

test('a blocked method pauses until the reset told before, and others go on', async () => {
  const { client, clock, seen } = worldOf(({ method }) =>
    seen.length > 1 && method === 'tasks.task.list'
      ? blocked()
      : reply({ result: [], time: timed(100) }),
  )
  const ask = (method: string) => client.call(method, {}, { signal: signal(), isWrite: true })
  await ask('tasks.task.list')
  await clock.pass(10_000)
  const told = await failureOf(ask('tasks.task.list'))
  assert.deepEqual([told.kind, told.code, told.retryAfterMs], ['busy', 'methodBlocked', 290_000])
  await clock.pass(1_000)
  const here = await failureOf(ask('Tasks.Task.List'))
  assert.deepEqual([here.kind, here.code, here.retryAfterMs], ['busy', 'methodBlocked', 289_000])
  await ask('crm.item.list')
  const inBatch = await failureOf(
    client.batch(
      [
        { key: 'c0', method: 'crm.item.list', params: {} },
        { key: 'c1', method: 'tasks.task.list', params: {} },
      ],
      { signal: signal(), isWrite: true },
    ),
  )
  assert.deepEqual([inBatch.kind, inBatch.code], ['busy', 'methodBlocked'])
  assert.deepEqual(
    seen.map(({ method }) => method),
    ['tasks.task.list', 'tasks.task.list', 'crm.item.list'],
  )
  await clock.pass(289_000)
  await failureOf(ask('tasks.task.list'))
  assert.equal(seen.length, 4)
})

test('a blocked method of which nothing is known pauses for a minute', async () => {
  const { client } = worldOf(blocked)
  const error = await failureOf(client.call('user.get', {}, { signal: signal() }))
  assert.equal(error.retryAfterMs, 60_000)
})

test('a command blocked within a batch blocks its method alone', async () => {
  const { client } = worldOf(({ method }) =>
    method === 'batch'
      ? reply({
          result: {
            result: { c0: [] },
            result_error: { c1: { error: 'OPERATION_TIME_LIMIT', error_description: '' } },
            result_total: [],
            result_next: [],
            result_time: { c0: timed(1) },
          },
          time: timed(479),
        })
      : reply({ result: [] }),
  )
  const answers = await client.batch(
    [
      { key: 'c0', method: 'user.get', params: {} },
      { key: 'c1', method: 'tasks.task.list', params: {} },
    ],
    { signal: signal() },
  )
  const failed = answers.get('c1')
  assert.ok(failed?.kind === 'failed')
  assert.deepEqual([failed.error.kind, failed.error.code], ['busy', 'methodBlocked'])
  await client.call('user.get', {}, { signal: signal() })
  // The time of the batch as a whole is booked to nobody.
  await client.call('batch', {}, { signal: signal() })
  const error = await failureOf(client.call('tasks.task.list', {}, { signal: signal() }))
  assert.equal(error.code, 'methodBlocked')
})

test('from four fifths of the limit on calls are spread over the time until the reset', async () => {
  let operating = 380
  const { client, clock, seen } = worldOf(() =>
    reply({ result: [], time: timed((operating += 5), finish + 300, 19) }),
  )
  const ask = () => client.call('crm.item.list', {}, { signal: signal() })
  await ask()
  void ask()
  await clock.pass(200_000)
  // 95 s are left, 19 s each: five calls in 300 s.
  assert.deepEqual(
    seen.map(({ at }) => at),
    [0, 60_000],
  )
})

test('a call that would have to wait for more than a minute is told when to come', async () => {
  const { client } = worldOf(() => reply({ result: [], time: timed(479, finish + 300, 19) }))
  await client.call('crm.item.list', {}, { signal: signal() })
  const error = await failureOf(client.call('crm.item.list', {}, { signal: signal() }))
  assert.deepEqual([error.kind, error.code, error.retryAfterMs], ['busy', 'methodBlocked', 300_000])
})

test('a call waiting for its method can be stopped', async () => {
  const { client, clock, seen } = worldOf(() =>
    reply({ result: [], time: timed(385, finish + 300, 19) }),
  )
  await client.call('crm.item.list', {}, { signal: signal() })
  const stopping = new AbortController()
  const stopped = failureOf(
    client.call('crm.item.list', {}, { signal: stopping.signal, isWrite: true }),
  )
  await clock.pass(1_000)
  stopping.abort()
  assert.equal((await stopped).kind, 'offline')
  assert.equal(seen.length, 1)
})

test('a reset far away, past or senseless is not believed', () => {
  const clock = virtualClock()
  const pauseAfter = (resetInMs: number | null) => {
    const operating = new Operating(clock)
    operating.book('a', { operatingMs: 1, resetInMs, tookMs: 1 })
    return operating.block('a')
  }
  assert.deepEqual([null, -5, 9e15, 1_000].map(pauseAfter), [60_000, 60_000, 660_000, 1_000])
})

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
import { Limiter, usualPace } from './limiter.ts'
import { Limiters } from './limiters.ts'

const tooMany = () => refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')

test('forty go at once and the others at 1.6 a second', async () => {
  const { client, clock, seen } = worldOf(() => reply({ result: true }))
  const asked = Array.from({ length: 48 }, () => client.call('profile', {}, { signal: signal() }))
  await clock.pass(0)
  assert.equal(seen.length, 40)
  await clock.pass(5_000)
  await Promise.all(asked)
  assert.deepEqual(
    seen.slice(40).map(({ at }) => at),
    [625, 1_250, 1_875, 2_500, 3_125, 3_750, 4_375, 5_000],
  )
})

test('who waits is served in order, writes before reads', async () => {
  const { client, clock, seen } = worldOf(() => reply({ result: true }))
  for (let n = 0; n < 40; n += 1) void client.call('first', {}, { signal: signal() })
  const ask = (method: string, isWrite: boolean) =>
    void client.call(method, {}, { signal: signal(), isWrite })
  for (const name of ['readA', 'readB']) ask(name, false)
  for (const name of ['writeA', 'writeB']) ask(name, true)
  await clock.pass(3_000)
  assert.deepEqual(
    seen.slice(40).map(({ method }) => method),
    ['writeA', 'writeB', 'readA', 'readB'],
  )
})

test('who stops waiting leaves the queue and takes no turn', async () => {
  const clock = virtualClock()
  const limiter = new Limiter(clock, { ratePerSecond: 1, burst: 1 })
  await limiter.turn(false, signal())
  const stopping = new AbortController()
  const stopped = failureOf(limiter.turn(true, stopping.signal))
  let wentAt = -1
  void limiter.turn(false, signal()).then(() => (wentAt = clock.elapsed()))
  assert.equal(limiter.waiting, 2)
  stopping.abort()
  const error = await stopped
  assert.deepEqual([error.kind, limiter.waiting], ['offline', 1])
  await clock.pass(1_000)
  assert.deepEqual([wentAt, limiter.waiting], [1_000, 0])
  assert.equal((await failureOf(limiter.turn(false, stopping.signal))).kind, 'offline')
})

test('told that it is too much, everybody pauses and goes on at half the pace', async () => {
  let isStrict = true
  const { client, clock, seen } = worldOf(() => (isStrict ? tooMany() : reply({ result: true })))
  const error = await failureOf(client.call('profile', {}, { signal: signal(), isWrite: true }))
  assert.deepEqual([error.kind, error.code, error.retryAfterMs], ['busy', 'rateLimited', 1_000])
  isStrict = false
  const asked = [1, 2, 3].map(() => client.call('profile', {}, { signal: signal() }))
  await clock.pass(10_000)
  await Promise.all(asked)
  const times = seen.slice(1).map(({ at }) => at)
  assert.ok(times[0] !== undefined && times[0] >= 1_000, String(times))
  assert.ok(times[1]! - times[0] > 1_000 && times[1]! - times[0] <= 1_250, String(times))
})

test('requests refused together slow down once', () => {
  const clock = virtualClock()
  const limiter = new Limiter(clock, usualPace)
  assert.deepEqual([limiter.refused(0), limiter.refused(0)], [1_000, 1_000])
  assert.equal(limiter.ratePerSecond, 0.8)
})

test('refusals in a row pause longer, and success brings the pace back little by little', async () => {
  const clock = virtualClock()
  const limiter = new Limiter(clock, usualPace)
  const pauses: number[] = []
  for (let n = 0; n < 7; n += 1) {
    await clock.pass(1)
    const sentAt = clock.elapsed()
    await clock.pass(1)
    pauses.push(limiter.refused(sentAt))
    limiter.refused(sentAt - 1)
  }
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  assert.equal(limiter.ratePerSecond, 0.1)
  for (let n = 0; n < 10; n += 1) limiter.accepted()
  assert.ok(Math.abs(limiter.ratePerSecond - 0.6) < 1e-9)
  for (let n = 0; n < 100; n += 1) limiter.accepted()
  assert.equal(limiter.ratePerSecond, 1.6)
})

test('clients of one portal share its pace, those of another do not', async () => {
  const clock = virtualClock()
  const limiters = new Limiters()
  const at = (address: string) =>
    limiters.limiterOf({ kind: 'webhook', address, userId: '1', secret: 's' }, clock, usualPace)
  assert.equal(at('https://a.bitrix24.ru'), at('https://a.bitrix24.ru'))
  assert.notEqual(at('https://a.bitrix24.ru'), at('https://b.bitrix24.ru'))
  limiters.rename('https://a.bitrix24.ru', 'https://c.bitrix24.ru')
  assert.equal(at('https://a.bitrix24.ru'), at('https://c.bitrix24.ru'))
})

test('what one client is told, the others of its portal heed', async () => {
  const limiters = new Limiters()
  const strict = worldOf(tooMany, { limiters })
  await failureOf(strict.client.call('profile', {}, { signal: signal() }))
  const other = worldOf(() => reply({ result: true }), { limiters })
  const asked = other.client.call('profile', {}, { signal: signal() })
  await strict.clock.pass(900)
  assert.equal(other.seen.length, 0)
  await strict.clock.pass(2_000)
  assert.equal((await asked).result, true)
})

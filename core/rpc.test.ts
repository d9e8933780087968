import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { CallError, connect, serve } from './rpc.ts'
import { memoryWire } from './testing/memory-wire.ts'

interface Calls {
  double(arg: { n: number }): Promise<number>
  fail(arg: object): Promise<never>
  never(arg: object): Promise<never>
  missing(arg: object): Promise<never>
}
interface Events {
  changed: { count: number }
}

const args = {
  double: z.strictObject({ n: z.number() }),
  fail: z.strictObject({}),
  never: z.strictObject({}),
  missing: z.strictObject({}),
}

function world() {
  const { near, far, cut } = memoryWire()
  const reported: unknown[] = []
  const tell = serve(
    far,
    args,
    {
      double: ({ n }: { n: number }) => n * 2,
      fail: () => {
        throw new Error('the password is 12345')
      },
      never: () => new Promise(() => {}),
    },
    (error, name) => {
      reported.push(error)
      return { code: 'broken', message: `${name} failed` }
    },
  )
  const { calls, ...connection } = connect<Calls, Events>(near)
  return { near, calls, connection, tell, cut, reported }
}
const codeOf = async (answer: Promise<unknown>): Promise<string> => {
  const error = await answer.then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof CallError)
  return error.code
}

test('a question is answered', async () => {
  const { calls } = world()
  assert.equal(await calls.double({ n: 21 }), 42)
})

test('questions are answered each with its own answer', async () => {
  const { calls } = world()
  const answers = await Promise.all([1, 2, 3, 4, 5].map(n => calls.double({ n })))
  assert.deepEqual(answers, [2, 4, 6, 8, 10])
})

test('a wrong argument is refused with its place', async () => {
  const { calls } = world()
  await assert.rejects(calls.double({ n: 'x' as never }), { code: 'badArgument', message: /^n: / })
})

test('what nobody serves is unknown, and so is what every object has', async () => {
  const { calls } = world()
  const every = calls as unknown as Readonly<Record<string, (arg: object) => Promise<unknown>>>
  assert.equal(await codeOf(calls.missing({})), 'unknownCall')
  const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']
  const codes = inherited.map(name => codeOf(every[name]?.({}) ?? assert.fail(`no call ${name}`)))
  assert.deepEqual(new Set(await Promise.all(codes)), new Set(['unknownCall']))
})

test('what we threw is reported whole and told only as the report says', async () => {
  const { calls, reported } = world()
  await assert.rejects(calls.fail({}), { code: 'broken', message: 'fail failed' })
  assert.match(String(reported[0]), /password/)
})

test('when the wire closes the waiting are rejected, and so is who asks later', async () => {
  const { calls, cut } = world()
  const waiting = codeOf(calls.never({}))
  cut()
  assert.equal(await waiting, 'closed')
  assert.equal(await codeOf(calls.double({ n: 1 })), 'closed')
})

test('events reach those who listen until they stop', () => {
  const { connection, tell } = world()
  const heard: number[] = []
  const stop = connection.on('changed', ({ count }) => heard.push(count))
  tell('changed', { count: 1 })
  tell('other', { count: 2 })
  stop()
  tell('changed', { count: 3 })
  assert.deepEqual(heard, [1])
})

test('answers nobody asked for and messages that are none change nothing', async () => {
  const { near, calls } = world()
  const stray = memoryWire()
  const lost = connect<Calls, Events>(stray.near)
  for (const message of [
    null,
    1,
    'x',
    [],
    {},
    { id: 7, ok: 1 },
    { id: 'x', error: {} },
    { tell: 1 },
  ]) {
    stray.far.send(message)
    near.send(message)
  }
  assert.equal(await calls.double({ n: 1 }), 2)
  stray.cut()
  assert.equal(await codeOf(lost.calls.double({ n: 1 })), 'closed')
})

test('the connection is no promise, so that it may be returned from an async function', async () => {
  const { calls } = world()
  assert.equal((calls as { then?: unknown }).then, undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { args } from './contract.ts'
import { serve } from './rpc.ts'
import { fitsSchema, fitting, type JsonSchema, misfitting } from './testing/json-schema.ts'
import { memoryWire } from './testing/memory-wire.ts'

const names = Object.keys(args) as (keyof typeof args)[]
const schemas = Object.fromEntries(
  names.map(name => [name, z.toJSONSchema(args[name], { io: 'input' }) as JsonSchema]),
)
const schemaOf = (name: string): JsonSchema => schemas[name] ?? assert.fail(`no schema of ${name}`)

interface Answer {
  readonly id?: unknown
  readonly ok?: unknown
  readonly error?: { readonly code: string }
}

/** A core whose every handler notes what reached it. */
function door() {
  const { near, far } = memoryWire()
  const reached: { readonly name: string; readonly arg: unknown }[] = []
  const answers: Answer[] = []
  const handlers = Object.fromEntries(
    names.map(name => [name, (arg: unknown) => void reached.push({ name, arg })]),
  )
  serve(far, args, handlers, (error, name) => assert.fail(`${name} threw ${String(error)}`))
  near.receive(message => answers.push(message as Answer))
  return { send: (message: unknown) => near.send(message), reached, answers }
}
const settled = () => new Promise(resolve => setImmediate(resolve))

test('10,000 malformed calls are refused and reach no handler', async () => {
  const { send, reached, answers } = door()
  const malformed = fc
    .constantFrom(...names)
    .chain(name => misfitting(schemaOf(name)).map(arg => ({ ask: name as string, arg })))
  const calls = fc.sample(malformed, 10_000)
  for (const [id, call] of calls.entries()) send({ id, ...call })
  await settled()
  assert.deepEqual(reached, [])
  assert.equal(answers.length, 10_000)
  assert.deepEqual(new Set(answers.map(answer => answer.error?.code)), new Set(['badArgument']))
  assert.equal(new Set(calls.map(call => call.ask)).size, names.length)
})

test('unknown names are refused, those every object has too', async () => {
  const { send, reached, answers } = door()
  const inherited = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'then']
  const unknown = fc
    .oneof(fc.constantFrom(...inherited), fc.string())
    .filter(name => !names.includes(name as keyof typeof args))
  for (const [id, ask] of fc.sample(unknown, 1000).entries()) send({ id, ask, arg: {} })
  await settled()
  assert.deepEqual(reached, [])
  assert.deepEqual(new Set(answers.map(answer => answer.error?.code)), new Set(['unknownCall']))
  assert.equal(answers.length, 1000)
})

test('messages that are no questions reach no handler and are not answered', async () => {
  const { send, reached, answers } = door()
  const notAsking = fc
    .anything({ maxDepth: 2 })
    .filter(message => typeof message !== 'object' || message === null || !('ask' in message))
  for (const message of fc.sample(notAsking, 1000)) send(message)
  await settled()
  assert.deepEqual([reached, answers], [[], []])
})

for (const name of names)
  test(`a well-formed ${name} reaches its handler as it is`, async () => {
    const { send, reached, answers } = door()
    const sent = fc.sample(fitting(schemaOf(name)), 50)
    assert.ok(sent.every(arg => fitsSchema(schemaOf(name), arg)))
    for (const [id, arg] of sent.entries()) send({ id, ask: name, arg })
    await settled()
    assert.deepEqual(
      answers.filter(answer => answer.error),
      [],
    )
    assert.deepEqual(
      reached.map(one => one.arg),
      sent,
    )
  })

test('an own __proto__ among the names of a record reaches no handler', async () => {
  const { send, reached } = door()
  send({ id: 1, ask: 'saveSettings', arg: JSON.parse('{"limits":{"__proto__":9,"a":1}}') })
  await settled()
  const { arg } = reached[0] ?? assert.fail('nothing reached')
  assert.deepEqual(JSON.stringify(arg), '{"limits":{"a":1}}')
})

test('no field is taken that the contract does not name', () => {
  const open = (schema: JsonSchema): boolean =>
    (schema.type === 'object' && (schema.additionalProperties ?? true) === true) ||
    [
      ...Object.values(schema.properties ?? {}),
      ...(schema.items ? [schema.items] : []),
      ...(schema.anyOf ?? schema.oneOf ?? []),
    ].some(open)
  assert.deepEqual(
    names.filter(name => open(schemaOf(name))),
    [],
  )
})

test('every text and list a stranger may send has a largest size', () => {
  const endless = (schema: JsonSchema): boolean =>
    (schema.type === 'string' &&
      !('const' in schema) &&
      !schema.pattern &&
      !schema.enum &&
      schema.maxLength === undefined) ||
    (schema.type === 'array' && schema.maxItems === undefined) ||
    [
      ...Object.values(schema.properties ?? {}),
      ...(schema.items ? [schema.items] : []),
      ...(schema.anyOf ?? schema.oneOf ?? []),
      ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
      ...(schema.propertyNames ? [schema.propertyNames] : []),
    ].some(endless)
  assert.deepEqual(
    names.filter(name => endless(schemaOf(name))),
    [],
  )
})

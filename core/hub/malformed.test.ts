import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { z } from 'zod'
import { counted } from '../testing/counted.ts'
import { type RouteDoc, routeDocs } from './http/route-doc.ts'
import { errorSchema } from './protocol.ts'
import { assign, type Console, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { postgresOfTests } from './testing/test-place.ts'

/** What is refused before the database is asked needs no second look on another one. */
const calls = postgresOfTests() ? 2_000 : 10_000
const atOnce = 25

let world: HubWorld
let director: Console
before(async () => {
  world = await hubWorld()
  director = await world.as('director')
})
after(() => world.close())

/** Everything in the database but when tokens were last used. */
async function digest(): Promise<string> {
  const hash = createHash('sha256')
  for (const { name } of await world.hub.store.db.introspection.getTables()) {
    if (name === 'tokens') continue
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(world.hub.store.db)
    hash.update(name).update(JSON.stringify(rows))
  }
  return hash.digest('hex')
}

/** A good body for each route that takes one: what is sent is this, spoilt. */
const good: Readonly<Record<string, unknown>> = {
  decisions: {
    decisions: [
      assign('director', 'contact-free', 'vera'),
      assign('director', 'sales-free', 'dina'),
    ],
  },
  orgEdits: {
    edits: [
      {
        v: 1,
        editId: randomUUID(),
        entity: 'employee',
        id: 'vera',
        kind: 'set',
        want: { name: 'Вера', limit: 5, kindLimits: { deal: 2 }, skills: ['x'] },
        base: { name: 'Имя vera', limit: 10, kindLimits: {}, skills: [] },
        issuedAt: 5,
        takesBack: null,
        supersedes: null,
      },
    ],
  },
  createCase: {
    requestId: randomUUID(),
    subject: 'x',
    departmentId: 'contact',
    phones: ['1'],
    emails: ['a@b.c'],
    dueAt: 1,
    priority: 1,
    weight: 1,
  },
  signInToken: { code: 'x', verifier: 'v'.repeat(43) },
  changeCase: {
    version: 1,
    status: 'waiting',
    priority: 2,
    responsibleId: 'vera',
    departmentId: 'contact',
    dueAt: 5,
    weight: 1.5,
  },
}
const withBody = Object.values<RouteDoc>(routeDocs).filter(doc => doc.body)

test('every route that takes a body has an example to spoil', () => {
  for (const { name, body } of withBody) assert.ok(body?.safeParse(good[name]).success, name)
})

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    -1,
    0,
    1e308,
    -0.5,
    true,
    [],
    {},
    [[]],
    'NaN',
    '2026-02-30',
    8_640_000_000_000_001,
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    "'; drop table cases; --",
    '../../etc/passwd',
    '=1+1',
    '${7*7}',
    'a'.repeat(5000),
    '\u202e',
    '\ud800',
  ),
)

/** Replaces, removes or adds something at a random place. */
const spoiling = fc.record({
  depth: fc.nat({ max: 5 }),
  turns: fc.array(fc.nat({ max: 20 }), { minLength: 6, maxLength: 6 }),
  what: fc.constantFrom('replace', 'remove', 'add', 'whole'),
  by: odd,
  key: fc.constantFrom('extra', 'isAdmin', 'version', 'toString', '0'),
})
type Spoiling = typeof spoiling extends fc.Arbitrary<infer T> ? T : never

function spoilt(value: unknown, { depth, turns, what, by, key }: Spoiling): unknown {
  if (what === 'whole') return by
  const copy = structuredClone(value)
  let place: unknown = copy
  for (let level = 0; ; level += 1) {
    if (typeof place !== 'object' || place === null) return by
    const keys = Object.keys(place)
    const name = keys[(turns[level] ?? 0) % Math.max(1, keys.length)] ?? key
    const inner: unknown = Reflect.get(place, name)
    if (level < depth && typeof inner === 'object' && inner !== null) {
      place = inner
      continue
    }
    if (what === 'add') Reflect.set(place, key, by)
    else if (what === 'remove') Reflect.deleteProperty(place, name)
    else Reflect.set(place, name, by)
    return copy
  }
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

const badBody = fc
  .record({ doc: fc.constantFrom(...withBody), spoiling })
  .map(({ doc, spoiling: one }) => {
    const body = spoilt(good[doc.name], one)
    return { doc, body }
  })
  .filter(({ doc, body }) => !isGood(doc.body, body))
const badQuery = fc
  .record({
    key: fc.constantFrom('cursor', 'limit', 'extra', 'limit[]', '__proto__'),
    value: fc.string({ maxLength: 250 }),
  })
  .filter(
    ({ key, value }) => !isGood(routeDocs.changes.query, { [key]: value }) || key === 'cursor',
  )

function isGood(schema: z.ZodType | undefined, value: unknown): boolean {
  return schema?.safeParse(JSON.parse(JSON.stringify(value) ?? 'null')).success ?? false
}

const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 8,
    arbitrary: badBody.map(({ doc, body }) => ({
      method: doc.method,
      path: doc.url.replace(':id', 'contact-free'),
      body: JSON.stringify(body) ?? 'null',
    })),
  },
  {
    weight: 1,
    arbitrary: badQuery.map(({ key, value }) => ({
      method: 'GET',
      path: `/v1/changes?${key}=${encodeURIComponent(value.toWellFormed())}`,
      body: undefined,
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ maxLength: 60 })
      .filter(text => !isJson(text))
      .map(text => ({ method: 'POST', path: '/v1/cases', body: text.toWellFormed() || '{' })),
  },
  {
    weight: 1,
    arbitrary: fc
      .webPath()
      .filter(path => path.length > 1 && !/^\/+(docs)?\/*$/.test(path))
      .map(path => ({ method: 'GET', path: `/v2${path}`, body: undefined })),
  },
)

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test(`${calls} malformed calls: each a 4xx with a code and a sentence, and nothing has changed`, async () => {
  const untouched = await digest()
  const seed = Number(process.env['NACHALO_SEED'] ?? Date.now())
  const made = fc.sample(call, { numRuns: calls, seed })
  const statuses = new Map<number, number>()
  for (let start = 0; start < made.length; start += atOnce)
    await Promise.all(
      made.slice(start, start + atOnce).map(async ({ method, path, body }) => {
        const answer = await director.ask(method, path, body)
        const said = `seed ${seed}: ${method} ${path} ${body?.slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 200)}`
        assert.ok(answer.status >= 400 && answer.status < 500, said)
        assert.ok(errorSchema.safeParse(answer.body).success, said)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      }),
    )
  assert.equal(await digest(), untouched)
  counted(`${calls} malformed calls, seed ${seed}: ${JSON.stringify(Object.fromEntries(statuses))}`)
})

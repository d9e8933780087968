/** Ten thousand calls no window would make, to a real core with an open workspace: nothing changes. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { createConsole } from '../console/console.ts'
import { args } from '../contract.ts'
import type { Calls, Events, Snapshot } from '../contract.ts'
import { bareId } from '../hub/bare-id.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'
import { smallCompany } from '../hub/testing/small-company.ts'
import { connect } from '../rpc.ts'
import { dataKey } from '../secrets/data-key.ts'
import { openDatabase } from '../store/db.ts'
import { counted } from '../testing/counted.ts'
import { misfitting } from '../testing/json-schema.ts'
import type { JsonSchema } from '../testing/json-schema.ts'
import { memoryWire } from '../testing/memory-wire.ts'
import { seed } from './seed.ts'
import { startWatch } from './stopwatch.ts'

const count = 10_000
const names = Object.keys(args) as (keyof typeof args)[]

/** Every row of both files but the marks of passing time. */
function digestOf(folder: string, key: Buffer): string {
  const hash = createHash('sha256')
  for (const name of ['outbox.db', 'replica.db']) {
    const database = openDatabase(join(folder, name), key, { synchronous: 'NORMAL' })
    const tables = database
      .prepare<[], string>("select name from sqlite_schema where type = 'table' order by name")
      .pluck()
      .all()
    for (const table of tables)
      if (!table.startsWith('caseSearch') && table !== 'stream')
        hash.update(
          `${table} ${JSON.stringify(database.prepare(`select * from "${table}"`).all())}`,
        )
    database.close()
  }
  return hash.digest('hex')
}

async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-malformed-'))
  const databasePath = join(folder, 'hub.db')
  await writeCompany(databasePath, smallCompany())
  const hub = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
  const { token } = await createToken(hub.store, {
    employeeId: bareId('employee', 'anna'),
    role: 'person',
    scopes: usualScopes.person,
    label: '',
    expiresAt: null,
  })
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 })
  const dataFolder = join(folder, 'data')
  const logged: string[] = []
  const core = createConsole({
    dataFolder,
    version: 'test',
    language: 'en',
    keyFile,
    embeddedHub: new URL('../hub/embedded.ts', import.meta.url),
    log: (where, error) => logged.push(`${where}: ${String(error)}`),
  })
  const { near, far } = memoryWire()
  core.attach(far)
  const { calls } = connect<Calls, Events>(near)
  const stage = await calls.connectHub({ url: hub.url, token })
  assert.ok(stage.kind === 'ready', JSON.stringify(stage))
  while ((await calls.open({})).cases.length === 0) await new Promise(next => setTimeout(next, 20))
  await hub.close()
  const answer = await dataKey({ folder: dataFolder, keyFile })
  assert.ok(answer.kind === 'ok')
  const place = join(dataFolder, 'spaces', stage.space.workspaceId)
  return {
    calls,
    ask: calls as unknown as Record<string, (arg: unknown) => Promise<unknown>>,
    logged,
    digest: () => digestOf(place, answer.key),
    snapshot: () => calls.open({}),
    async close() {
      await core.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const schemaOf = (name: keyof typeof args) =>
  z.toJSONSchema(args[name], { io: 'input' }) as JsonSchema

const misshapen = fc
  .constantFrom(...names)
  .chain(name => misfitting(schemaOf(name)).map(arg => ({ name: name as string, arg })))

const unknown = fc
  .oneof(fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty'), fc.string())
  .filter(name => !names.some(each => each === name) && name !== 'then')
  .map(name => ({ name, arg: {} as unknown }))

/** Rightly shaped, about what is not there or may not be. */
function foreign({ cases }: Snapshot) {
  const uuid = fc.uuid({ version: 4 })
  const strangeId = fc.oneof(
    fc.string({ minLength: 3, maxLength: 60 }),
    fc.constantFrom('__proto__', 'demo:case:1', "' OR 1=1 --", 'x'.repeat(300)),
  )
  const strangeOrders = fc.array(
    fc.record({ decisionId: uuid, caseId: strangeId }, { noNullPrototype: true }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  const ours = cases[0]?.caseId ?? assert.fail('no case')
  const ourOrders = uuid.map(decisionId => [{ decisionId, caseId: ours }])
  const call = (name: string, more: Record<string, fc.Arbitrary<unknown>>) =>
    fc
      .record({ actId: uuid, ...more }, { noNullPrototype: true })
      .map(arg => ({ name, arg: arg as unknown }))
  const orders = strangeOrders
  return fc.oneof(
    call('assign', { orders, employeeId: strangeId }),
    call('assign', { orders: ourOrders, employeeId: strangeId, isOverridden: fc.constant(true) }),
    call('take', { orders }),
    call('returnToInbox', { orders }),
    call('pass', { orders, departmentId: strangeId }),
    call('pass', { orders: ourOrders, departmentId: strangeId }),
    call('defer', { orders, until: fc.constantFrom(null, 0, 8_640_000_000_000_000) }),
    call('undo', { decisionIds: fc.array(uuid, { maxLength: 3 }) }),
    call('redo', { decisionIds: fc.array(uuid, { maxLength: 3 }) }),
    call('resolveConflict', {
      decisionId: uuid,
      newDecisionId: uuid,
      choice: fc.constantFrom({ kind: 'insist' }, { kind: 'keepTheirs' }),
    }),
    fc
      .array(uuid, { maxLength: 3 })
      .map(decisionIds => ({ name: 'markSeen', arg: { decisionIds } as unknown })),
    strangeId.map(caseId => ({ name: 'caseDetail', arg: { caseId } as unknown })),
    fc
      .string({ maxLength: 200 })
      .map(text => ({ name: 'search', arg: { text, limit: 5 } as unknown })),
  )
}

test(`${count} malformed calls to a core with an open workspace change nothing`, async () => {
  const world = await openWorld()
  try {
    const before = world.digest()
    const calls = [
      ...fc.sample(misshapen, { numRuns: count * 0.6, seed }),
      ...fc.sample(unknown, { numRuns: count * 0.05, seed }),
      ...fc.sample(foreign(await world.snapshot()), { numRuns: count * 0.35, seed }),
    ]
    const times: number[] = []
    const codes = new Map<string, number>()
    for (const { name, arg } of calls) {
      const elapsedMs = startWatch()
      const code = await said(world.ask, name, arg)
      times.push(elapsedMs())
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    const after = world.digest()
    times.sort((one, other) => one - other)
    const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN
    const told = [...codes].map(([code, times_]) => `${code} ${times_}`).join(', ')
    counted(
      `malformed: seed ${seed}, ${calls.length} calls (${told}), p99 ${p99.toFixed(2)} ms, nothing changed: ${after === before}`,
    )
    assert.equal(after, before)
    assert.equal(calls.length, count)
    assert.deepEqual(
      [...codes.keys()].filter(
        code => !['badArgument', 'unknownCall', 'refused', 'found'].includes(code),
      ),
      [],
      world.logged.slice(-3).join('\n'),
    )
    assert.ok(p99 < 5, `p99 ${p99} ms`)
  } finally {
    await world.close()
  }
})

/** The code of the error, `refused` when every case was, `found` for a question that was answered. */
async function said(
  ask: Record<string, (arg: unknown) => Promise<unknown>>,
  name: string,
  arg: unknown,
): Promise<string> {
  try {
    const answer = await (ask[name] ?? assert.fail(name))(arg)
    const done = (answer as { done?: readonly unknown[] } | null)?.done
    if (done === undefined) return 'found'
    return done.length === 0 ? 'refused' : `done by ${name}: ${JSON.stringify(arg).slice(0, 200)}`
  } catch (error) {
    return error instanceof Error && 'code' in error
      ? String(error.code)
      : `threw: ${String(error)}`
  }
}

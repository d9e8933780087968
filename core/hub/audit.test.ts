import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { auditFaults } from './store/audit.ts'
import { assign, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { postgresOfTests } from './testing/test-place.ts'

let world: HubWorld
before(async () => {
  world = await hubWorld()
  const anna = await world.as('anna')
  for (const [to, from] of [
    ['vera', null],
    ['gleb', 'vera'],
    ['zoya', 'gleb'],
    [null, 'zoya'],
  ] as const)
    await anna.decide(assign('anna', 'contact-free', to, from))
})
after(() => world.close())

const acts = ['update', 'delete'] as const
const guardOff = postgresOfTests()
  ? 'alter table audit disable trigger user'
  : acts.map(act => `drop trigger audit_refuses_${act}`).join(';')
const guardOn = postgresOfTests()
  ? 'alter table audit enable trigger user'
  : acts
      .map(
        act =>
          `create trigger audit_refuses_${act} before ${act} on audit begin select raise(abort, 'the audit log is append-only'); end`,
      )
      .join(';')

/** Runs SQL past the program, with the guard of the table taken off, and puts everything back. */
async function tampered(sql: string): Promise<readonly string[]> {
  await world.meddle(`${guardOff}; create table kept as select * from audit`)
  await world.meddle(sql)
  const faults = await auditFaults(world.hub.store.db)
  await world.meddle(
    `delete from audit; insert into audit select * from kept; drop table kept; ${guardOn}`,
  )
  return faults
}

test('the chain of what was done holds', async () => {
  assert.deepEqual(await auditFaults(world.hub.store.db), [])
})

test('a row edited, removed, moved, added or the last ones cut off: every one is noticed', async () => {
  for (const sql of [
    "update audit set actor = 'employee:boris' where seq = 3",
    "update audit set detail = replace(detail, 'vera', 'dina')",
    'update audit set at = at + 1 where seq = 2',
    'update audit set hash = upper(hash) where seq = 2',
    'delete from audit where seq = 3',
    'delete from audit where seq = (select max(seq) from audit)',
    'delete from audit',
    'update audit set seq = -seq where seq in (2, 3); update audit set seq = 5 + seq where seq < 0',
    'insert into audit select seq + 1, at, actor, verb, entity, "entityId", detail, hash from audit order by seq desc limit 1',
  ])
    assert.equal((await tampered(sql)).length, 1, sql)
  assert.deepEqual(await auditFaults(world.hub.store.db), [])
})

test('the table itself refuses to be changed', async () => {
  for (const sql of ['update audit set at = 0', 'delete from audit'])
    await assert.rejects(world.meddle(sql), /append-only/)
  if (postgresOfTests()) await assert.rejects(world.meddle('truncate audit'), /append-only/)
})

test('the log keeps ids and fields, never what a client wrote', async () => {
  const anna = await world.as('anna')
  await anna.ask('POST', '/v1/cases', {
    requestId: crypto.randomUUID(),
    subject: 'Тайная тема',
    text: 'Тайный текст',
    phones: ['+7000'],
    departmentId: 'contact',
  })
  await anna.ask('PATCH', '/v1/cases/contact-free', { subject: 'Тайная тема' })
  const rows = await world.hub.store.db.selectFrom('audit').selectAll().execute()
  const text = JSON.stringify(rows)
  assert.ok(rows.some(row => row.verb === 'create') && rows.some(row => row.verb === 'changed'))
  for (const secret of ['Тайн', '+7000', anna.token]) assert.ok(!text.includes(secret), secret)
})

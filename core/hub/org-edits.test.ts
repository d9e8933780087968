import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  orgEditsResponseSchema,
  orgHistoryResponseSchema,
  type WireOrgEdit,
  type WireOrgOutcome,
} from './protocol.ts'
import { auditFaults } from './store/audit.ts'
import { assign, type Console, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { dayMs, noon } from './testing/small-company.ts'

let world: HubWorld
let admin: Console
let other: Console
let anna: Console
before(async () => {
  world = await hubWorld()
  admin = await world.as('director', 'admin')
  other = await world.as(null, 'admin')
  anna = await world.as('anna')
})
after(() => world.close())

const edit = (
  entity: WireOrgEdit['entity'],
  id: string,
  want: WireOrgEdit['want'],
  base: WireOrgEdit['base'],
  more: Partial<WireOrgEdit> = {},
): WireOrgEdit => ({
  v: 1,
  editId: randomUUID(),
  entity,
  id,
  kind: 'set',
  want,
  base,
  issuedAt: noon,
  takesBack: null,
  supersedes: null,
  ...more,
})
const adding = { kind: 'add', base: {} } as const

async function send(by: Console, ...edits: readonly WireOrgEdit[]): Promise<WireOrgOutcome[]> {
  const answer = await by.ask('POST', '/v1/org/edits', { edits })
  assert.equal(answer.status, 200, answer.text)
  return orgEditsResponseSchema.parse(answer.body).outcomes
}
const one = async (by: Console, asked: WireOrgEdit) => (await send(by, asked))[0]
const history = async (by: Console, limit = 100) => {
  const answer = await by.ask('GET', `/v1/org/history?limit=${limit}`)
  assert.equal(answer.status, 200, answer.text)
  return orgHistoryResponseSchema.parse(answer.body)
}
const codesOf = (outcome: WireOrgOutcome | undefined) => outcome?.reasons.map(({ code }) => code)
const nameOf = async (id: string) =>
  (await world.hub.store.world()).index.employeeById.get(id as never)?.name

test('an edit is carried out once however often it comes, and told to every console', async () => {
  const { cursor } = await anna.pull()
  const renaming = edit('employee', 'vera', { name: 'Вера Новая' }, { name: 'Имя vera' })
  const first = await one(admin, renaming)
  assert.equal(first?.outcome, 'applied')
  assert.equal(first?.current?.name, 'Вера Новая')
  const again = await send(admin, renaming)
  assert.deepEqual(again, [{ ...first, replayed: true }])
  const told = (await anna.pull(cursor)).records
  assert.deepEqual(
    told.map(record => [record.entity, record.id, 'name' in record && record.name]),
    [['employee', 'vera', 'Вера Новая']],
  )
  const { entries } = await history(admin)
  assert.deepEqual(
    entries.filter(({ editId }) => editId === renaming.editId),
    [
      {
        editId: renaming.editId,
        at: noon,
        employeeId: 'director',
        entity: 'employee',
        id: 'vera',
        kind: 'set',
        from: { name: 'Имя vera' },
        to: { name: 'Вера Новая' },
        takesBack: null,
      },
    ],
  )
})

test('the same id with other content is refused, and nothing of that request happens', async () => {
  const used = edit('department', 'empty', { zone: 'Asia/Omsk' }, { zone: null })
  await send(admin, used)
  const fresh = edit('employee', 'gleb', { name: 'Глеб Новый' }, { name: 'Имя gleb' })
  const twisted = { ...used, want: { zone: 'Asia/Tomsk' } }
  const answer = await admin.ask('POST', '/v1/org/edits', { edits: [fresh, twisted] })
  assert.equal(answer.status, 422)
  assert.equal(await nameOf('gleb'), 'Имя gleb')
})

test('two admins on one field: the second is told who was first and what stands now', async () => {
  const base = { limit: 10 }
  assert.equal((await one(other, edit('employee', 'dina', { limit: 4 }, base)))?.outcome, 'applied')
  const late = await one(admin, edit('employee', 'dina', { limit: 7 }, base))
  assert.equal(late?.outcome, 'conflict')
  assert.equal(late?.current?.limit, 4)
  assert.deepEqual([late?.changedBy, late?.changedAt], [null, noon])
  const elsewhere = edit('employee', 'dina', { name: 'Дина' }, { name: 'Имя dina' })
  assert.equal((await one(admin, elsewhere))?.outcome, 'applied', 'another field is another matter')
  const insisted = await one(admin, edit('employee', 'dina', { limit: 7 }, { limit: 4 }))
  assert.equal(insisted?.outcome, 'applied')
  assert.equal(
    (await one(other, edit('employee', 'dina', { limit: 7 }, base)))?.outcome,
    'alreadySo',
  )
})

test('everybody but an admin is refused both, and nothing changes', async () => {
  const wish = edit('employee', 'zoya', { name: 'Х' }, { name: 'Имя zoya' })
  const readOnly = await world.as('director', 'admin', ['read'])
  const machine = await world.as(null, 'agent')
  for (const by of [anna, await world.as('vera'), await world.as('director'), machine, readOnly])
    assert.equal((await by.ask('POST', '/v1/org/edits', { edits: [wish] })).status, 403)
  for (const by of [anna, machine])
    assert.equal((await by.ask('GET', '/v1/org/history')).status, 403)
  assert.equal(await nameOf('zoya'), 'Имя zoya')
  assert.equal(
    (await history(readOnly)).entries.some(({ id }) => id === 'zoya'),
    false,
  )
})

test('an admin still gives out nothing', async () => {
  const [outcome] = await admin.decide(assign('director', 'contact-free', 'vera'))
  assert.deepEqual([outcome?.outcome, outcome?.code], ['rejected', 'forbidden'])
})

test('what cannot be is rejected with the reasons the window has words for', async () => {
  const cases: readonly (readonly [WireOrgEdit, string])[] = [
    [edit('department', 'top', { parentId: 'shift' }, { parentId: null }), 'cycle'],
    [edit('post', 'vera@contact', { isHead: true }, { isHead: false }), 'twoHeads'],
    [edit('employee', 'nobody', { limit: 1 }, { limit: 10 }), 'gone'],
    [edit('employee', 'zoya', { limit: 1 }, {}), 'wrongFields'],
    [edit('employee', 'director', { isDismissed: true }, { isDismissed: false }), 'yourself'],
    [
      edit('department', 'empty', {}, { name: 'Отделение empty' }, { kind: 'remove' }),
      'notRemoved',
    ],
  ]
  for (const [asked, code] of cases) {
    const outcome = await one(admin, asked)
    assert.equal(outcome?.outcome, 'rejected', code)
    assert.deepEqual(codesOf(outcome), [`orgEdit.reason.${code}`])
  }
})

test('a department with its head and people is made from nothing, and taken back', async () => {
  const made = [
    edit('department', 'new', { name: 'Новое', parentId: 'contact' }, {}, adding),
    edit('employee', 'nina', { name: 'Нина', limit: 3 }, {}, adding),
    edit('post', 'n1', { name: 'Начальник', departmentId: 'new', isHead: true }, {}, adding),
    edit('post', 'n1', { employeeId: 'nina' }, { employeeId: null }),
    edit(
      'absence',
      'a1',
      { employeeId: 'nina', kind: 'sick', fromAt: noon, untilAt: noon + dayMs },
      {},
      adding,
    ),
    edit(
      'substitution',
      's1',
      { employeeId: 'nina', substituteId: 'vera', fromAt: noon, untilAt: noon + dayMs },
      {},
      adding,
    ),
  ]
  const outcomes = await send(admin, ...made)
  assert.ok(
    outcomes.every(({ outcome }) => outcome === 'applied'),
    JSON.stringify(outcomes),
  )
  const { index } = await world.hub.store.world()
  assert.equal(index.headOf.get('new' as never), 'nina')
  const { cursor } = await admin.pull()
  const back = [
    edit('substitution', 's1', {}, {}, { kind: 'remove' }),
    edit('absence', 'a1', {}, {}, { kind: 'remove' }),
    edit('post', 'n1', {}, {}, { kind: 'remove' }),
    edit('employee', 'nina', {}, {}, { kind: 'remove', takesBack: made[1]?.editId ?? null }),
    edit('department', 'new', {}, {}, { kind: 'remove', takesBack: made[0]?.editId ?? null }),
  ]
  const taken = await send(admin, ...back)
  assert.ok(
    taken.every(({ outcome }) => outcome === 'applied'),
    JSON.stringify(taken),
  )
  const { tombstones } = await admin.pull(cursor)
  assert.deepEqual(tombstones.map(({ entity, id }) => `${entity} ${id}`).toSorted(), [
    'absence a1',
    'department new',
    'employee nina',
    'post n1',
    'substitution s1',
  ])
})

test('who holds cases is not taken out of the company', async () => {
  const taken = edit('employee', 'gleb', {}, {}, { kind: 'remove', takesBack: randomUUID() })
  assert.deepEqual(codesOf(await one(admin, taken)), ['orgEdit.reason.inUse'])
})

test('a person given a case keeps what was noted of it through an edit', async () => {
  const [given] = await anna.decide(assign('anna', 'contact-free', 'vera'))
  assert.equal(given?.outcome, 'applied')
  const renaming = edit('employee', 'vera', { isExternal: true }, { isExternal: false })
  assert.equal((await one(admin, renaming))?.outcome, 'applied')
  const row = await world.hub.store.db
    .selectFrom('employees')
    .select(['lastAssignedAt', 'isExternal'])
    .where('employeeId', '=', 'vera' as never)
    .executeTakeFirstOrThrow()
  assert.deepEqual([row.lastAssignedAt, row.isExternal], [noon, 1])
})

test('a new head sees from the next question on what the department holds', async () => {
  const dina = await world.as('dina')
  const sees = async () =>
    (await dina.pull()).records.some(record => record.entity === 'case' && record.id === 'top-free')
  assert.equal(await sees(), false)
  const head = edit('post', 'director@top', { employeeId: 'dina' }, { employeeId: 'director' })
  assert.equal((await one(admin, head))?.outcome, 'applied')
  assert.equal(await sees(), true)
})

test('the history holds what was carried out, the newest first, and the log is whole', async () => {
  const { entries, isMore } = await history(admin, 3)
  assert.equal(isMore, true)
  assert.equal(entries.length, 3)
  assert.deepEqual(entries[0]?.to, { employeeId: 'dina' })
  assert.deepEqual(entries[0]?.from, { employeeId: 'director' })
  assert.deepEqual(await auditFaults(world.hub.store.db), [])
})

/** An admin's verbs over a real store, with a real hub at the other end. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { v7 } from 'uuid'
import { openHub } from '../backends/hub/backend.ts'
import type { Arg } from '../contract.ts'
import { noCalendar } from '../domain/calendar.ts'
import { idOf } from '../domain/id.ts'
import type { ActId, DecisionId, WorkspaceId } from '../domain/id.ts'
import { type Console, hubWorld } from '../hub/testing/hub-world.ts'
import { openStore } from '../store/open-store.ts'
import { outboxCounts } from '../store/outbox.ts'
import { createSync } from '../sync/loop.ts'
import { createDesk } from './desk.ts'
import { deskHandlers } from './handlers.ts'
import { open } from './open.ts'

const space = 'hub-12345678' as WorkspaceId
const vera = idOf(space, 'employee', 'vera')

async function console(t: TestContext, url: string, by: Console) {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-admin-'))
  const backend = openHub({ url, token: by.token, workspaceId: space })
  const store = openStore({ folder, workspaceId: space, key: null, now: Date.now })
  const sync = createSync({ store, backend })
  t.after(async () => {
    await sync.stop()
    backend.close()
    store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const desk = createDesk({
    store,
    space: { workspaceId: space, kind: 'hub', title: '' },
    calendar: noCalendar,
    now: Date.now,
    syncStatus: sync.status,
    hasOrgEdits: true,
  })
  assert.equal((await sync.pullOnce()).kind, 'upToDate')
  const calls = deskHandlers(desk)
  const edit = (...edits: readonly Omit<Arg<'editOrg'>['edits'][number], 'editId'>[]) =>
    calls.editOrg({ edits: edits.map(one => ({ ...one, editId: v7() })) })
  const name = () => desk.index().employeeById.get(vera)?.name
  return { store, sync, desk, calls, edit, name, backend }
}
type Desked = Awaited<ReturnType<typeof console>>

const rename = (name: string) =>
  ({ entity: 'employee', id: vera, kind: 'set', want: { name } }) as const

async function carry({ sync }: Desked) {
  while ((await sync.pushOnce()).kind === 'sent');
  await sync.pullOnce()
}
async function hub(t: TestContext) {
  const world = await hubWorld()
  t.after(() => world.close())
  return world
}

test('an admin’s edit reaches the hub, its history and another console', async t => {
  const world = await hub(t)
  const admin = await console(t, world.hub.url, await world.as('director', 'admin'))
  const anna = await console(t, world.hub.url, await world.as('anna'))
  assert.equal(open(admin.desk).canEditOrg, true)
  assert.deepEqual(await admin.edit(rename('Вера Новая')), { isDone: true, refused: [] })
  assert.equal(admin.name(), 'Вера Новая')
  assert.deepEqual(open(admin.desk).orgPending, { [vera]: 'queued' })
  await carry(admin)
  assert.deepEqual(open(admin.desk).orgPending, {})
  await anna.sync.pullOnce()
  assert.equal(anna.name(), 'Вера Новая')
  const { entries } = await admin.backend.orgHistory(10, AbortSignal.timeout(5_000))
  assert.deepEqual(
    entries.map(({ id, employeeId, from, to }) => ({ id, employeeId, from, to })),
    [
      {
        id: vera,
        employeeId: idOf(space, 'employee', 'director'),
        from: { name: 'Имя vera' },
        to: { name: 'Вера Новая' },
      },
    ],
  )
})

test('two admins rename one person: theirs is kept, or mine is insisted on', async t => {
  const world = await hub(t)
  const one = await console(t, world.hub.url, await world.as('director', 'admin'))
  const two = await console(t, world.hub.url, await world.as(null, 'admin'))
  for (const choice of ['keepTheirs', 'insist'] as const) {
    await carry(one)
    await carry(two)
    await one.edit(rename(`Первая ${choice}`))
    await two.edit(rename(`Вторая ${choice}`))
    await two.edit(rename(`Вторая дальше ${choice}`))
    await carry(one)
    await carry(two)
    assert.deepEqual(outboxCounts(two.store), { waiting: 1, conflicts: 1, rejected: 0 })
    assert.equal(two.name(), `Первая ${choice}`)
    const item = (await two.calls.orgEdits({ limit: 10 })).find(each => each.state === 'conflict')
    assert.equal(item?.theirs?.name, `Первая ${choice}`)
    assert.equal(item?.changedBy, idOf(space, 'employee', 'director'))
    const editId = item?.edit.editId ?? ''
    const answered = await two.calls.answerOrgEdit({ editId, newEditId: v7(), choice })
    assert.equal(answered.isDone, true)
    await carry(two)
    assert.deepEqual(outboxCounts(two.store), { waiting: 0, conflicts: 0, rejected: 0 })
    assert.equal(two.name(), `${choice === 'insist' ? 'Вторая дальше' : 'Первая'} ${choice}`)
  }
})

test('an edit that was carried out is taken back; when it was changed since, that is a conflict', async t => {
  const world = await hub(t)
  const admin = await console(t, world.hub.url, await world.as('director', 'admin'))
  const back = { ...rename('Имя vera'), base: { name: 'Раз' } }
  await admin.edit(rename('Раз'))
  await carry(admin)
  await admin.edit({ ...back, takesBack: v7() })
  await carry(admin)
  assert.equal(admin.name(), 'Имя vera')
  await admin.edit(rename('Два'))
  await admin.edit({ ...back, takesBack: v7() })
  await carry(admin)
  assert.equal(outboxCounts(admin.store).conflicts, 1)
  assert.equal(admin.name(), 'Два')
})

test('a gesture of several edits is made whole or not at all, and once', async t => {
  const world = await hub(t)
  const admin = await console(t, world.hub.url, await world.as('director', 'admin'))
  const refused = await admin.edit(rename('Вера'), {
    entity: 'department',
    id: idOf(space, 'department', 'top'),
    kind: 'set',
    want: { parentId: idOf(space, 'department', 'shift') },
  })
  assert.equal(refused.isDone, false)
  assert.deepEqual(
    refused.refused.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ['orgEdit.reason.cycle'],
  )
  assert.equal(admin.name(), 'Имя vera')
  const edits = [{ ...rename('Вера'), editId: v7() }]
  assert.equal((await admin.calls.editOrg({ edits })).isDone, true)
  assert.equal((await admin.calls.editOrg({ edits })).isDone, true)
  assert.equal((await admin.calls.orgEdits({ limit: 10 })).length, 1)
  assert.deepEqual(
    (await admin.edit(rename('Вера'))).refused.map(({ reasons }) => reasons[0]?.code),
    ['orgEdit.reason.nothing'],
  )
})

test('a head edits nothing of the organisation, an admin gives out nothing', async t => {
  const world = await hub(t)
  const anna = await console(t, world.hub.url, await world.as('anna'))
  assert.equal(open(anna.desk).canEditOrg, false)
  const refused = await anna.edit(rename('Вера'))
  assert.equal(refused.refused[0]?.reasons[0]?.code, 'orgEdit.reason.notAdmin')
  const admin = await console(t, world.hub.url, await world.as('director', 'admin'))
  const given = await admin.calls.assign({
    actId: v7() as ActId,
    orders: [{ decisionId: v7() as DecisionId, caseId: idOf(space, 'case', 'contact-free') }],
    employeeId: vera,
  })
  assert.deepEqual(given.done, [])
  assert.equal(given.refused[0]?.reasons[0]?.code, 'orgEdit.reason.adminDecides')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import { idOf } from '../domain/id.ts'
import type { EditId, WorkspaceId } from '../domain/id.ts'
import {
  addressOf,
  baseOf,
  type OrgEdit,
  type OrgEntity,
  type OrgFields,
} from '../domain/org-edit.ts'
import {
  appliedEdits,
  cancelEdit,
  editItems,
  nextEdit,
  pendingRecords,
  recordEdits,
} from '../store/org-edits.ts'
import { editedOrg } from '../store/org.ts'
import { outboxCounts } from '../store/outbox.ts'
import type { Fault } from '../testing/model-backend.ts'
import { createSyncWorld, person, type SyncWorld } from '../testing/sync-world.ts'

const department = idOf('hub-00000000' as WorkspaceId, 'department', 'd')
const anna = person('anna')

async function inWorld(work: (world: SyncWorld) => Promise<void>) {
  const world = createSyncWorld()
  try {
    const loaded = world.sync.pullOnce()
    await world.time.pass(1_000)
    await loaded
    await work(world)
    assert.deepEqual(world.reported, [])
  } finally {
    await world.close()
  }
}

/** Records one edit as the verb would; returns its id. */
function edit(
  { store, time }: SyncWorld,
  [entity, id]: readonly [OrgEntity, string],
  want: OrgFields,
  kind: OrgEdit['kind'] = 'set',
): EditId {
  const wish = { ...addressOf(entity, id), kind, want }
  const editId = v7() as EditId
  const base = baseOf(editedOrg(store), wish)
  const rest = { v: 1, issuedAt: time.now(), takesBack: null, supersedes: null } as const
  recordEdits(store, [{ ...wish, ...rest, editId, base }])
  return editId
}

const breakEdits = (world: SyncWorld, faults: readonly Fault[]) => {
  const coming = [...faults]
  world.backend.faults = question => (question === 'editOrg' ? (coming.shift() ?? 'none') : 'none')
}
const nameHere = ({ store }: SyncWorld, id = anna) =>
  editedOrg(store).employees.find(one => one.employeeId === id)?.name
const nameThere = ({ backend }: SyncWorld, id = anna) =>
  backend.world.org.employees.find(one => one.employeeId === id)?.name
const stateOf = ({ store }: SyncWorld, editId: EditId) =>
  editItems(store, 100).find(item => item.edit.editId === editId)?.state

test('an edit shows at once, goes out once and then the replica shows it by itself', () =>
  inWorld(async world => {
    const editId = edit(world, ['employee', anna], { name: 'Анна Новая' })
    assert.equal(nameHere(world), 'Анна Новая')
    assert.deepEqual(pendingRecords(world.store), { [anna]: 'queued' })
    assert.equal(outboxCounts(world.store).waiting, 1)
    world.sync.start()
    await world.time.pass(60_000)
    assert.deepEqual(world.backend.world.edited, [editId])
    assert.equal(stateOf(world, editId), 'applied')
    assert.deepEqual(appliedEdits(world.store), [], 'nothing is laid over the replica any more')
    assert.equal(nameHere(world), 'Анна Новая')
  }))

const survivable: readonly Fault[] = [
  'offline',
  'lostRequest',
  'lostAnswer',
  'repeated',
  'delayed',
  'slow',
  'busy',
  'senseless',
]
for (const fault of survivable)
  test(`an edit met by «${fault}» three times takes effect exactly once`, () =>
    inWorld(async world => {
      breakEdits(world, [fault, fault, fault])
      const editId = edit(world, ['employee', anna], { limit: 3 })
      world.sync.start()
      await world.time.pass(15 * 60_000)
      assert.deepEqual(world.backend.world.edited, [editId])
      assert.equal(stateOf(world, editId), 'applied')
    }))

test('death between sending and the answer: the same id is asked again and has one effect', () =>
  inWorld(async world => {
    breakEdits(world, ['lostAnswer'])
    const editId = edit(world, ['employee', anna], { limit: 3 })
    const asked = world.sync.pushOnce()
    await world.time.pass(1)
    assert.equal(stateOf(world, editId), 'sending')
    await world.restart()
    await asked
    assert.equal(stateOf(world, editId), 'unknown')
    assert.deepEqual(cancelEdit(world.store, editId, 'cancel'), [], 'it may have happened')
    world.sync.start()
    await world.time.pass(15 * 60_000)
    assert.deepEqual(world.backend.world.edited, [editId])
    assert.equal(stateOf(world, editId), 'applied')
  }))

test('edits made without a network go out in their order once there is one', () =>
  inWorld(async world => {
    const isOffline = { now: true }
    world.backend.faults = () => (isOffline.now ? 'offline' : 'none')
    world.sync.start()
    const below = `${department}-new`
    const made = [
      edit(world, ['department', below], { name: 'Новое', parentId: department }, 'add'),
      edit(world, ['post', 'p1'], { name: 'Пост', departmentId: below as never }, 'add'),
      edit(world, ['post', 'p1'], { employeeId: anna }),
      edit(world, ['department', below], { name: 'Совсем новое' }),
    ]
    await world.time.pass(10 * 60_000)
    assert.deepEqual(world.backend.world.edited, [])
    assert.equal(outboxCounts(world.store).waiting, 4)
    await world.restart()
    assert.equal(editedOrg(world.store).departments.at(-1)?.name, 'Совсем новое')
    isOffline.now = false
    world.sync.start()
    await world.time.pass(10 * 60_000)
    assert.deepEqual(world.backend.world.edited, made)
    assert.equal(outboxCounts(world.store).waiting, 0)
    assert.equal(world.backend.world.org.departments.at(-1)?.name, 'Совсем новое')
  }))

test('another admin was first: a conflict that shows theirs and holds up only what stands on it', () =>
  inWorld(async world => {
    const ours = edit(world, ['employee', anna], { name: 'Наша' })
    const onTop = edit(world, ['employee', anna], { name: 'Наша дальше' })
    const aside = edit(world, ['employee', person('oleg')], { name: 'Олег Новый' })
    world.backend.world.editOrg({
      ...addressOf('employee', anna),
      v: 1,
      editId: v7() as EditId,
      kind: 'set',
      want: { name: 'Чужая' },
      base: { name: 'anna' },
      issuedAt: 0,
      takesBack: null,
      supersedes: null,
    })
    world.sync.start()
    await world.time.pass(60_000)
    assert.equal(stateOf(world, ours), 'conflict')
    assert.equal(stateOf(world, onTop), 'queued')
    assert.equal(stateOf(world, aside), 'applied')
    assert.equal(nameHere(world), 'Чужая')
    assert.equal(nextEdit(world.store), null)
    const item = editItems(world.store, 10).find(one => one.edit.editId === ours)
    assert.equal(item?.theirs?.name, 'Чужая')
    assert.deepEqual(outboxCounts(world.store), { waiting: 1, conflicts: 1, rejected: 0 })
    assert.deepEqual(cancelEdit(world.store, ours, 'keepTheirs'), [ours, onTop])
    assert.equal(nameHere(world), 'Чужая')
    assert.equal(nameThere(world), 'Чужая')
  }))

test('what the backend refuses is told with its reasons, and the rest goes on', () =>
  inWorld(async world => {
    const refused = edit(world, ['department', department], { parentId: department })
    const fine = edit(world, ['employee', anna], { limit: 3 })
    world.sync.start()
    await world.time.pass(60_000)
    assert.equal(stateOf(world, refused), 'rejected')
    assert.equal(stateOf(world, fine), 'applied')
    const [item] = editItems(world.store, 10)
    assert.deepEqual(
      item?.reasons.map(({ code }) => code),
      ['orgEdit.reason.cycle'],
    )
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 1 })
  }))

test('an edit taken back before it left is never sent, nor what was made on top of it', () =>
  inWorld(async world => {
    const added = edit(world, ['employee', 'new'], { name: 'Новый' }, 'add')
    const onTop = edit(world, ['employee', 'new'], { limit: 1 })
    assert.deepEqual(cancelEdit(world.store, added, 'cancel'), [added, onTop])
    world.sync.start()
    await world.time.pass(60_000)
    assert.deepEqual(world.backend.world.edited, [])
    assert.equal(nameHere(world, 'new' as never), undefined)
  }))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aWholeCase, createSyncWorld, person, theCaseId } from '../testing/sync-world.ts'
import { openCases } from './cases.ts'
import { applyPage, readCursor } from './write.ts'

test('an open case that is not named among the open ones is gone, but not while it is decided upon', async () => {
  const closed = { status: 'closed', closedAt: 1 } as const
  const world = createSyncWorld({
    cases: [aWholeCase('1'), aWholeCase('2'), aWholeCase('4'), { ...aWholeCase('3'), ...closed }],
  })
  const loaded = world.sync.pullOnce()
  await world.time.pass(100)
  await loaded
  const { store } = world
  world.decide('2', { responsible: person('anna') })
  const { cursor, epoch } = readCursor(store)
  const [first] = openCases(store)
  assert.ok(first)
  const nothing = { departments: [], posts: [], employees: [], absences: [], substitutions: [] }
  applyPage(store, {
    ...nothing,
    cases: [],
    kinds: [],
    clients: [],
    history: [],
    gone: [],
    openIds: [first.caseId],
    nextCursor: cursor ?? '',
    isUpToDate: true,
    epoch: epoch ?? '',
  })
  assert.deepEqual(
    openCases(store).map(one => one.caseId),
    [first.caseId, theCaseId('2')],
  )
  assert.ok(world.seen('3'))
  await world.close()
})

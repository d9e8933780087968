import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AbsenceId } from '../domain/id.ts'
import { outboxCounts, outboxItems, readDecision } from '../store/outbox.ts'
import { resolve } from '../store/resolve.ts'
import { applyPage, readCursor } from '../store/write.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { mondayNoon } from '../testing/invented.ts'
import { aPage } from '../testing/store-world.ts'
import { createSyncWorld, person, theCaseId } from '../testing/sync-world.ts'
import type { SyncWorld } from '../testing/sync-world.ts'

const hourMs = 3_600_000
const toAnna = { responsible: person('anna') }
const toOleg = { responsible: person('oleg') }

/** A loaded console; Anna is on leave from one o'clock on. */
async function inWorld(work: (world: SyncWorld) => Promise<void>): Promise<void> {
  const world = createSyncWorld()
  try {
    const loaded = world.sync.pullOnce()
    await world.time.pass(1_000)
    await loaded
    const absence = {
      absenceId: 'leave' as AbsenceId,
      employeeId: person('anna'),
      kind: 'vacation',
      fromAt: mondayNoon + hourMs,
      untilAt: mondayNoon + 100 * hourMs,
    } as const
    const { cursor, epoch } = readCursor(world.store)
    applyPage(
      world.store,
      aPage({ absences: [absence], nextCursor: cursor ?? '', epoch: epoch ?? '' }),
    )
    await work(world)
    assert.deepEqual(world.reported, [])
  } finally {
    await world.close()
  }
}

test('who went on leave before the decision could leave is asked about, and nothing is sent', () =>
  inWorld(async world => {
    const held = world.decide('1', toAnna)
    const other = world.decide('2', toOleg)
    await world.time.pass(2 * hourMs)
    world.sync.start()
    await world.time.pass(5_000)
    assert.equal(readDecision(world.store, other)?.state, 'applied')
    const [item] = outboxItems(world.store, 9)
    assert.deepEqual(
      [item?.decision.decisionId, item?.state, item?.code, item?.attempt],
      [held, 'conflict', 'employeeAbsent', 0],
    )
    assert.deepEqual(
      world.backend.world.effects.map(({ decisionId }) => decisionId),
      [other],
    )
    assert.equal(world.seen('1')?.responsibleId, null)
  }))

test('what the head insists on then goes out and is not asked about again', () =>
  inWorld(async world => {
    const held = world.decide('1', toAnna)
    await world.time.pass(2 * hourMs)
    world.sync.start()
    await world.time.pass(5_000)
    resolve(world.store, {
      decisionId: held,
      actId: newActId(),
      newDecisionId: newDecisionId(),
      choice: { kind: 'insist' },
      issuedBy: { employeeId: person('head') },
      issuedAt: world.time.now(),
      target: null,
      isOverridden: true,
    })
    await world.time.pass(5_000)
    assert.equal(world.backend.world.caseOf(theCaseId('1'))?.responsibleId, person('anna'))
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
  }))

test('nothing is asked about while the leave has not begun', () =>
  inWorld(async world => {
    world.decide('1', toAnna)
    world.sync.start()
    await world.time.pass(5_000)
    assert.equal(world.backend.world.caseOf(theCaseId('1'))?.responsibleId, person('anna'))
  }))

test('what may have arrived already is asked of the backend and not of the head', () =>
  inWorld(async world => {
    world.backend.faults = question => (question === 'push' ? 'lostAnswer' : 'none')
    const sent = world.decide('1', toAnna)
    world.sync.start()
    await world.time.pass(40_000)
    assert.match(readDecision(world.store, sent)?.state ?? '', /^(sending|unknown)$/)
    await world.time.pass(2 * hourMs)
    world.backend.faults = () => 'none'
    world.sync.wake()
    await world.time.pass(400_000)
    assert.equal(readDecision(world.store, sent)?.state, 'applied')
  }))

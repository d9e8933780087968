import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markSending, outboxCounts, outboxItems, readDecision } from '../store/outbox.ts'
import type { Fault } from '../testing/model-backend.ts'
import { aWholeCase, createSyncWorld, person, theCaseId } from '../testing/sync-world.ts'
import type { SyncWorld, SyncWorldOptions } from '../testing/sync-world.ts'
import { createSync } from './loop.ts'

async function inWorld(work: (world: SyncWorld) => Promise<void>, options: SyncWorldOptions = {}) {
  const world = createSyncWorld(options)
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

/** The next pushes meet these faults, then the network is well. */
function breakPushes(world: SyncWorld, faults: readonly Fault[]): void {
  const coming = [...faults]
  world.backend.faults = question => (question === 'push' ? (coming.shift() ?? 'none') : 'none')
}

const toAnna = { responsible: person('anna') }
const toOleg = { responsible: person('oleg') }
const responsible = ({ backend }: SyncWorld, name: string) =>
  backend.world.caseOf(theCaseId(name))?.responsibleId

test('a decision goes out once and the replica shows it', () =>
  inWorld(async world => {
    world.sync.start()
    world.decide('1', toAnna)
    await world.time.pass(1_000)
    assert.equal(responsible(world, '1'), person('anna'))
    assert.equal(world.backend.world.effects.length, 1)
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
    assert.deepEqual(world.differences(), [])
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
  test(`a decision met by «${fault}» three times takes effect exactly once`, () =>
    inWorld(async world => {
      breakPushes(world, [fault, fault, fault])
      world.decide('1', toAnna)
      world.decide('2', toOleg)
      world.sync.start()
      await world.time.pass(10 * 60_000)
      assert.deepEqual(
        [responsible(world, '1'), responsible(world, '2')],
        [person('anna'), person('oleg')],
      )
      assert.equal(world.backend.world.effects.length, 2)
      assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
      assert.deepEqual(world.differences(), [])
    }))

test('decisions about one case go out one after another in their order', () =>
  inWorld(async world => {
    breakPushes(world, ['none', 'lostAnswer', 'busy'])
    const first = world.decide('1', toAnna)
    const other = world.decide('2', toAnna)
    const second = world.decide('1', toOleg)
    const third = world.decide('1', { responsible: null }, 'return')
    world.sync.start()
    await world.time.pass(10 * 60_000)
    const ofOne = world.backend.world.effects.filter(({ caseId }) => caseId === theCaseId('1'))
    assert.deepEqual(
      ofOne.map(effect => effect.decisionId),
      [first, second, third],
    )
    assert.deepEqual(new Set(world.backend.world.arrived[0]), new Set([first, other]))
    assert.equal(responsible(world, '1'), null)
    assert.deepEqual(world.differences(), [])
  }))

test('a conflict stops its own case and no other', () =>
  inWorld(async world => {
    world.backend.world.change(aWholeCase('1', { responsibleId: person('oleg'), version: 2 }))
    const lost = world.decide('1', toAnna)
    world.decide('2', toAnna)
    world.sync.start()
    await world.time.pass(5_000)
    world.decide('3', toAnna)
    await world.time.pass(5_000)
    assert.equal(readDecision(world.store, lost)?.state, 'conflict')
    assert.deepEqual(
      [responsible(world, '1'), responsible(world, '2'), responsible(world, '3')],
      [person('oleg'), person('anna'), person('anna')],
    )
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 1, rejected: 0 })
  }))

test('a decision about a closed case is rejected with the reason', () =>
  inWorld(async world => {
    const lost = world.decide('1', toAnna)
    world.backend.world.change(aWholeCase('1', { status: 'closed', closedAt: 1, version: 2 }))
    world.sync.start()
    await world.time.pass(5_000)
    const [item] = outboxItems(world.store, 1)
    assert.deepEqual(
      [item?.decision.decisionId, item?.state, item?.code],
      [lost, 'rejected', 'closed'],
    )
    assert.equal(world.backend.world.effects.length, 0)
  }))

test('a decision the backend cannot read is rejected alone', () =>
  inWorld(async world => {
    world.backend.world.poison.add(world.decide('1', toAnna))
    world.decide('2', toAnna)
    world.decide('3', toAnna)
    world.sync.start()
    await world.time.pass(5_000)
    assert.deepEqual(
      [responsible(world, '1'), responsible(world, '2'), responsible(world, '3')],
      [null, person('anna'), person('anna')],
    )
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 1 })
  }))

test('at most fifty go together', () =>
  inWorld(
    async world => {
      for (let n = 1; n <= 120; n += 1) world.decide(String(n), toAnna)
      world.sync.start()
      await world.time.pass(5_000)
      assert.deepEqual(
        world.backend.world.arrived.map(batch => batch.length),
        [50, 50, 20],
      )
    },
    { cases: Array.from({ length: 120 }, (_, n) => aWholeCase(String(n + 1))) },
  ))

test('a token that does not hold stops pushing until the head asks again', () =>
  inWorld(async world => {
    breakPushes(world, ['unauthorised'])
    world.decide('1', toAnna)
    world.sync.start()
    await world.time.pass(60 * 60_000)
    assert.equal(world.backend.asked.push, 1)
    assert.equal(world.sync.status().link.kind, 'unauthorised')
    assert.equal(world.sync.status().waiting, 1)
    world.sync.wake()
    await world.time.pass(1_000)
    assert.equal(world.backend.world.effects.length, 1)
    assert.equal(world.sync.status().link.kind, 'idle')
  }))

test('waiting grows from a second to five minutes and begins anew when the head asks', () =>
  inWorld(
    async world => {
      const attempts: number[] = []
      world.backend.faults = question => {
        if (question === 'push') attempts.push(world.time.now())
        return question === 'push' ? 'busy' : 'none'
      }
      world.decide('1', toAnna)
      world.sync.start()
      await world.time.pass(60 * 60_000)
      const waits = attempts.slice(1).map((at, n) => at - (attempts[n] ?? 0))
      assert.deepEqual(
        waits.slice(0, 10).map(wait => Math.round(wait / 1000)),
        [2, 2, 4, 8, 16, 32, 64, 128, 256, 300],
      )
      assert.ok(waits.every(wait => wait <= 300_100))
      const before = attempts.length
      world.sync.wake()
      await world.time.pass(10)
      assert.equal(attempts.length, before + 1)
    },
    { random: () => 0.999_999 },
  ))

test('stopping in the middle leaves the decision unknown, and the next start asks again', () =>
  inWorld(async world => {
    breakPushes(world, ['slow'])
    const decisionId = world.decide('1', toAnna)
    world.sync.start()
    await world.time.pass(1_000)
    assert.equal(readDecision(world.store, decisionId)?.state, 'sending')
    await world.restart()
    assert.equal(readDecision(world.store, decisionId)?.state, 'unknown')
    world.sync.start()
    await world.time.pass(1_000)
    assert.equal(readDecision(world.store, decisionId)?.state, 'applied')
    assert.equal(world.backend.world.effects.length, 1)
  }))

test('what a line was stopped in the middle of is asked about by the next over the same store', () =>
  inWorld(async world => {
    const { store, backend, time } = world
    await world.sync.stop()
    const decisionId = world.decide('1', toAnna)
    markSending(store, [decisionId], time.now())
    const next = createSync({ store, backend, now: time.now, sleep: time.sleep })
    next.start()
    await time.pass(10_000)
    const stopped = next.stop()
    await time.pass(1_000)
    await stopped
    assert.equal(readDecision(store, decisionId)?.state, 'applied')
    assert.equal(backend.world.effects.length, 1)
  }))

test('after stopping nothing runs', () =>
  inWorld(async world => {
    world.sync.start()
    await world.time.pass(1_000)
    await world.sync.stop()
    const before = { ...world.backend.asked, statuses: world.statuses.length }
    world.decide('1', toAnna)
    world.backend.world.change(aWholeCase('2', { version: 2 }))
    await world.time.pass(60 * 60_000)
    assert.deepEqual({ ...world.backend.asked, statuses: world.statuses.length }, before)
  }))

test('a clock set back by a year holds nothing up', () =>
  inWorld(async world => {
    breakPushes(world, ['lostAnswer', 'busy'])
    world.decide('1', toAnna)
    world.sync.start()
    await world.time.pass(31_000)
    world.time.shiftClock(-365 * 24 * 3_600_000)
    await world.time.pass(60_000)
    assert.equal(world.backend.world.effects.length, 1)
    assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
  }))

test('an outcome that cannot be written is asked for again', async () => {
  const world = createSyncWorld()
  try {
    const loaded = world.sync.pullOnce()
    await world.time.pass(1_000)
    await loaded
    world.sync.start()
    world.backend.world.change(aWholeCase('1', { version: 2, dueAt: 0.5 }))
    const decisionId = world.decide('1', toAnna)
    await world.time.pass(20_000)
    assert.equal(world.sync.status().link.kind, 'failed')
    assert.ok(world.reported.length > 0)
    assert.notEqual(readDecision(world.store, decisionId)?.state, 'applied')
    const theirs = world.backend.world.caseOf(theCaseId('1'))
    assert.ok(theirs)
    world.backend.world.change({ ...theirs, version: theirs.version + 1, dueAt: null })
    world.backend.world.refreshOutcomes()
    await world.time.pass(600_000)
    assert.equal(readDecision(world.store, decisionId)?.state, 'applied')
    assert.equal(world.backend.world.effects.length, 1)
    assert.equal(world.sync.status().link.kind, 'idle')
    assert.deepEqual(world.differences(), [])
  } finally {
    await world.close()
  }
})

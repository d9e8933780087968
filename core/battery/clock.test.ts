/** A computer whose clock is wrong: nothing refuses to work, order is by number, and the head is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { ActId, DecisionId } from '../domain/id.ts'
import { deskHandlers } from '../service/handlers.ts'
import { outboxCounts } from '../store/outbox.ts'
import { mondayNoon } from '../testing/invented.ts'
import { outboxRows, violations } from './invariants.ts'
import { aWholeCase, createScheduleWorld, person } from './schedule-world.ts'

const hour = 3_600_000
const day = 24 * hour

/** How far the clock is off when the console begins, and how far it jumps between two decisions. */
const clocks: Readonly<Record<string, readonly [number, number]>> = {
  'a day behind': [-day, 0],
  'five years ahead': [5 * 365 * day, 0],
  'past the end of 32-bit time': [Date.UTC(2038, 0, 19, 3, 14, 8) - mondayNoon, 0],
  'in 1970': [-mondayNoon + 1_000, 0],
  'put an hour ahead in the middle': [0, hour],
  'put an hour back in the middle': [0, -hour],
  'put a day back in the middle': [0, -day],
  'put five years ahead in the middle': [0, 5 * 365 * day],
  'mended by a year in the middle': [-365 * day, 365 * day],
  'broken to 1970 in the middle': [0, -mondayNoon + 60_000],
}

for (const [name, [off, jump]] of Object.entries(clocks))
  test(`with the clock ${name} decisions go out in their order, once`, async () => {
    const world = createScheduleWorld()
    const { time, backend } = world
    try {
      time.shiftClock(off)
      backend.clockOffsetMs = -off
      backend.world.change(aWholeCase('1'))
      await time.pass(5_000)
      const give = (to: string) =>
        deskHandlers(world.desk).assign({
          actId: v7() as ActId,
          orders: [{ decisionId: v7() as DecisionId, caseId: aWholeCase('1').caseId }],
          employeeId: person(to),
          isOverridden: true,
        })
      world.troubles.push('offline', 'lostAnswer')
      void give('anna')
      time.shiftClock(jump)
      backend.clockOffsetMs -= jump
      void give('oleg')
      void world.restart()
      await time.pass(1)
      void give('anna')
      await time.pass(120_000)
      assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
      const order = outboxRows(world.store).map(row => row.decision.decisionId)
      assert.equal(order.length, 3)
      assert.deepEqual(
        backend.world.effects.map(effect => effect.decisionId),
        order,
      )
      assert.equal(backend.world.caseOf(aWholeCase('1').caseId)?.responsibleId, person('anna'))
      const outcomes = new Map(
        [...backend.world.outcomes()].map(([id, { outcome }]) => [id, outcome.outcome]),
      )
      const theirs = { effects: backend.world.effects, outcomes }
      assert.deepEqual(violations({ store: world.store, theirs, acknowledged: [] }), [])
      const told = world.sync.status().clockOffsetMs ?? Number.NaN
      assert.ok(Math.abs(told + off + jump) < 1_000, `told ${told}`)
      assert.deepEqual(world.faults, [])
    } finally {
      world.close()
    }
  })

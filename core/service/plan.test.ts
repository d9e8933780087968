import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCases, readCase } from '../store/cases.ts'
import { dueDecisions, outboxCounts } from '../store/outbox.ts'
import {
  aWholeCase,
  type DeskWorld,
  inDeskWorld,
  newActId,
  newDecisionId,
  orders,
  person,
  theCaseId,
} from '../testing/desk-world.ts'
import { day } from '../testing/invented.ts'
import { applyPlan } from './apply-plan.ts'
import { assign } from './assign.ts'
import { dropPlan, openPlan, proposePlan } from './plan.ts'
import { undo } from './undo.ts'

const names = (count: number) => Array.from({ length: count }, (_, n) => String(n + 1))
const ids = (count: number) => names(count).map(theCaseId)
const check = (name: string, count: number, work: (world: DeskWorld) => void) =>
  void test(name, () => inDeskWorld(work, { cases: names(count).map(one => aWholeCase(one)) }))

/** The orders that carry the present plan out. */
function ordersOf(world: DeskWorld, isOverridden = false) {
  const { rows } = openPlan(world.desk) ?? { rows: [] }
  return rows.flatMap(({ caseId, employeeId }) =>
    employeeId === null ? [] : { decisionId: newDecisionId(), caseId, employeeId, isOverridden },
  )
}
const shares = (world: DeskWorld) =>
  Object.fromEntries(
    ['anna', 'oleg', 'head'].map(name => [
      name,
      openPlan(world.desk)?.rows.filter(row => row.employeeId === person(name)).length ?? 0,
    ]),
  )

check('a draft outlives the program, with what the head chose', 8, world => {
  const { desk } = world
  const kept = [
    { caseId: theCaseId('1'), employeeId: person('anna') },
    { caseId: theCaseId('2'), employeeId: null },
  ]
  const proposed = proposePlan(desk, { caseIds: ids(8), kept })
  assert.deepEqual([proposed.rows.length, proposed.left.length], [8, 0])
  world.restart()
  assert.deepEqual(openPlan(world.desk), proposed)
  assert.deepEqual(shares(world), { anna: 4, oleg: 3, head: 0 })
  assert.deepEqual(
    proposed.rows.filter(row => row.isKept).map(row => row.caseId),
    ['1', '2'].map(theCaseId),
  )
  dropPlan(world.desk)
  world.restart()
  assert.equal(openPlan(world.desk), null)
})

check('a plan is one act, taken back by one undo', 6, world => {
  const { desk } = world
  proposePlan(desk, { caseIds: ids(6), kept: [] })
  const { done, refused, label } = applyPlan(desk, { actId: newActId(), orders: ordersOf(world) })
  assert.deepEqual([done.length, refused, label?.count, label?.target], [6, [], 6, null])
  assert.equal(openPlan(desk), null)
  assert.equal(outboxCounts(world.store).waiting, 6)
  assert.equal(dueDecisions(world.store, world.now, 10).length, 6)
  const back = undo(desk, { actId: newActId(), decisionIds: names(6).map(newDecisionId) })
  assert.equal(back.done.length, 6)
  assert.ok(openCases(world.store).every(theCase => theCase.responsibleId === null))
})

check('the same plan carried out again is answered and not done twice', 4, world => {
  proposePlan(world.desk, { caseIds: ids(4), kept: [] })
  const arg = { actId: newActId(), orders: ordersOf(world) }
  const first = applyPlan(world.desk, arg)
  assert.deepEqual(applyPlan(world.desk, arg), first)
  world.restart()
  assert.deepEqual(applyPlan(world.desk, arg).done, first.done)
  assert.equal(outboxCounts(world.store).waiting, 4)
})

check('what cannot be given is named, and trying again takes only that', 12, world => {
  const { desk } = world
  const kept = ids(12).map(caseId => ({ caseId, employeeId: person('anna') }))
  proposePlan(desk, { caseIds: ids(12), kept })
  const { done, refused } = applyPlan(desk, { actId: newActId(), orders: ordersOf(world) })
  assert.deepEqual([done.length, refused.length], [9, 3])
  assert.equal(refused[0]?.reasons[0]?.code, 'overLimit')
  assert.deepEqual(openPlan(desk)?.caseIds, ['7', '8', '9'].map(theCaseId))
  const forced = applyPlan(desk, { actId: newActId(), orders: ordersOf(world, true) })
  assert.deepEqual(
    [forced.done.length, forced.refused, forced.label?.target],
    [3, [], 'Анна Первая'],
  )
  assert.equal(openPlan(desk), null)
})

check('what is left over goes back to Nachalo when the plan is carried out', 22, world => {
  proposePlan(world.desk, {
    caseIds: ids(22),
    kept: [{ caseId: theCaseId('1'), employeeId: null }],
  })
  assert.equal(openPlan(world.desk)?.left.length, 3)
  const { done } = applyPlan(world.desk, { actId: newActId(), orders: ordersOf(world) })
  assert.equal(done.length, 18)
  assert.equal(openPlan(world.desk), null)
})

check('a draft says how the world has moved and plans the rest', 10, world => {
  const { desk } = world
  proposePlan(desk, { caseIds: ids(10), kept: [] })
  assert.deepEqual(openPlan(desk)?.moved, { given: 0, total: 10, away: [], back: [] })
  assign(desk, { actId: newActId(), orders: orders('1', '2', '3'), employeeId: person('oleg') })
  const moved = openPlan(desk)
  assert.deepEqual(moved?.moved, { given: 3, total: 10, away: [], back: [] })
  assert.equal(moved?.rows.length, 7)
  assert.deepEqual(shares(world), { anna: 5, oleg: 2, head: 0 })
  assert.equal(readCase(world.store, theCaseId('1'))?.responsibleId, person('oleg'))
})

check('somebody who has gone away since the draft gets nothing and is named', 6, world => {
  proposePlan(world.desk, { caseIds: ids(6), kept: [] })
  world.sendOnLeave('oleg')
  const answer = openPlan(world.desk)
  assert.deepEqual(answer?.moved.away, [person('oleg')])
  assert.ok(answer?.rows.every(row => row.employeeId === person('anna')))
  world.now += 8 * day
  assert.deepEqual(openPlan(world.desk)?.moved.away, [])
})

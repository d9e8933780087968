import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallError } from '../rpc.ts'
import { undoState } from '../store/acts.ts'
import { readCase } from '../store/cases.ts'
import { decisionsOf, dueDecisions, outboxCounts } from '../store/outbox.ts'
import {
  aWholeCase,
  inDeskWorld,
  newActId,
  newDecisionId,
  orders,
  person,
  theCaseId,
} from '../testing/desk-world.ts'
import type { DeskWorld } from '../testing/desk-world.ts'
import { assign } from './assign.ts'
import { redo } from './redo.ts'
import { take } from './take.ts'
import { undo } from './undo.ts'

const check = (name: string, work: (world: DeskWorld) => void) =>
  void test(name, () => inDeskWorld(work, { cases: ['1', '2', '3'].map(one => aWholeCase(one)) }))

const give = ({ desk }: DeskWorld, to: string, ...names: string[]) =>
  assign(desk, { actId: newActId(), orders: orders(...names), employeeId: person(to) })
const fresh = (count = 3) => ({
  actId: newActId(),
  decisionIds: Array.from({ length: count }, newDecisionId),
})
const responsible = ({ store }: DeskWorld, name: string) =>
  readCase(store, theCaseId(name))?.responsibleId
const states = ({ store }: DeskWorld, name: string) =>
  decisionsOf(store, theCaseId(name)).map(({ decision, state }) => [decision.verb, state])
const due = ({ store }: DeskWorld) => dueDecisions(store, Number.MAX_SAFE_INTEGER, 50)

check('what has not left is cancelled and nothing is sent', world => {
  give(world, 'anna', '1', '2')
  const result = undo(world.desk, fresh())
  assert.deepEqual([result.done.length, result.refused.length, result.label?.verb], [2, 0, 'undo'])
  assert.deepEqual([responsible(world, '1'), responsible(world, '2')], [null, null])
  assert.deepEqual(states(world, '1'), [['assign', 'cancelled']])
  assert.deepEqual([due(world).length, outboxCounts(world.store).waiting], [0, 0])
})

check('what is on its way is followed by a decision that rests on it', world => {
  give(world, 'anna', '1')
  world.send()
  const result = undo(world.desk, fresh())
  assert.deepEqual(result.done, [theCaseId('1')])
  assert.equal(responsible(world, '1'), null)
  assert.deepEqual(due(world), [])
  world.answer()
  const [next] = due(world)
  assert.deepEqual(
    [next?.verb, next?.base, next?.want],
    ['undo', { responsible: person('anna') }, { responsible: null }],
  )
  assert.equal(next?.undoes, decisionsOf(world.store, theCaseId('1'))[0]?.decision.decisionId)
})

check('when what is on its way is turned down, its undoing is not sent', world => {
  give(world, 'anna', '1')
  world.send()
  undo(world.desk, fresh())
  world.answer({ outcome: 'rejected', code: 'forbidden', current: aWholeCase('1', { version: 2 }) })
  assert.deepEqual(due(world), [])
  assert.equal(outboxCounts(world.store).waiting, 0)
  assert.equal(responsible(world, '1'), null)
})

check('what was carried out is taken back by a new decision on top of it', world => {
  give(world, 'anna', '1')
  world.send()
  world.answer()
  undo(world.desk, fresh())
  assert.equal(responsible(world, '1'), null)
  const [next] = due(world)
  assert.deepEqual(
    [next?.base, next?.want],
    [{ responsible: person('anna') }, { responsible: null }],
  )
})

check('what was changed since is not taken back, the rest is', world => {
  give(world, 'anna', '1', '2', '3')
  world.send()
  world.answer()
  world.bring(
    aWholeCase('1', { responsibleId: person('oleg'), version: 3 }),
    aWholeCase('2', { status: 'closed', closedAt: 1, responsibleId: person('anna'), version: 3 }),
    aWholeCase('3', { responsibleId: person('anna'), version: 3 }),
  )
  const result = undo(world.desk, fresh())
  assert.deepEqual(result.done, [theCaseId('3')])
  assert.deepEqual(
    result.refused.map(({ caseId, reasons }) => [caseId, reasons[0]?.code]),
    [
      [theCaseId('1'), 'changedSince'],
      [theCaseId('2'), 'closed'],
    ],
  )
  assert.equal(responsible(world, '1'), person('oleg'))
})

check('acts are taken back by name, the last first, also after a restart', world => {
  give(world, 'anna', '1')
  give(world, 'oleg', '1')
  take(world.desk, { actId: newActId(), orders: orders('2', '3') })
  world.restart()
  const label = () => {
    const { undo: one } = undoState(world.store)
    return one && [one.verb, one.count, one.caseNumber, one.target]
  }
  assert.deepEqual(label(), ['take', 2, '2', null])
  undo(world.desk, fresh())
  assert.deepEqual(label(), ['assign', 1, '1', 'Олег Второй'])
  undo(world.desk, fresh())
  assert.deepEqual(label(), ['assign', 1, '1', 'Анна Первая'])
  assert.equal(responsible(world, '1'), person('anna'))
  undo(world.desk, fresh())
  assert.equal(label(), null)
  assert.equal(responsible(world, '1'), null)
  assert.deepEqual(undo(world.desk, fresh()).done, [])
})

check('what was taken back can be done again, until something else is done', world => {
  give(world, 'anna', '1', '2')
  undo(world.desk, fresh())
  const again = redo(world.desk, fresh())
  assert.deepEqual([again.done.length, again.label?.verb], [2, 'redo'])
  assert.deepEqual(
    [responsible(world, '1'), responsible(world, '2')],
    [person('anna'), person('anna')],
  )
  assert.equal(due(world).length, 2)
  undo(world.desk, fresh())
  assert.deepEqual([responsible(world, '1'), due(world).length], [null, 0])
  give(world, 'oleg', '3')
  assert.equal(undoState(world.store).redo, null)
  assert.deepEqual(redo(world.desk, fresh()).done, [])
})

check('doing again over what was carried out and taken back goes out in order', world => {
  give(world, 'anna', '1')
  world.send()
  world.answer()
  undo(world.desk, fresh())
  redo(world.desk, fresh())
  assert.equal(responsible(world, '1'), person('anna'))
  world.send()
  world.answer()
  const [next] = due(world)
  assert.deepEqual(
    [next?.verb, next?.base, next?.want],
    ['redo', { responsible: null }, { responsible: person('anna') }],
  )
})

check('the same undo asked again takes nothing more back', world => {
  give(world, 'anna', '1')
  give(world, 'anna', '2')
  const arg = fresh()
  const first = undo(world.desk, arg)
  assert.deepEqual(undo(world.desk, arg), first)
  world.restart()
  undo(world.desk, arg)
  assert.deepEqual([responsible(world, '1'), responsible(world, '2')], [person('anna'), null])
})

check('too few new ids are an error and change nothing', world => {
  give(world, 'anna', '1', '2')
  assert.throws(() => undo(world.desk, fresh(1)), CallError)
  assert.equal(responsible(world, '1'), person('anna'))
})

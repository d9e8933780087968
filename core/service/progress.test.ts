import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActResult } from '../contract.ts'
import { undoState } from '../store/acts.ts'
import { openCases, readCase } from '../store/cases.ts'
import { decisionsOf, dueDecisions, outboxItems } from '../store/outbox.ts'
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
import { caseDetail } from './case-detail.ts'
import { closedLately } from './closed-lately.ts'
import { progress } from './progress.ts'
import { redo } from './redo.ts'
import { resolveConflict } from './resolve-conflict.ts'
import { undo } from './undo.ts'

const check = (name: string, work: (world: DeskWorld) => void) =>
  void test(name, () =>
    inDeskWorld(work, {
      cases: ['1', '2', '3'].map(one => aWholeCase(one, { statusName: 'Новое' })),
    }),
  )

const move = ({ desk }: DeskWorld, stageId: string, ...names: string[]): ActResult =>
  progress(desk, { actId: newActId(), orders: orders(...names), stageId })
const standing = ({ store }: DeskWorld, name: string) => {
  const theCase = readCase(store, theCaseId(name))
  return theCase && [theCase.status, theCase.statusName, theCase.closedAt]
}
const fresh = () => ({ actId: newActId(), decisionIds: [1, 2, 3].map(newDecisionId) })
const due = ({ store }: DeskWorld) => dueDecisions(store, Number.MAX_SAFE_INTEGER, 50)

check('a case moves at once and the move waits to go out', world => {
  const result = move(world, 'waiting', '1', '2')
  assert.deepEqual([result.done.length, result.refused], [2, []])
  assert.deepEqual(
    [result.label?.verb, result.label?.target, result.label?.count],
    ['progress', 'waiting', 2],
  )
  assert.deepEqual(standing(world, '1'), ['waiting', null, null])
  const [first] = due(world)
  assert.deepEqual(
    [first?.verb, first?.want, first?.base],
    ['progress', { status: 'waiting', statusName: null }, { status: 'open', statusName: 'Новое' }],
  )
})

check('a closed case leaves the open ones, is among the closed, and comes back', world => {
  move(world, 'closed', '1')
  assert.deepEqual(standing(world, '1'), ['closed', null, world.now])
  assert.deepEqual(openCases(world.store).length, 2)
  const lately = closedLately(world.desk)
  assert.deepEqual([lately.cases.map(({ number }) => number), lately.isMore], [['1'], false])
  world.send()
  world.answer()
  assert.deepEqual(move(world, 'open', '1').done, [theCaseId('1')])
  assert.deepEqual(standing(world, '1'), ['open', null, null])
  assert.deepEqual(closedLately(world.desk).cases, [])
})

check('what the backend says closed is listed too, the newest first and not for ever', world => {
  const closed = (name: string, closedAt: number) =>
    aWholeCase(name, { status: 'closed', closedAt, responsibleId: person('anna'), version: 5 })
  const day = 86_400_000
  world.bring(closed('1', world.now - 2 * day), closed('2', world.now - 8 * day))
  world.bring({ ...closed('3', world.now - day), responsibleId: null })
  assert.deepEqual(
    closedLately(world.desk).cases.map(({ number }) => number),
    ['3', '1'],
  )
})

check('nothing but its stage is decided about a closed case', world => {
  move(world, 'closed', '1')
  const given = assign(world.desk, {
    actId: newActId(),
    orders: orders('1'),
    employeeId: person('anna'),
  })
  assert.deepEqual(given.refused[0]?.reasons, [{ code: 'closed' }])
})

check('those already there, and stages there are not, are refused with the reason', world => {
  move(world, 'waiting', '1')
  const result = move(world, 'waiting', '1', '2')
  assert.deepEqual(result.done, [theCaseId('2')])
  assert.deepEqual(result.refused, [
    { caseId: theCaseId('1'), reasons: [{ code: 'alreadyThere' }] },
  ])
  assert.deepEqual(move(world, 'nowhere', '3').refused[0]?.reasons, [{ code: 'stageShut' }])
})

check('a move not yet sent is taken back with its own name of the stage, and done again', world => {
  move(world, 'closed', '1')
  assert.equal(undo(world.desk, fresh()).label?.verb, 'undo')
  assert.deepEqual(standing(world, '1'), ['open', 'Новое', null])
  assert.deepEqual(due(world), [])
  redo(world.desk, fresh())
  assert.equal(standing(world, '1')?.[0], 'closed')
  assert.equal(undoState(world.store).undo?.verb, 'progress')
})

check('a move carried out is taken back by a decision on top of it', world => {
  move(world, 'closed', '1')
  world.send()
  world.answer()
  undo(world.desk, fresh())
  assert.deepEqual(standing(world, '1'), ['open', 'Новое', null])
  const [next] = due(world)
  assert.deepEqual(
    [next?.verb, next?.want, next?.base],
    ['undo', { status: 'open', statusName: 'Новое' }, { status: 'closed', statusName: null }],
  )
})

check('a move that met another is a conflict with both sides, and the head may insist', world => {
  move(world, 'awaitingApproval', '1')
  world.send()
  const theirs = aWholeCase('1', { status: 'waiting', statusName: 'Ждём', version: 2 })
  world.answer({ outcome: 'conflict', code: 'changed', current: theirs })
  const [item] = outboxItems(world.store, 10)
  assert.deepEqual(
    [item?.conflict?.mine, item?.conflict?.theirs],
    [
      { status: 'awaitingApproval', statusName: null },
      { status: 'waiting', statusName: 'Ждём' },
    ],
  )
  assert.deepEqual(standing(world, '1'), ['waiting', 'Ждём', null])
  assert.ok(item)
  resolveConflict(world.desk, {
    decisionId: item.decision.decisionId,
    actId: newActId(),
    newDecisionId: newDecisionId(),
    choice: { kind: 'insist' },
  })
  assert.deepEqual(standing(world, '1'), ['awaitingApproval', null, null])
  assert.deepEqual(due(world)[0]?.base, { status: 'waiting', statusName: 'Ждём' })
})

check('history tells a move by the names of the stages, and who made it', world => {
  move(world, 'waiting', '1')
  const [line] = caseDetail(world.desk, { caseId: theCaseId('1') })?.history ?? []
  assert.deepEqual(
    [line?.verb, line?.from, line?.to, line?.state],
    ['progress', 'Новое', 'waiting', 'queued'],
  )
  assert.equal(decisionsOf(world.store, theCaseId('1')).length, 1)
})

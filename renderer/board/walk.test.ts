import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case } from '../../core/domain/case.ts'
import { columnsOf, plainStages } from '../../core/domain/stage.ts'
import { caseBeside, casesBetween, firstCase, heirAt, spotOf, stageBeside } from './walk.ts'

const aCase = (caseId: string, status: Case['status'], dueAt: number) =>
  ({ caseId, status, statusName: null, dueAt, weight: 1, kindId: null }) as unknown as Case
const id = (caseId: string) => caseId as Case['caseId']

const columns = columnsOf(
  [
    aCase('a', 'open', 1),
    aCase('b', 'open', 2),
    aCase('c', 'open', 3),
    aCase('x', 'awaitingApproval', 1),
  ],
  plainStages,
  new Map(),
)

test('a card is found by its column and place', () => {
  assert.deepEqual(spotOf(columns, id('c')), { column: 0, place: 2 })
  assert.equal(spotOf(columns, id('gone')), null)
  assert.equal(firstCase(columns), 'a')
})

test('beside a card is the one at its height, or the last above, over empty columns', () => {
  assert.equal(caseBeside(columns, { column: 0, place: 2 }, 1), 'x')
  assert.equal(caseBeside(columns, { column: 2, place: 0 }, -1), 'a')
  assert.equal(caseBeside(columns, { column: 2, place: 0 }, 1), null)
})

test('a card that left is inherited by the one in its place, else by a neighbour', () => {
  assert.equal(heirAt(columns, { column: 0, place: 7 }), 'c')
  assert.equal(heirAt(columns, { column: 1, place: 0 }), 'a')
  assert.equal(heirAt(columns, { column: 3, place: 0 }), 'x')
})

test('what lies between two cards of a column is taken, of two columns only the second', () => {
  assert.deepEqual(casesBetween(columns, id('c'), id('a')), ['a', 'b', 'c'])
  assert.deepEqual(casesBetween(columns, id('c'), id('x')), ['x'])
})

test('the next stage is the nearest that can be entered', () => {
  const stages = plainStages.map(stage =>
    stage.stageId === 'waiting' ? { ...stage, canEnter: false } : stage,
  )
  const [open = null, , approval = null] = stages
  assert.equal(stageBeside(stages, open, 1)?.stageId, 'awaitingApproval')
  assert.equal(stageBeside(stages, approval, -1)?.stageId, 'open')
  assert.equal(stageBeside(stages, open, -1), null)
  assert.equal(stageBeside(stages, null, 1), null)
})

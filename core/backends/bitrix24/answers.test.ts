import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSending, aTask, anna, aWorld, head, oleg, person } from '../../testing/bitrix24-world.ts'
import { settledBy } from './answers.ts'
import type { CommandAnswer } from './client.ts'
import type { Write } from './write.ts'

const world = aWorld()
const look = aTask(world, [])
assert.ok(look.kind === 'here')
const write: Write = {
  sending: aSending('TASK_8017', { responsible: person(anna) }, { responsible: null }),
  ref: { kind: 'task', id: 8017 },
  aim: { target: anna, standing: null },
  look,
  lastTurn: 40,
  newest: [],
}
const said = (result: unknown): CommandAnswer => ({
  kind: 'answered',
  answer: { result, next: null, total: null, at: null },
})
const line = (id: number, from: number) => ({
  id,
  field: 'RESPONSIBLE_ID',
  user: { id: head },
  value: { from: String(from), to: String(anna) },
})

/** What a write of a task comes to when its history shows these lines; null: it was not answered. */
function settled(lines: readonly unknown[] | null) {
  const task = { id: '8017', responsibleId: String(anna), status: '2' }
  const answers = new Map([['write0', said({ task })]])
  if (lines) answers.set('turns0', said({ list: lines }))
  const { answer, turn, isConfirmed = false } = settledBy(world, write, answers, 0)
  return [answer.outcome, answer.code, turn, isConfirmed]
}

test('an answer without the line of a task’s history is no end yet', () => {
  assert.deepEqual(
    [settled(null), settled([]), settled([line(40, head)])],
    [
      ['unknown', 'noLineYet', null, true],
      ['unknown', 'noLineYet', null, true],
      ['unknown', 'noLineYet', null, true],
    ],
  )
})

test('the line tells whose decision was replaced', () => {
  assert.deepEqual(
    [settled([line(40, oleg), line(43, head)]), settled([line(43, oleg)])],
    [
      ['applied', null, 43, false],
      ['applied', 'overwrote', 43, false],
    ],
  )
})

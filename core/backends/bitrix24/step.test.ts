import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aDeal,
  aSending,
  aTask,
  anna,
  aWorld,
  decisionId,
  gone,
  head,
  oleg,
  person,
  room,
} from '../../testing/bitrix24-world.ts'
import type { Look, Turn } from './look.ts'
import { stepFor } from './step.ts'
import { createTraces } from './trace.ts'
import { writeWitness } from './witness.ts'
import type { Witness } from './witness.ts'

const world = aWorld()
const toAnna = aSending('D_351', { responsible: person(anna) }, { responsible: null })
const sent = (over: Partial<Witness> = {}) => ({
  ...toAnna,
  isDoubtful: true,
  witness: writeWitness({
    target: anna,
    raw: head,
    lastTurn: null,
    marker: 'UF_CRM_NACHALO',
    newest: [''],
    ...over,
  }),
})

/** What is answered to the same sending at each of these times (ms), or that it is written. */
function steps(
  sending: Parameters<typeof stepFor>[1],
  looks: readonly (readonly [number, Look])[],
  where = world,
) {
  const trace = createTraces().of(decisionId)
  return looks.map(([elapsed, look]) => {
    const step = stepFor(where, sending, look, { trace, elapsed })
    if (step.kind === 'write') return ['write', step.aim.target]
    const { outcome } = step.answer
    return 'current' in step.answer
      ? [outcome, step.answer.code]
      : [outcome, step.answer.code, step.answer.againAfterMs]
  })
}

test('a case that is as the head saw it is written', () => {
  assert.deepEqual(steps(toAnna, [[0, aDeal(world)]]), [['write', anna]])
})

test('what somebody else decided is a conflict once two looks agree', () => {
  const theirs = aDeal(world, { assignedById: oleg })
  assert.deepEqual(
    steps(toAnna, [
      [0, theirs],
      [3_000, theirs],
      [6_000, theirs],
    ]),
    [
      ['notSent', 'lookAgain', 6_000],
      ['notSent', 'lookAgain', 6_000],
      ['conflict', 'changed'],
    ],
  )
})

test('a look that was late is forgotten when the next one differs', () => {
  const theirs = aDeal(world, { assignedById: oleg })
  assert.deepEqual(
    steps(toAnna, [
      [0, theirs],
      [6_000, aDeal(world)],
    ]),
    [
      ['notSent', 'lookAgain', 6_000],
      ['write', anna],
    ],
  )
})

test('closed, deleted, hidden and dismissed are told apart', () => {
  const toGone = aSending('D_351', { responsible: person(gone) }, { responsible: null })
  const told = (sending: typeof toAnna, look: Look) =>
    steps(sending, [
      [0, look],
      [6_000, look],
    ])[1]
  assert.deepEqual(
    [
      told(toAnna, aDeal(world, { stageId: 'WON' })),
      told(toAnna, { kind: 'gone' }),
      told(toAnna, { kind: 'hidden' }),
      told(toGone, aDeal(world)),
    ],
    [
      ['rejected', 'closed'],
      ['rejected', 'deleted'],
      ['rejected', 'forbidden'],
      ['conflict', 'employeeDismissed'],
    ],
  )
})

test('what is so already is not written', () => {
  const hers = aDeal(world, { assignedById: anna })
  assert.deepEqual(
    steps(toAnna, [
      [0, hers],
      [6_000, hers],
    ])[1],
    ['alreadySo', null],
  )
})

test('a lost answer is not repeated before the portal has given up and three looks found nothing', () => {
  const nothing = aDeal(world)
  assert.deepEqual(
    steps(sent(), [
      [0, nothing],
      [60_000, nothing],
      [65_000, nothing],
      [67_000, nothing],
      [71_000, nothing],
      [77_000, nothing],
    ]),
    [
      ['unknown', 'quarantine', 10_000],
      ['unknown', 'quarantine', 5_000],
      ['unknown', 'noTraceYet', 6_000],
      ['unknown', 'noTraceYet', 6_000],
      ['unknown', 'noTraceYet', 6_000],
      ['notDone', 'noTrace', 0],
    ],
  )
})

test('the mark of the decision ends the doubt, whoever is responsible by now', () => {
  const marked = { UF_CRM_NACHALO: decisionId }
  assert.deepEqual(
    [
      steps(sent(), [[0, aDeal(world, { ...marked, assignedById: anna })]]),
      steps(sent(), [[0, aDeal(world, { ...marked, assignedById: oleg })]]),
    ],
    [[['applied', null]], [['applied', null]]],
  )
})

test('without the mark the responsible alone is not believed', () => {
  const hers = aDeal(world, { assignedById: anna })
  assert.deepEqual(steps(sent(), [[0, hers]]), [['unknown', 'quarantine', 10_000]])
})

test('the mark of another console may have covered ours: then the head is asked', () => {
  const theirs = '01900000-0000-7000-8000-00000000000b'
  const ends = (newest: string, assignedById: number) => {
    const look = aDeal(world, { UF_CRM_NACHALO: theirs, assignedById })
    const times = [0, 65_000, 71_000, 77_000].map(at => [at, look] as const)
    return steps(sent({ newest: [newest] }), times).at(-1)
  }
  assert.deepEqual(
    [ends(theirs, head), ends('', head), ends('', anna)],
    [
      ['notDone', 'noTrace', 0],
      ['conflict', 'changed'],
      ['alreadySo', null],
    ],
  )
})

test('without a field for marks the responsible tells', () => {
  const bare = aWorld({ marker: null })
  const doubtful = sent({ marker: null })
  const look = (over = {}) => aDeal(bare, over)
  const third = look({ assignedById: oleg })
  assert.deepEqual(
    [
      steps(doubtful, [[0, look({ assignedById: anna })]], bare),
      steps(
        doubtful,
        [0, 65_000, 71_000, 77_000].map(at => [at, third] as const),
        bare,
      ).at(-1),
    ],
    [[['applied', null]], ['conflict', 'changed']],
  )
})

test('a task tells by a line of its history after the last known', () => {
  const task = { ...toAnna.decision, caseId: aSending('TASK_8017', {}, {}).decision.caseId }
  const doubtful = { ...sent({ marker: null, lastTurn: 40 }), decision: task }
  const line = (id: number, by: number) => ({ id, by, from: head, to: anna })
  const hers = { responsibleId: String(anna) }
  assert.deepEqual(
    [
      steps(doubtful, [[0, aTask(world, [line(41, head)], hers)]]),
      steps(doubtful, [[0, aTask(world, [line(40, head)], hers)]]),
      steps(doubtful, [[0, aTask(world, [line(41, oleg)], hers)]]),
      steps(doubtful, [[0, aTask(world, [{ ...line(41, head), from: oleg }], hers)]]),
    ],
    [
      [['applied', null]],
      [['unknown', 'quarantine', 10_000]],
      [['unknown', 'quarantine', 10_000]],
      [['applied', 'overwrote']],
    ],
  )
})

test('what the portal said is done and no line shows is looked at again, never repeated', () => {
  const task = { ...toAnna.decision, caseId: aSending('TASK_8017', {}, {}).decision.caseId }
  const doubtful = { ...sent({ marker: null, lastTurn: 40 }), decision: task }
  const hers = { responsibleId: String(anna) }
  const confirmed = (turns: readonly Turn[]) => {
    const trace = { ...createTraces().of(decisionId), confirmedAt: 0 }
    return [0, 6_000].map(elapsed => {
      const step = stepFor(world, doubtful, aTask(world, turns, hers), { trace, elapsed })
      return step.kind === 'write' ? 'write' : [step.answer.outcome, step.answer.code]
    })
  }
  assert.deepEqual(
    [confirmed([]), confirmed([{ id: 41, by: head, from: oleg, to: anna }])],
    [
      [
        ['unknown', 'noLineYet'],
        ['applied', null],
      ],
      [
        ['applied', 'overwrote'],
        ['applied', 'overwrote'],
      ],
    ],
  )
})

test('passing to a department gives to its head, returning to who holds what has no owner', () => {
  const pass = aSending(
    'D_351',
    { department: room(4), responsible: null },
    { department: room(5), responsible: null },
  )
  const back = aSending('D_351', { responsible: null }, { responsible: person(anna) })
  assert.deepEqual(
    [
      steps(pass, [[0, aDeal(world)]]),
      steps(back, [[0, aDeal(world, { assignedById: anna, stageId: 'NEW' })]]),
    ],
    [[['write', 20]], [['write', head]]],
  )
})

test('a case without owner is taken by its head with a mark, and is the head’s then', () => {
  const take = aSending('D_351', { responsible: person(head) }, { responsible: null })
  const taken = aDeal(world, { UF_CRM_NACHALO: `taken:${head} ${decisionId}` })
  assert.deepEqual(steps(take, [[0, aDeal(world)]]), [['write', head]])
  assert.equal(taken.kind === 'here' && taken.case.responsibleId, person(head))
})

test('a case that was given back has no owner at whatever stage it is', () => {
  const back = aSending('D_351', { responsible: null }, { responsible: person(anna) })
  assert.deepEqual(steps(back, [[0, aDeal(world, { assignedById: anna, stageId: 'WORK' })]]), [
    ['write', head],
  ])
  const ownerAt = (over: object) => {
    const look = aDeal(world, { stageId: 'WORK', ...over })
    return look.kind === 'here' && look.case.responsibleId
  }
  assert.deepEqual(
    [
      ownerAt({}),
      ownerAt({ UF_CRM_NACHALO: `free:${head} ${decisionId}` }),
      ownerAt({ UF_CRM_NACHALO: `free:${head} ${decisionId}`, assignedById: anna }),
    ],
    [person(head), null, person(anna)],
  )
})

test('what was sent out of sight and is out of sight was carried out, else the head is asked', () => {
  const pass = aSending(
    'D_351',
    { department: room(4), responsible: null },
    { department: room(5), responsible: null },
  )
  const ends = (target: number) =>
    steps(
      { ...sent({ target }), decision: pass.decision },
      [0, 65_000, 71_000, 77_000].map(at => [at, { kind: 'hidden' }] as const),
    ).at(-1)
  assert.deepEqual(
    [ends(20), ends(anna)],
    [
      ['applied', null],
      ['conflict', 'changed'],
    ],
  )
})

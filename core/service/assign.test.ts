import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case } from '../domain/case.ts'
import { CallError } from '../rpc.ts'
import { readCase } from '../store/cases.ts'
import { decisionsOf, dueDecisions, outboxCounts } from '../store/outbox.ts'
import {
  aWholeCase,
  inDeskWorld,
  newActId,
  newDecisionId,
  orders,
  person,
  room,
  theCaseId,
} from '../testing/desk-world.ts'
import type { DeskWorld, DeskWorldOptions } from '../testing/desk-world.ts'
import { anEmployee, day } from '../testing/invented.ts'
import { assign } from './assign.ts'
import { defer } from './defer.ts'
import { pass } from './pass.ts'
import { returnToInbox } from './return-to-inbox.ts'
import { take } from './take.ts'

const cases = (count: number, over: Partial<Case> = {}) =>
  Array.from({ length: count }, (_, n) => aWholeCase(String(n + 1), over))
const names = (count: number) => Array.from({ length: count }, (_, n) => String(n + 1))

const check = (name: string, options: DeskWorldOptions, work: (world: DeskWorld) => void) =>
  void test(name, () => inDeskWorld(work, options))

const codes = (reasons: readonly { readonly code: string }[] | undefined) =>
  reasons?.map(reason => reason.code) ?? []
const seen = ({ store }: DeskWorld, name: string) => readCase(store, theCaseId(name))

check(
  'a case given to a person is theirs at once and waits to go out',
  { cases: cases(1) },
  world => {
    const actId = newActId()
    const given = orders('1')
    const result = assign(world.desk, { actId, orders: given, employeeId: person('anna') })
    assert.deepEqual(result, {
      actId,
      done: [theCaseId('1')],
      refused: [],
      label: { actId, verb: 'assign', count: 1, caseNumber: '1', target: 'Анна Первая' },
    })
    assert.equal(seen(world, '1')?.responsibleId, person('anna'))
    const [due] = dueDecisions(world.store, world.now, 10)
    assert.deepEqual(
      [due?.decisionId, due?.want, due?.base, due?.issuedBy, due?.isOverridden],
      [
        given[0]?.decisionId,
        { responsible: person('anna') },
        { responsible: null },
        { employeeId: person('head') },
        false,
      ],
    )
    assert.deepEqual(due?.reasons, [{ code: 'load', after: 1, limit: 10 }])
  },
)

check(
  'of twelve cases those that fit are given, the rest are named',
  { cases: cases(12) },
  world => {
    const first = assign(world.desk, {
      actId: newActId(),
      orders: orders(...names(12)),
      employeeId: person('anna'),
    })
    assert.equal(first.done.length, 9)
    assert.deepEqual(
      first.refused.map(({ caseId, reasons }) => [caseId, reasons[0]]),
      ['10', '11', '12'].map(name => [
        theCaseId(name),
        { code: 'overLimit', after: 10, limit: 10 },
      ]),
    )
    assert.equal(first.label?.count, 9)
    const left = first.refused.map(({ caseId }) => ({ decisionId: newDecisionId(), caseId }))
    const again = assign(world.desk, {
      actId: newActId(),
      orders: left,
      employeeId: person('anna'),
      isOverridden: true,
    })
    assert.deepEqual([again.done.length, again.refused.length], [3, 0])
    const [last] = decisionsOf(world.store, theCaseId('12'))
    assert.deepEqual(
      [last?.decision.isOverridden, last?.decision.reasons[0]],
      [true, { code: 'overLimit', after: 12, limit: 10 }],
    )
    assert.equal(outboxCounts(world.store).waiting, 12)
  },
)

check(
  'nobody can be given a case over what blocks, and over a warning only knowingly',
  {
    cases: cases(1, { dueAt: null }),
    employees: [
      anEmployee(person('gone'), { isDismissed: true }),
      anEmployee(person('none'), { limit: 0 }),
      anEmployee(person('closed'), { isDayOpen: false }),
    ],
  },
  world => {
    const give = (name: string, isOverridden: boolean) => {
      const result = assign(world.desk, {
        actId: newActId(),
        orders: orders('1'),
        employeeId: person(name),
        isOverridden,
      })
      return result.done.length === 1 ? 'done' : codes(result.refused[0]?.reasons)[0]
    }
    assert.deepEqual(
      [
        give('gone', true),
        give('none', true),
        give('boss', true),
        give('nobody', true),
        give('closed', false),
      ],
      ['dismissed', 'limitZero', 'noRight', 'unknownPerson', 'dayClosed'],
    )
    assert.equal(outboxCounts(world.store).waiting, 0)
    assert.equal(give('closed', true), 'done')
  },
)

check(
  'cases that are gone, closed, elsewhere or already there are refused one by one',
  {
    cases: [
      aWholeCase('1'),
      aWholeCase('closed', { status: 'closed', closedAt: 1 }),
      aWholeCase('there', { responsibleId: person('anna') }),
      aWholeCase('theirs', { departmentId: room('office'), responsibleId: person('boss') }),
      aWholeCase('masked', { isMasked: true }),
    ],
  },
  world => {
    const asked = orders('1', 'closed', 'there', 'theirs', 'masked', 'never', '1')
    const result = assign(world.desk, {
      actId: newActId(),
      orders: asked,
      employeeId: person('anna'),
    })
    assert.deepEqual(result.done, [theCaseId('1')])
    assert.deepEqual(
      result.refused.map(({ caseId, reasons }) => [caseId, codes(reasons)[0]]),
      [
        [theCaseId('closed'), 'closed'],
        [theCaseId('there'), 'alreadyThere'],
        [theCaseId('theirs'), 'noRight'],
        [theCaseId('masked'), 'noRight'],
        [theCaseId('never'), 'gone'],
        [theCaseId('1'), 'alreadyThere'],
      ],
    )
  },
)

check(
  'the same act asked again gives the first answer and does nothing',
  { cases: cases(12) },
  world => {
    const arg = { actId: newActId(), orders: orders(...names(12)), employeeId: person('anna') }
    const first = assign(world.desk, arg)
    world.now += 1_000
    assert.deepEqual(assign(world.desk, arg), first)
    world.restart()
    const after = assign(world.desk, arg)
    assert.deepEqual(after.done, first.done)
    assert.deepEqual(
      after.refused.map(one => one.caseId),
      first.refused.map(one => one.caseId),
    )
    assert.equal(outboxCounts(world.store).waiting, 9)
  },
)

check(
  'an id used for something else is an error and changes nothing',
  { cases: cases(2) },
  world => {
    const [one, two] = orders('1', '2')
    assert.ok(one && two)
    const employeeId = person('anna')
    const actId = newActId()
    assign(world.desk, { actId, orders: [one], employeeId })
    const wrong = [
      { actId: newActId(), orders: [{ ...two, decisionId: one.decisionId }], employeeId },
      { actId: newActId(), orders: [two, { ...two, caseId: theCaseId('1') }], employeeId },
    ]
    for (const arg of wrong) assert.throws(() => assign(world.desk, arg), CallError)
    world.restart()
    assert.throws(() => assign(world.desk, { actId, orders: [two], employeeId }), CallError)
    assert.equal(outboxCounts(world.store).waiting, 1)
    assert.equal(seen(world, '2')?.responsibleId, null)
  },
)

check('a case can be taken, returned, passed and deferred', { cases: cases(4) }, world => {
  const { desk } = world
  assert.equal(take(desk, { actId: newActId(), orders: orders('1') }).done.length, 1)
  assert.equal(seen(world, '1')?.responsibleId, person('head'))
  assert.equal(returnToInbox(desk, { actId: newActId(), orders: orders('1') }).done.length, 1)
  assert.equal(seen(world, '1')?.responsibleId, null)
  assert.deepEqual(
    codes(returnToInbox(desk, { actId: newActId(), orders: orders('1') }).refused[0]?.reasons),
    ['alreadyThere'],
  )
  assign(desk, { actId: newActId(), orders: orders('2'), employeeId: person('oleg') })
  const passed = pass(desk, {
    actId: newActId(),
    orders: orders('2'),
    departmentId: room('office'),
  })
  assert.equal(passed.label?.target, 'Контора')
  const two = seen(world, '2')
  assert.deepEqual([two?.departmentId, two?.responsibleId], [room('office'), null])
  assert.deepEqual(
    codes(
      pass(desk, { actId: newActId(), orders: orders('3'), departmentId: room('x') }).refused[0]
        ?.reasons,
    ),
    ['unknownDepartment'],
  )
  const until = world.now + day
  defer(desk, { actId: newActId(), orders: orders('4'), until })
  assert.equal(seen(world, '4')?.deferredUntil, until)
  defer(desk, { actId: newActId(), orders: orders('4'), until: null })
  assert.equal(seen(world, '4')?.deferredUntil, null)
  assert.equal(outboxCounts(world.store).waiting, 6)
})

check(
  'a case of another department is not mine to return, pass or defer',
  { cases: [aWholeCase('1', { departmentId: room('office'), responsibleId: person('boss') })] },
  world => {
    const { desk } = world
    const results = [
      returnToInbox(desk, { actId: newActId(), orders: orders('1') }),
      pass(desk, { actId: newActId(), orders: orders('1'), departmentId: room('sales') }),
      defer(desk, { actId: newActId(), orders: orders('1'), until: null }),
    ]
    assert.deepEqual(
      results.map(result => codes(result.refused[0]?.reasons)),
      [['notYours'], ['notYours'], ['notYours']],
    )
  },
)

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { untilChange } from '../domain/case.ts'
import type { Case } from '../domain/case.ts'
import { readCase } from '../store/cases.ts'
import type { Touched } from '../store/open-store.ts'
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
import { caseDetail } from './case-detail.ts'
import { defer } from './defer.ts'
import { exportUnsent } from './export-unsent.ts'
import { open } from './open.ts'
import { patchOf } from './patch.ts'
import { preferencesOf, savePreferences } from './preferences.ts'
import { resolveConflict } from './resolve-conflict.ts'
import { search } from './search.ts'

const check = (name: string, work: (world: DeskWorld) => void) =>
  void test(name, () =>
    inDeskWorld(work, {
      cases: [
        aWholeCase('1', { subject: 'Возврат по счёту', text: 'Прошу вернуть' }),
        aWholeCase('2'),
        aWholeCase('3', { status: 'closed', closedAt: 5, responsibleId: person('anna') }),
      ],
    }),
  )
const give = ({ desk }: DeskWorld, to: string, ...names: string[]) =>
  assign(desk, { actId: newActId(), orders: orders(...names), employeeId: person(to) })
const numbers = (cases: readonly Case[]) => cases.map(({ number }) => number).sort()
const sorted = (ids: Iterable<string>) => [...ids].sort()

check('the window opens with everything it holds', world => {
  give(world, 'anna', '1')
  const snapshot = open(world.desk)
  assert.deepEqual(numbers(snapshot.cases), ['1', '2'])
  assert.equal(snapshot.cases.find(({ number }) => number === '1')?.responsibleId, person('anna'))
  assert.deepEqual(
    [snapshot.me?.name, snapshot.zone, snapshot.defaultLimit, snapshot.org.employees.length],
    ['Петров Пётр', 'Europe/Moscow', 10, 4],
  )
  assert.deepEqual(snapshot.pending, { [theCaseId('1')]: 'queued' })
  assert.equal(snapshot.undo.undo?.target, 'Анна Первая')
})

check('each commit is told as a patch that keeps the window as `open` would', world => {
  const seen = new Map(open(world.desk).cases.map(one => [one.caseId, one]))
  let pending = open(world.desk).pending
  world.store.onTouched((touched: Touched) => {
    const patch = patchOf(world.desk, touched)
    for (const caseId of patch.gone) seen.delete(caseId)
    for (const one of patch.cases) seen.set(one.caseId, one)
    pending = patch.pending ?? pending
  })
  const isAsOpened = () => {
    const snapshot = open(world.desk)
    assert.deepEqual(new Map(snapshot.cases.map(one => [one.caseId, one])), seen)
    assert.deepEqual(snapshot.pending, pending)
  }
  give(world, 'anna', '1', '2')
  isAsOpened()
  world.send()
  isAsOpened()
  world.answer()
  isAsOpened()
  world.bring(
    aWholeCase('1', { responsibleId: person('anna'), version: 3 }),
    aWholeCase('2', { status: 'closed', closedAt: 9, version: 3 }),
    aWholeCase('4'),
  )
  isAsOpened()
  assert.deepEqual(sorted([...seen.values()].map(({ number }) => number)), ['1', '4'])
})

check('the history shows what waits on top of what happened, with names', world => {
  world.store.transact(() => {})
  give(world, 'anna', '1')
  world.now += 1_000
  defer(world.desk, { actId: newActId(), orders: orders('1'), until: world.now + 60_000 })
  const detail = caseDetail(world.desk, { caseId: theCaseId('1') })
  assert.equal(detail?.text?.text, 'Прошу вернуть')
  assert.deepEqual(
    detail.history.map(({ who, verb, from, to, state }) => [who, verb, from, to, state]),
    [
      ['Петров Пётр', 'defer', null, String(world.now + 60_000), 'queued'],
      ['Петров Пётр', 'assign', null, 'Анна Первая', 'queued'],
    ],
  )
  assert.equal(caseDetail(world.desk, { caseId: theCaseId('never') }), null)
})

check('a search says whether there is more', world => {
  assert.deepEqual(numbers(search(world.desk, { text: 'счет', limit: 10 }).cases), ['1'])
  const some = search(world.desk, { text: 'Дело', limit: 1 })
  assert.deepEqual([some.cases.length, some.isMore], [1, true])
})

check('the unsent goes into a file a person can read', world => {
  give(world, 'anna', '1')
  world.send()
  world.answer()
  give(world, 'oleg', '2')
  defer(world.desk, { actId: newActId(), orders: orders('2'), until: untilChange })
  const { name, text } = exportUnsent(world.desk)
  assert.equal(name, 'nachalo-unsent-2026-11-23.json')
  const file: unknown = JSON.parse(text)
  const { decisions } = file as { decisions: Record<string, unknown>[] }
  assert.deepEqual(
    decisions.map(({ state, verb, was, becomes }) => [state, verb, was, becomes]),
    [
      ['queued', 'assign', null, 'Олег Второй'],
      ['queued', 'defer', null, 'untilChange'],
    ],
  )
})

check('weights and limits are kept one by one', world => {
  savePreferences(world.desk, { defaultLimit: 7, limits: { [person('anna')]: 3 } })
  savePreferences(world.desk, { limits: { [person('oleg')]: null }, kindWeights: { k: 2 } })
  assert.deepEqual(preferencesOf(world.desk), {
    defaultLimit: 7,
    kindWeights: { k: 2 },
    limits: { [person('anna')]: 3, [person('oleg')]: null },
  })
  assert.equal(world.desk.index().employeeById.get(person('anna'))?.limit, 3)
  const result = give(world, 'anna', '1')
  assert.deepEqual(decisionsOf(world.store, theCaseId('1'))[0]?.decision.reasons, [
    { code: 'load', after: 1, limit: 3 },
  ])
  assert.equal(result.done.length, 1)
})

function conflicting(world: DeskWorld) {
  give(world, 'anna', '1')
  world.send()
  world.answer({
    outcome: 'conflict',
    code: 'changed',
    current: aWholeCase('1', { responsibleId: person('oleg'), version: 2 }),
    changedBy: person('boss'),
    changedAt: 7,
  })
  const [record] = decisionsOf(world.store, theCaseId('1'))
  assert.equal(record?.state, 'conflict')
  return {
    decisionId: record.decision.decisionId,
    actId: newActId(),
    newDecisionId: newDecisionId(),
  }
}

check('in a conflict the head may leave theirs', world => {
  const arg = { ...conflicting(world), choice: { kind: 'keepTheirs' } } as const
  const result = resolveConflict(world.desk, arg)
  assert.deepEqual([result.done, result.refused], [[theCaseId('1')], []])
  assert.equal(readCase(world.store, theCaseId('1'))?.responsibleId, person('oleg'))
  assert.deepEqual(outboxCounts(world.store), { waiting: 0, conflicts: 0, rejected: 0 })
  assert.deepEqual(resolveConflict(world.desk, arg).done, [theCaseId('1')])
})

check('in a conflict the head may insist, with theirs for the base', world => {
  const arg = { ...conflicting(world), choice: { kind: 'insist' } } as const
  const result = resolveConflict(world.desk, arg)
  assert.deepEqual(result.label?.target, 'Анна Первая')
  const [next] = dueDecisions(world.store, Number.MAX_SAFE_INTEGER, 5)
  assert.deepEqual(
    [next?.decisionId, next?.base, next?.want, next?.supersedes],
    [
      arg.newDecisionId,
      { responsible: person('oleg') },
      { responsible: person('anna') },
      arg.decisionId,
    ],
  )
  assert.deepEqual(resolveConflict(world.desk, arg), result)
  world.restart()
  assert.deepEqual(resolveConflict(world.desk, arg).done, [theCaseId('1')])
  assert.equal(outboxCounts(world.store).waiting, 1)
})

check('in a conflict the head may give the case to a third, if that person can take it', world => {
  const conflict = conflicting(world)
  const choose = (name: string) =>
    resolveConflict(world.desk, {
      ...conflict,
      choice: { kind: 'giveTo', employeeId: person(name) },
    })
  assert.deepEqual(choose('nobody').refused[0]?.reasons, [{ code: 'unknownPerson' }])
  assert.deepEqual(choose('head').done, [theCaseId('1')])
  assert.equal(readCase(world.store, theCaseId('1'))?.responsibleId, person('head'))
})

check('before the backend has said who I am every case is refused', world => {
  inDeskWorld(() => {}, {})
  const desk = { ...world.desk, me: () => null }
  const result = assign(desk, {
    actId: newActId(),
    orders: orders('1'),
    employeeId: person('anna'),
  })
  assert.deepEqual([result.done, result.refused.length, result.label], [[], 1, null])
})

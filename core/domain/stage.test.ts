import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aCase, aDepartment, anOrg, departmentId, kindId } from '../testing/invented.ts'
import { noCalendar } from './calendar.ts'
import type { DropWorld } from './drop-world.ts'
import type { EmployeeId } from './id.ts'
import { indexOrg } from './org-index.ts'
import { columnsOf, moveRefusal, plainStages, type Stage, stageOf } from './stage.ts'

const named: Stage = { stageId: 'w1', status: 'waiting', name: 'Ждём клиента', canEnter: false }
const stages = [...plainStages, named]
const stageNamed = (stageId: string): Stage => {
  const stage = stages.find(one => one.stageId === stageId)
  assert.ok(stage)
  return stage
}

test('a case stands at the stage of its name, else at the one of its status', () => {
  const at = (status: 'open' | 'waiting', statusName: string | null) =>
    stageOf({ status, statusName }, stages)?.stageId
  assert.deepEqual(
    [
      at('waiting', 'Ждём клиента'),
      at('waiting', 'Иное'),
      at('waiting', null),
      at('open', 'Новое'),
    ],
    ['w1', 'waiting', 'waiting', 'open'],
  )
})

test('a status the backend names no stage for still stands somewhere', () => {
  assert.equal(stageOf({ status: 'closed', statusName: null }, [named])?.stageId, 'w1')
  assert.equal(stageOf({ status: 'closed', statusName: null }, []), null)
})

test('every case is in exactly one column, and the columns are those of the stages in order', () => {
  const aStatus = fc.constantFrom('open', 'waiting', 'awaitingApproval', 'closed')
  const someCases = fc.array(
    fc.record({ status: aStatus, statusName: fc.constantFrom(null, 'Ждём клиента', 'Новое') }),
  )
  fc.assert(
    fc.property(someCases, drawn => {
      const cases = drawn.map((over, n) => aCase(String(n), over))
      const columns = columnsOf(cases, stages, new Map())
      assert.deepEqual(
        columns.map(({ stage }) => stage),
        stages,
      )
      const inside = columns.flatMap(column => column.cases.map(({ caseId }) => caseId))
      assert.deepEqual(inside.toSorted(), cases.map(({ caseId }) => caseId).toSorted())
      const points = columns.reduce((sum, column) => sum + column.points, 0)
      assert.equal(
        points,
        cases.reduce((sum, { weight }) => sum + weight, 0),
      )
    }),
  )
})

test('a column begins with what is due first, the closed one with what was closed last', () => {
  const cases = [
    aCase('late', { dueAt: 30 }),
    aCase('soon', { dueAt: 10 }),
    aCase('never', { dueAt: null }),
    aCase('old', { status: 'closed', closedAt: 1 }),
    aCase('new', { status: 'closed', closedAt: 2 }),
  ]
  const columns = columnsOf(cases, plainStages, new Map())
  assert.deepEqual(
    columns.map(column => column.cases.map(({ number }) => number)),
    [['soon', 'late', 'never'], [], [], ['new', 'old']],
  )
})

test('the head’s own weight of a kind counts in the points of a column', () => {
  const kind = {
    kindId: kindId('heavy'),
    name: 'Тяжёлые',
    weight: 1,
    localWeight: 4,
    departmentId: null,
    doesWaitingStopClock: true,
  }
  const [open] = columnsOf(
    [aCase('1', { kindId: kind.kindId }), aCase('2')],
    plainStages,
    new Map([[kind.kindId, kind]]),
  )
  assert.equal(open?.points, 5)
})

const me = 'me' as EmployeeId
const world: DropWorld = {
  now: 0,
  index: indexOrg(
    anOrg({ departments: [aDepartment('mine'), aDepartment('other')], posts: [], employees: [] }),
  ),
  kinds: new Map(),
  calendar: noCalendar,
  zone: 'Europe/Moscow',
  me,
  scope: new Set([departmentId('mine')]),
  loads: new Map(),
  acquainted: {},
}

test('a move is refused where it is shut, where the case is already, and where it is not mine', () => {
  const refusal = (over: Parameters<typeof aCase>[1], to: string) =>
    moveRefusal(aCase('1', over), stageNamed(to), stages, world)?.code ?? null
  const mine = { departmentId: departmentId('mine') }
  assert.deepEqual(
    [
      refusal(mine, 'waiting'),
      refusal(mine, 'open'),
      refusal(mine, 'w1'),
      refusal({ departmentId: departmentId('other'), responsibleId: 'x' as EmployeeId }, 'closed'),
      refusal({ departmentId: departmentId('other'), responsibleId: me }, 'closed'),
      refusal({ ...mine, isMasked: true }, 'closed'),
      refusal({ ...mine, status: 'closed' }, 'open'),
    ],
    [null, 'alreadyThere', 'stageShut', 'notYours', null, 'notYours', null],
  )
})

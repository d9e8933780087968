import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkspaceId } from '../../domain/id.ts'
import { changesResponseSchema } from '../../hub/protocol.ts'
import { wirePage } from './map-page.test-data.ts'
import { mapFor } from './map.ts'

const space = 'hub-1a2b3c4d' as WorkspaceId
const map = mapFor(space)
const own = (entity: string, id: string) => `${space}:${entity}:${id}`
const page = map.pageOf(changesResponseSchema.parse(wirePage))

test('people, posts and departments find their lists, and every id its workspace', () => {
  assert.deepEqual(
    page.cases.map(one => [one.caseId, one.text]),
    [[own('case', 'c1'), 'текст']],
  )
  assert.deepEqual(page.departments, [
    {
      departmentId: own('department', 'd1'),
      parentId: own('department', 'd0'),
      name: 'Продажи',
      defaultLimit: 8,
      hoursPerPoint: null,
      zone: null,
    },
  ])
  assert.deepEqual(page.posts, [
    {
      postId: own('post', 'p1'),
      departmentId: own('department', 'd1'),
      name: 'Начальник',
      employeeId: own('employee', 'e1'),
      isHead: true,
    },
  ])
  assert.deepEqual(
    page.employees.map(one => [one.employeeId, one.kindLimits]),
    [[own('employee', 'e1'), { [own('kind', 'k1')]: 3 }]],
  )
  assert.deepEqual(page.absences, [
    {
      absenceId: own('absence', 'a1'),
      employeeId: own('employee', 'e1'),
      kind: 'sick',
      fromAt: 1,
      untilAt: 2,
    },
  ])
})

test('what is about cases does too, and what is unheard of is left out', () => {
  assert.deepEqual(
    page.substitutions.map(one => one.substituteId),
    [own('employee', 'e2')],
  )
  assert.deepEqual(page.kinds, [
    {
      kindId: own('kind', 'k1'),
      name: 'Возврат',
      weight: 2,
      departmentId: own('department', 'd1'),
      doesWaitingStopClock: true,
    },
  ])
  assert.deepEqual(page.clients, [
    { clientId: own('client', 'cl1'), name: 'ООО Ромашка', responsibleId: own('employee', 'e1') },
  ])
  assert.deepEqual(page.history, [
    {
      historyId: own('history', 'h1'),
      caseId: own('case', 'c1'),
      at: 3,
      employeeId: own('employee', 'e1'),
      decisionId: null,
      verb: 'assign',
      from: { responsible: null },
      to: { responsible: own('employee', 'e1'), status: 'open' },
      ruleId: null,
      ruleVersion: null,
      reasons: [
        { code: 'knowsClient', employeeId: own('employee', 'e1') },
        { code: 'unknown', oddity: 1 },
      ],
    },
  ])
  assert.deepEqual(page.gone, [{ entity: 'case', id: own('case', 'c0'), reason: 'outOfScope' }])
  assert.deepEqual([page.nextCursor, page.isUpToDate, page.remaining], ['n', false, 0])
})

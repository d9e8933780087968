import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision } from '../../domain/decision.ts'
import { idOf } from '../../domain/id.ts'
import type { ActId, DecisionId, WorkspaceId } from '../../domain/id.ts'
import { changesResponseSchema, decisionSchema, outcomeSchema } from '../../hub/protocol.ts'
import { mapFor, wireDecisionOf } from './map.ts'

const space = 'hub-1a2b3c4d' as WorkspaceId
const map = mapFor(space)
const uuid = '01890000-0000-7000-8000-000000000001'

const decision: Decision = {
  v: 1,
  decisionId: uuid as DecisionId,
  actId: uuid as ActId,
  kind: 'set',
  verb: 'pass',
  caseId: idOf(space, 'case', 'К:17'),
  want: { responsible: null, department: idOf(space, 'department', 'd2') },
  base: { responsible: idOf(space, 'employee', 'e1'), department: null },
  issuedBy: { employeeId: idOf(space, 'employee', 'e9') },
  issuedAt: 5,
  undoes: null,
  supersedes: null,
  isOverridden: true,
  reasons: [
    { code: 'clientOfOther', employeeId: idOf(space, 'employee', 'e2'), name: 'Анна: первая' },
    { code: 'overLimit', after: 11, limit: 10 },
  ],
}

test('a decision goes out with bare ids and nothing else changed', () => {
  const wire = decisionSchema.parse(wireDecisionOf(decision))
  assert.deepEqual(wire, {
    ...decision,
    caseId: 'К:17',
    want: { responsible: null, department: 'd2' },
    base: { responsible: 'e1', department: null },
    issuedBy: { employeeId: 'e9' },
    reasons: [
      { code: 'clientOfOther', employeeId: 'e2', name: 'Анна: первая' },
      { code: 'overLimit', after: 11, limit: 10 },
    ],
  })
})

test('a deferral to nothing stays apart from no deferral', () => {
  const want = { deferredUntil: null }
  const wire = wireDecisionOf({ ...decision, want, base: { deferredUntil: 7 } })
  assert.deepEqual([wire.want, wire.base], [{ deferredUntil: null }, { deferredUntil: 7 }])
})

const wireCase = {
  entity: 'case',
  id: 'c1',
  version: 4,
  number: '5306',
  subject: 'Возврат',
  kindId: 'k1',
  source: 'mail',
  departmentId: 'd1',
  responsibleId: null,
  clientId: 'cl1',
  clientName: 'ООО Ромашка',
  status: 'open',
  statusName: null,
  deferredUntil: null,
  dueAt: 9,
  priority: 2,
  weight: 1,
  effortMs: null,
  requiredSkill: null,
  createdAt: 1,
  updatedAt: 2,
  closedAt: null,
  assignedAt: null,
  isMasked: false,
  text: 'текст',
  phones: ['+7'],
  emails: [],
}

test('an outcome comes home with the ids of the workspace', () => {
  const wire = outcomeSchema.parse({
    decisionId: uuid,
    outcome: 'conflict',
    code: 'changed',
    current: wireCase,
    changedBy: 'e3',
    changedAt: 8,
    replayed: true,
  })
  const { entity: _entity, id: _id, ...rest } = wireCase
  assert.deepEqual(map.outcomeOf(wire, decision), {
    decisionId: uuid,
    outcome: 'conflict',
    code: 'changed',
    current: {
      ...rest,
      caseId: `${space}:case:c1`,
      kindId: `${space}:kind:k1`,
      departmentId: `${space}:department:d1`,
      clientId: `${space}:client:cl1`,
    },
    changedBy: `${space}:employee:e3`,
    changedAt: 8,
  })
})

test('every entity of a page finds its list, and every id its workspace', () => {
  const wire = changesResponseSchema.parse({
    records: [
      wireCase,
      {
        entity: 'department',
        id: 'd1',
        version: 1,
        parentId: 'd0',
        name: 'Продажи',
        defaultLimit: 8,
        hoursPerPoint: null,
        zone: null,
      },
      {
        entity: 'post',
        id: 'p1',
        version: 1,
        departmentId: 'd1',
        name: 'Начальник',
        employeeId: 'e1',
        isHead: true,
      },
      {
        entity: 'employee',
        id: 'e1',
        version: 1,
        name: 'Анна',
        isExternal: false,
        isDismissed: false,
        limit: null,
        kindLimits: { k1: 3 },
        skills: [],
        week: null,
        isDayOpen: null,
        lastAssignedAt: null,
      },
      {
        entity: 'absence',
        id: 'a1',
        version: 1,
        employeeId: 'e1',
        kind: 'sick',
        fromAt: 1,
        untilAt: 2,
      },
      {
        entity: 'substitution',
        id: 's1',
        version: 1,
        employeeId: 'e1',
        substituteId: 'e2',
        fromAt: 1,
        untilAt: 2,
      },
      {
        entity: 'kind',
        id: 'k1',
        version: 1,
        name: 'Возврат',
        weight: 2,
        departmentId: 'd1',
        doesWaitingStopClock: true,
      },
      { entity: 'client', id: 'cl1', version: 1, name: 'ООО Ромашка', responsibleId: 'e1' },
      {
        entity: 'history',
        id: 'h1',
        version: 1,
        caseId: 'c1',
        at: 3,
        employeeId: 'e1',
        decisionId: 'not a uuid',
        verb: 'assign',
        from: { responsible: null },
        to: { responsible: 'e1', status: 'open' },
        ruleId: null,
        ruleVersion: null,
        reasons: [{ code: 'knowsClient', employeeId: 'e1' }, { oddity: 1 }],
      },
    ],
    tombstones: [
      { entity: 'case', id: 'c0', reason: 'outOfScope' },
      { entity: 'unheardOf', id: 'x', reason: 'deleted' },
    ],
    nextCursor: 'n',
    isUpToDate: false,
    remaining: -3,
    epoch: 'epoch',
    mustRestart: false,
    now: 1,
  })
  const page = map.pageOf(wire)
  const own = (entity: string, id: string) => `${space}:${entity}:${id}`
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

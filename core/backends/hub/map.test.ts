import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision } from '../../domain/decision.ts'
import { idOf } from '../../domain/id.ts'
import type { ActId, DecisionId, WorkspaceId } from '../../domain/id.ts'
import { decisionSchema, outcomeSchema } from '../../hub/protocol.ts'
import { wireCase } from './map-page.test-data.ts'
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

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import type { Decision } from '../domain/decision.ts'
import type { ActId, CaseId, DecisionId, DepartmentId, EmployeeId } from '../domain/id.ts'
import * as protocol from './protocol.ts'

/** The hash of each version and revision ever spoken: lines are added, never changed. */
const hashOfVersion: Readonly<Record<string, string>> = {
  '1': 'edbff9cd25428e42',
  '1.1': '3bc53bc657e352aa',
  '1.2': 'c35b3a13300a59a0',
  '1.3': '3dbf31b03d4e4e6b',
}

/** Every exported schema as JSON Schema, and the plain lists beside them. */
function shapes(): Readonly<Record<string, unknown>> {
  const { protocolVersion: _version, protocolRevision: _revision, ...rest } = protocol
  return Object.fromEntries(
    Object.entries(rest)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [
        name,
        value instanceof z.ZodType
          ? z.toJSONSchema(value, { unrepresentable: 'any', io: 'input' })
          : value,
      ]),
  )
}

test('what console and hub say to each other is what the protocol version names', () => {
  const hash = createHash('sha256').update(JSON.stringify(shapes())).digest('hex').slice(0, 16)
  const { protocolVersion, protocolRevision } = protocol
  const spoken = protocolRevision ? `${protocolVersion}.${protocolRevision}` : `${protocolVersion}`
  assert.equal(
    hash,
    hashOfVersion[spoken],
    `protocol.ts has changed while consoles and hubs of version ${spoken} are about. ` +
      `Raise protocolVersion, or protocolRevision where either side may be the older one, add its line of history in protocol.ts, see that the other side's older ` +
      `version is understood or refused in words, and add a line with '${hash}' here.`,
  )
})

test('every schema of the protocol is pinned', () => {
  const names = Object.keys(shapes())
  assert.ok(names.includes('decisionSchema') && names.includes('errorSchema'))
  assert.ok(names.length > 10)
})

/** A decision with every field said, so that the record and the schema cannot drift apart. */
const decision: Required<Decision> = {
  v: 1,
  decisionId: '0190b5b6-7c00-7000-8000-000000000001' as DecisionId,
  actId: '0190b5b6-7c00-7000-8000-000000000002' as ActId,
  kind: 'set',
  verb: 'assign',
  caseId: '5306' as CaseId,
  want: {
    responsible: '17' as EmployeeId,
    department: '4' as DepartmentId,
    deferredUntil: 1,
    status: 'waiting',
    statusName: null,
  },
  base: {
    responsible: null,
    department: null,
    deferredUntil: null,
    status: 'open',
    statusName: 'Новое',
  },
  issuedBy: { employeeId: '1' as EmployeeId, ruleId: 'r', ruleVersion: 3 },
  issuedAt: 1_795_424_400_000,
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [{ code: 'load', after: 6, limit: 10, isGuess: false, note: null }],
}

test('a decision of the domain is a decision of the wire, with nothing lost', () => {
  assert.deepEqual(protocol.decisionSchema.parse(decision), decision)
})

test('a decision with a field more or less is refused', () => {
  for (const field of Object.keys(decision)) {
    const { [field as keyof Decision]: _left, ...less } = decision
    assert.equal(protocol.decisionSchema.safeParse(less).success, false, field)
  }
  assert.equal(protocol.decisionSchema.safeParse({ ...decision, more: 1 }).success, false)
})

test('a hub of version 1 refuses a decision about a stage and takes every other', () => {
  const { status: _status, statusName: _name, ...plain } = decision.want
  const older = protocol.decisionSchema.extend({
    want: protocol.fieldsSchema.omit({ status: true, statusName: true }),
    base: protocol.fieldsSchema.omit({ status: true, statusName: true }),
  })
  assert.equal(older.safeParse(decision).success, false)
  assert.ok(older.safeParse({ ...decision, want: plain, base: plain }).success)
})

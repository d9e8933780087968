import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryCases, arbitraryKinds, arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  aCase,
  aDepartment,
  anEmployee,
  anOrg,
  aPost,
  departmentId,
  employeeId,
  mondayNoon,
} from '../testing/invented.ts'
import { countsOf, isInInbox, stateOf } from './case-state.ts'
import { type CaseState, untilChange } from './case.ts'
import { indexOrg } from './org-index.ts'

const now = mondayNoon
const states: ReadonlySet<CaseState> = new Set([
  'closed',
  'awaitingApproval',
  'deferred',
  'waiting',
  'overdue',
  'inWork',
])

test('the first state that holds is the state of a case', () => {
  const late = { deferredUntil: now + 1, dueAt: now - 1 }
  assert.equal(stateOf(aCase('1', { ...late, status: 'closed' }), now), 'closed')
  assert.equal(
    stateOf(aCase('1', { ...late, status: 'awaitingApproval' }), now),
    'awaitingApproval',
  )
  assert.equal(stateOf(aCase('1', { ...late, status: 'waiting' }), now), 'deferred')
  assert.equal(stateOf(aCase('1', { dueAt: now - 1, status: 'waiting' }), now), 'waiting')
  assert.equal(stateOf(aCase('1', { dueAt: now - 1 }), now), 'overdue')
  assert.equal(stateOf(aCase('1'), now), 'inWork')
})

test('a case is overdue after its due, not at it', () => {
  assert.equal(stateOf(aCase('1', { dueAt: now }), now), 'inWork')
  assert.equal(stateOf(aCase('1', { dueAt: now }), now + 1), 'overdue')
})

test('a deferred case comes back at its time', () => {
  assert.equal(stateOf(aCase('1', { deferredUntil: now }), now - 1), 'deferred')
  assert.equal(stateOf(aCase('1', { deferredUntil: now }), now), 'inWork')
})

test('a case deferred until it changes stays deferred', () => {
  assert.equal(stateOf(aCase('1', { deferredUntil: untilChange }), now), 'deferred')
})

test('overdue is a marker over the other counts', () => {
  const cases = [
    aCase('1'),
    aCase('2', { dueAt: now - 1 }),
    aCase('3', { dueAt: now - 1, status: 'waiting' }),
    aCase('4', { dueAt: now - 1, deferredUntil: now + 1 }),
    aCase('5', { dueAt: now - 1, status: 'awaitingApproval' }),
    aCase('6', { dueAt: now - 1, status: 'closed' }),
  ]
  assert.deepEqual(countsOf(cases, now), {
    inWork: 3,
    overdue: 4,
    deferred: 1,
    awaitingApproval: 1,
    closed: 1,
  })
})

test('of any cases each has one state, and total = open without + open with + closed', () => {
  fc.assert(
    fc.property(arbitraryCases, nearInstant, (cases, at) => {
      const byState = Map.groupBy(cases, theCase => stateOf(theCase, at))
      for (const state of byState.keys()) assert.ok(states.has(state))
      const closed = byState.get('closed') ?? []
      const open = cases.filter(theCase => !closed.includes(theCase))
      const [without, held] = [
        open.filter(theCase => theCase.responsibleId === null),
        open.filter(theCase => theCase.responsibleId !== null),
      ]
      assert.equal(without.length + held.length + closed.length, cases.length)
      const { overdue: _marker, ...counts } = countsOf(cases, at)
      assert.equal(
        Object.values(counts).reduce((sum, count) => sum + count, 0),
        cases.length,
      )
    }),
    { numRuns: 500 },
  )
})

const index = indexOrg(
  anOrg({
    departments: [aDepartment('top'), aDepartment('centre', 'top')],
    posts: [aPost('top', 'chief', true), aPost('centre', 'head', true)],
    employees: [anEmployee('chief'), anEmployee('head')],
  }),
)
const worldOf = (me: string) => ({
  now,
  index,
  kinds: new Map(),
  me: employeeId(me),
  fallback: null,
})
const centre = { departmentId: departmentId('centre') }

test('an unassigned case waits in the inbox of the head of its department and in no other', () => {
  assert.equal(isInInbox(aCase('1', centre), worldOf('head')), true)
  assert.equal(isInInbox(aCase('1', centre), worldOf('chief')), false)
})

test('a closed, deferred or given out case is in no inbox', () => {
  for (const over of [
    { status: 'closed' },
    { deferredUntil: now + 1 },
    { responsibleId: employeeId('head') },
  ] as const)
    assert.equal(isInInbox(aCase('1', { ...centre, ...over }), worldOf('head')), false)
})

test('an unassigned case that waits for the client is in the inbox', () => {
  assert.equal(isInInbox(aCase('1', { ...centre, status: 'waiting' }), worldOf('head')), true)
})

test('a dispatcher has the cases of the named departments', () => {
  const world = { ...worldOf('nobody'), dispatched: new Set([departmentId('centre')]) }
  assert.equal(isInInbox(aCase('1', centre), world), true)
  assert.equal(isInInbox(aCase('1'), world), false)
})

test('in any organisation with a head an unassigned case waits in exactly one inbox', () => {
  fc.assert(
    fc.property(
      arbitraryOrg,
      arbitraryCases,
      arbitraryKinds,
      nearInstant,
      (org, cases, kinds, at) => {
        const any = indexOrg(org)
        fc.pre(org.departments.some(one => any.headOf.has(one.departmentId)))
        for (const theCase of cases) {
          const inboxes = org.employees.filter(({ employeeId: me }) =>
            isInInbox(theCase, { now: at, index: any, kinds, me, fallback: null }),
          )
          const state = stateOf(theCase, at)
          const waits = theCase.responsibleId === null && state !== 'closed' && state !== 'deferred'
          assert.equal(inboxes.length, waits ? 1 : 0)
        }
      },
    ),
    { numRuns: 300 },
  )
})

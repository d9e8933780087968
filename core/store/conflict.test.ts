import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Decision, Fields } from '../domain/decision.ts'
import type { DepartmentId } from '../domain/id.ts'
import {
  actIdOf,
  aDecision,
  anOutcome,
  aPage,
  aWholeCase,
  caseIdOf,
  decisionIdOf,
  personOf,
  storeWorld,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { readCase } from './cases.ts'
import {
  decisionsOf,
  dueDecisions,
  markSeen,
  markSending,
  outboxCounts,
  outboxItems,
  pendingStates,
  readDecision,
  settle,
} from './outbox.ts'
import { resolve } from './resolve.ts'
import type { Store } from './store.ts'
import { applyPage } from './write.ts'

const anna = personOf('anna')
const oleg = personOf('oleg')
const maria = personOf('maria')
const one = caseIdOf('1')
const office = 'hub-00000000:department:office' as DepartmentId

function world(t: TestContext) {
  const opened = storeWorld(t)
  applyPage(opened.store, aPage({ cases: ['1', '2', '3'].map(name => aWholeCase(name)) }))
  return opened
}

const give = (store: Store, name: string, over: Partial<Decision> = {}) =>
  recordAct(store, {
    actId: actIdOf(name),
    verb: 'assign',
    target: null,
    decisions: [aDecision(name, over)],
  })
const send = (store: Store, ...names: string[]) => markSending(store, names.map(decisionIdOf), 1)
const state = (store: Store, name: string) => readDecision(store, decisionIdOf(name))?.state
const due = (store: Store, at = Number.MAX_SAFE_INTEGER) =>
  dueDecisions(store, at, 50).map(({ decisionId }) => decisionId)
const conflict = (name: string, responsibleId = maria, version = 2) =>
  anOutcome(name, {
    outcome: 'conflict',
    code: 'changed',
    current: aWholeCase('1', { responsibleId, version }),
    changedBy: maria,
    changedAt: 77,
  })

test('an outcome that comes twice, late or for nobody changes nothing', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  settle(store, [conflict('d1')], 2)
  settle(store, [anOutcome('d1'), anOutcome('never')], 3)
  assert.equal(state(store, 'd1'), 'conflict')
  resolve(store, { ...answer('d1', 'k'), choice: { kind: 'keepTheirs' } })
  settle(store, [anOutcome('d1')], 4)
  assert.equal(state(store, 'd1'), 'cancelled')
})

test('a conflict lifts the overlay of its decision and of what was decided on top of it', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  give(store, 'd3', { want: { deferredUntil: 99 }, base: { deferredUntil: null }, verb: 'defer' })
  send(store, 'd1')
  settle(store, [conflict('d1')], 2)
  const seen = readCase(store, one)
  assert.equal(seen?.responsibleId, maria)
  // It names another field and does not depend on the one in conflict.
  assert.equal(seen?.deferredUntil, 99)
  assert.deepEqual(due(store), [])
  assert.deepEqual(pendingStates(store, [one]), { [one]: 'conflict' })
  assert.deepEqual(outboxCounts(store), { waiting: 2, conflicts: 1, rejected: 0 })
  const [item] = outboxItems(store, 9)
  assert.deepEqual(item?.conflict, {
    base: { responsible: null },
    mine: { responsible: oleg },
    theirs: { responsible: maria },
    changedBy: maria,
    changedAt: 77,
  })
})

const answer = (name: string, act: string) => ({
  decisionId: decisionIdOf(name),
  actId: actIdOf(act),
  newDecisionId: decisionIdOf(`${act}-d`),
  issuedBy: { employeeId: personOf('head') },
  issuedAt: 9,
  target: null,
})

test('keeping theirs cancels the decision and what depended on it', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  give(store, 'd3', { want: { deferredUntil: 99 }, base: { deferredUntil: null } })
  send(store, 'd1')
  settle(store, [conflict('d1')], 2)
  assert.equal(resolve(store, { ...answer('d1', 'k'), choice: { kind: 'keepTheirs' } }), null)
  assert.deepEqual(
    decisionsOf(store, one).map(({ state: is }) => is),
    ['cancelled', 'cancelled', 'queued'],
  )
  assert.equal(readCase(store, one)?.responsibleId, maria)
  assert.deepEqual(due(store), ['d3'])
})

test('insisting makes a new decision of the last wish over what is there now', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  send(store, 'd1')
  settle(store, [conflict('d1')], 2)
  // Somebody else was quicker again, and the head sees it.
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { responsibleId: personOf('vera'), version: 3 })] }),
  )
  assert.deepEqual(outboxItems(store, 1)[0]?.conflict?.theirs, { responsible: personOf('vera') })
  const made = resolve(store, { ...answer('d1', 'i'), choice: { kind: 'insist' } })
  assert.deepEqual(made?.want, { responsible: oleg })
  assert.deepEqual(made?.base, { responsible: personOf('vera') })
  assert.equal(made?.supersedes, 'd1')
  assert.deepEqual(
    decisionsOf(store, one).map(({ state: is }) => is),
    ['superseded', 'superseded', 'queued'],
  )
  assert.equal(readCase(store, one)?.responsibleId, oleg)
  assert.deepEqual(due(store), ['i-d'])
  assert.equal(resolve(store, { ...answer('d1', 'j'), choice: { kind: 'insist' } }), null)
})

test('giving to a third person keeps the other wishes', t => {
  const { store } = world(t)
  const want: Fields = { department: office, responsible: null }
  give(store, 'd1', { verb: 'pass', want, base: { department: null, responsible: null } })
  send(store, 'd1')
  settle(store, [conflict('d1')], 2)
  const choice = { kind: 'giveTo', employeeId: oleg } as const
  const made = resolve(store, { ...answer('d1', 'g'), choice })
  assert.deepEqual(made?.want, { department: office, responsible: oleg })
  assert.deepEqual(made?.base, { department: null, responsible: maria })
})

test('a rejected decision lets the rest go on, without showing what stood on it', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  send(store, 'd1')
  settle(
    store,
    [anOutcome('d1', { outcome: 'rejected', code: 'invalid', current: aWholeCase('1') })],
    2,
  )
  assert.equal(readCase(store, one)?.responsibleId, null)
  assert.deepEqual(due(store), ['d2'])
  assert.deepEqual(outboxCounts(store), { waiting: 1, conflicts: 0, rejected: 1 })
  markSeen(store, [decisionIdOf('d1')])
  assert.equal(outboxCounts(store).rejected, 0)
  // What is decided afterwards stands on what is there.
  give(store, 'd3', { want: { responsible: maria } })
  assert.equal(readCase(store, one)?.responsibleId, maria)
  send(store, 'd2')
  settle(store, [anOutcome('d2', { outcome: 'rejected', code: 'invalid' })], 3)
  assert.deepEqual(due(store), ['d3'])
})

test('what was taken back while under way and did not happen needs no answer', t => {
  const { store } = world(t)
  for (const outcome of ['conflict', 'rejected'] as const) {
    const name = `${outcome}-1`
    give(store, name)
    send(store, name)
    const undoing = {
      undoes: decisionIdOf(name),
      base: { responsible: anna },
      want: { responsible: null },
    }
    give(store, `${name}-undo`, undoing)
    assert.equal(readCase(store, one)?.responsibleId, null)
    settle(store, [{ ...conflict(name), outcome }], 2)
    assert.equal(state(store, name), outcome === 'conflict' ? 'cancelled' : 'rejected')
    assert.equal(state(store, `${name}-undo`), 'cancelled')
    assert.deepEqual(due(store), [])
  }
})

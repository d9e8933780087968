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
import { baseCase, readCase } from './cases.ts'
import {
  cancelDecisions,
  decisionsOf,
  dueDecisions,
  dueNow,
  markSeen,
  markSending,
  markUnknown,
  nextDueAt,
  outboxCounts,
  outboxItems,
  pendingStates,
  readDecision,
  requeue,
  settle,
  unsentAsJson,
} from './outbox.ts'
import { resolve } from './resolve.ts'
import type { Store } from './store.ts'
import { applyPage, beginRestart } from './write.ts'

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

test('of each case only the oldest unsettled decision is due, in the order they were made', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  give(store, 'd3', { caseId: caseIdOf('2') })
  assert.deepEqual(due(store), ['d1', 'd3'])
  assert.deepEqual(dueDecisions(store, 9, 1).length, 1)
  send(store, 'd1')
  assert.deepEqual(due(store), ['d3'])
  settle(
    store,
    [anOutcome('d1', { current: aWholeCase('1', { responsibleId: anna, version: 2 }) })],
    2,
  )
  assert.deepEqual(due(store), ['d2', 'd3'])
})

test('what waits is due at its time, also when the clock was set back', t => {
  const opened = world(t)
  const { store, now } = opened
  give(store, 'd1')
  assert.equal(nextDueAt(store), 0)
  send(store, 'd1')
  assert.equal(nextDueAt(store), null)
  requeue(store, [decisionIdOf('d1')], 'busy', now + 60_000)
  assert.deepEqual(due(store, now), [])
  assert.deepEqual(due(store, now + 60_000), ['d1'])
  assert.equal(nextDueAt(store), now + 60_000)
  opened.now = now - 365 * 86_400_000
  assert.deepEqual(due(store, opened.now), ['d1'])
  assert.equal(nextDueAt(store), 0)
  opened.now = now
  dueNow(store)
  assert.deepEqual(due(store, now), ['d1'])
})

test('once in doubt, only evidence ends it: not executed leads back to unknown', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  markUnknown(store, [decisionIdOf('d1')], 'ambiguous', 0)
  send(store, 'd1')
  requeue(store, [decisionIdOf('d1')], 'offline', 0)
  assert.equal(state(store, 'd1'), 'unknown')
  assert.deepEqual(cancelDecisions(store, [decisionIdOf('d1')], 'undo'), [])
  assert.equal(readDecision(store, decisionIdOf('d1'))?.attempt, 2)
})

test('what the head has cancelled meanwhile cannot be marked as being sent', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { caseId: caseIdOf('2') })
  cancelDecisions(store, [decisionIdOf('d2')], 'undo')
  assert.throws(() => send(store, 'd1', 'd2'), /cannot be sent/)
  assert.equal(state(store, 'd1'), 'queued')
})

test('an applied decision is laid over its case until the replica shows it', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  settle(store, [anOutcome('d1')], 2)
  assert.equal(state(store, 'd1'), 'applied')
  assert.equal(baseCase(store, one)?.responsibleId, null)
  assert.equal(readCase(store, one)?.responsibleId, anna)
  assert.deepEqual(pendingStates(store, null), {})
  applyPage(store, aPage({ isUpToDate: false }))
  assert.equal(readCase(store, one)?.responsibleId, anna)
  applyPage(store, aPage())
  assert.equal(readCase(store, one)?.responsibleId, anna)
  // The second whole pull after it began after it: what it shows is so.
  applyPage(store, aPage())
  assert.equal(readCase(store, one)?.responsibleId, null)
})

test('an outcome with the case is shown by the replica at once', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  const current = aWholeCase('1', { responsibleId: anna, version: 5 })
  settle(store, [anOutcome('d1', { outcome: 'alreadySo', current })], 2)
  assert.equal(baseCase(store, one)?.responsibleId, anna)
  assert.equal(state(store, 'd1'), 'applied')
  applyPage(store, aPage({ cases: [aWholeCase('1', { version: 4 })] }))
  assert.equal(readCase(store, one)?.responsibleId, anna)
  applyPage(store, aPage({ cases: [aWholeCase('1', { responsibleId: oleg, version: 6 })] }))
  assert.equal(readCase(store, one)?.responsibleId, oleg)
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

test('a case that goes while a decision is under way is seen until the outcome comes', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  applyPage(store, aPage({ gone: [{ entity: 'case', id: one, reason: 'outOfScope' }] }))
  assert.equal(baseCase(store, one), null)
  assert.equal(readCase(store, one)?.responsibleId, anna)
  settle(store, [anOutcome('d1', { outcome: 'rejected', code: 'deleted' })], 2)
  assert.equal(readCase(store, one), null)
})

test('a case that leaves with the decision applied goes at once', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  settle(store, [anOutcome('d1')], 2)
  applyPage(
    store,
    aPage({ isUpToDate: false, gone: [{ entity: 'case', id: one, reason: 'outOfScope' }] }),
  )
  assert.equal(readCase(store, one), null)
})

test('a restart of the pull settles what was applied before it', t => {
  const { store } = world(t)
  give(store, 'd1')
  send(store, 'd1')
  settle(
    store,
    [anOutcome('d1', { current: aWholeCase('1', { responsibleId: anna, version: 900 }) })],
    2,
  )
  give(store, 'd2', { base: { responsible: anna }, want: { responsible: oleg } })
  beginRestart(store)
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { responsibleId: maria, version: 1 })], epoch: 'e2' }),
  )
  assert.equal(baseCase(store, one)?.responsibleId, maria)
  assert.equal(readCase(store, one)?.responsibleId, oleg)
})

test('what is unsent can be taken away as a file', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { caseId: caseIdOf('2') })
  cancelDecisions(store, [decisionIdOf('d2')], 'undo')
  const file = JSON.parse(unsentAsJson(store)) as {
    decisions: { caseNumber: string; state: string; decision: Decision }[]
  }
  assert.deepEqual(file.decisions, [
    {
      caseNumber: '1',
      subject: 'Дело hub-00000000:case:1',
      state: 'queued',
      attempt: 0,
      why: 'assign',
      decision: aDecision('d1'),
    },
  ])
})

test('items list the unfinished first, then the newest finished', t => {
  const { store } = world(t)
  for (const name of ['a', 'b', 'c', 'd']) give(store, name, { caseId: caseIdOf(name) })
  cancelDecisions(store, ['a', 'c'].map(decisionIdOf), 'undo')
  const names = (limit: number) =>
    outboxItems(store, limit).map(({ decision }) => decision.decisionId)
  assert.deepEqual(names(9), ['b', 'd', 'c', 'a'])
  assert.deepEqual(names(3), ['b', 'd', 'c'])
  assert.deepEqual(names(1), ['b'])
})

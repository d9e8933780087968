import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Decision } from '../domain/decision.ts'
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
  dueDecisions,
  dueNow,
  markSending,
  markUnknown,
  nextDueAt,
  outboxItems,
  pendingStates,
  readDecision,
  requeue,
  settle,
  unsentAsJson,
} from './outbox.ts'
import type { Store } from './store.ts'
import { applyPage, beginRestart } from './write.ts'

const anna = personOf('anna')
const oleg = personOf('oleg')
const maria = personOf('maria')
const one = caseIdOf('1')

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

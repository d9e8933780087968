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
import { actToRedo, actToUndo, isRecorded, recordAct, undoState } from './acts.ts'
import { readCase } from './cases.ts'
import { sqliteCodeOf, statement, tables } from './db.ts'
import { decisionsOf, dueDecisions, markSending, readDecision, settle } from './outbox.ts'
import type { Act } from './records.ts'
import type { Store } from './store.ts'
import { applyPage } from './write.ts'

function world(t: TestContext) {
  const opened = storeWorld(t)
  applyPage(opened.store, aPage({ cases: ['1', '2', '3'].map(name => aWholeCase(name)) }))
  return opened
}

/** An act of one decision, both called `name`. */
const give = (store: Store, name: string, over: Partial<Decision> = {}, act: Partial<Act> = {}) =>
  recordAct(store, {
    actId: actIdOf(name),
    verb: 'assign',
    target: 'Анна',
    decisions: [aDecision(name, over)],
    ...act,
  })

const events = statement()(() =>
  tables
    .selectFrom('decisionEvents')
    .select(['decisionId', 'fromState', 'toState', 'why'])
    .orderBy('n'),
)
const state = (store: Store, name: string) => readDecision(store, decisionIdOf(name))?.state

test('an act writes its decisions, their events, the overlay and the stack together', t => {
  const { store } = world(t)
  const told: string[][] = []
  store.onTouched(touched => told.push([...touched.caseIds]))
  recordAct(store, {
    actId: actIdOf('a'),
    verb: 'assign',
    target: 'Анна',
    decisions: [aDecision('d1'), aDecision('d2', { caseId: caseIdOf('2') })],
  })
  assert.deepEqual(told, [[caseIdOf('1'), caseIdOf('2')]])
  assert.equal(readCase(store, caseIdOf('2'))?.responsibleId, personOf('anna'))
  assert.deepEqual(store.all(events({})), [
    { decisionId: 'd1', fromState: null, toState: 'queued', why: 'assign' },
    { decisionId: 'd2', fromState: null, toState: 'queued', why: 'assign' },
  ])
  assert.deepEqual(undoState(store), {
    undo: { actId: 'a', verb: 'assign', count: 2, caseNumber: '1', target: 'Анна' },
    redo: null,
  })
})

test('the same act, or the same decision in another act, is not recorded twice', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd1', { want: { responsible: personOf('oleg') } })
  give(store, 'd1', { want: { responsible: personOf('oleg') } }, { actId: actIdOf('other') })
  assert.equal(decisionsOf(store, caseIdOf('1')).length, 1)
  assert.equal(readCase(store, caseIdOf('1'))?.responsibleId, personOf('anna'))
  assert.equal(isRecorded(store, actIdOf('d1')), true)
  assert.equal(isRecorded(store, actIdOf('never')), false)
})

test('a decision is never rewritten or deleted, and a finished one stays finished', t => {
  const { store } = world(t)
  give(store, 'd1')
  markSending(store, [decisionIdOf('d1')], 1)
  settle(store, [anOutcome('d1', { outcome: 'rejected', code: 'closed' })], 2)
  const attempts = [
    tables.updateTable('decisions').set({ contentJson: '{}' }),
    tables.updateTable('decisions').set({ state: 'queued' }),
    tables.deleteFrom('decisions'),
    tables.deleteFrom('decisionEvents'),
    tables.updateTable('decisionEvents').set({ why: 'else' }),
  ]
  for (const attempt of attempts)
    assert.throws(
      () => store.run(attempt.compile()),
      error => sqliteCodeOf(error) === 'SQLITE_CONSTRAINT_TRIGGER',
    )
  assert.equal(state(store, 'd1'), 'rejected')
})

test('undo of what has not left cancels it and sends nothing', t => {
  const { store } = world(t)
  give(store, 'd1')
  recordAct(store, {
    actId: actIdOf('u'),
    verb: 'undo',
    target: 'Анна',
    decisions: [],
    cancels: [decisionIdOf('d1')],
    undoesActId: actIdOf('d1'),
  })
  assert.equal(state(store, 'd1'), 'cancelled')
  assert.equal(readCase(store, caseIdOf('1'))?.responsibleId, null)
  assert.deepEqual(dueDecisions(store, Number.MAX_SAFE_INTEGER, 9), [])
  assert.equal(undoState(store).undo, null)
  assert.equal(undoState(store).redo?.actId, 'd1')
  assert.deepEqual(
    actToRedo(store)?.decisions.map(({ decision }) => decision.decisionId),
    ['d1'],
  )
})

test('redo comes back under the first name and can be undone again', t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'd2', { caseId: caseIdOf('2') })
  const undo = (name: string, of: string) =>
    recordAct(store, {
      actId: actIdOf(name),
      verb: 'undo',
      target: null,
      decisions: [],
      cancels: [decisionIdOf(of)],
      undoesActId: actIdOf(of),
    })
  undo('u2', 'd2')
  undo('u1', 'd1')
  assert.equal(undoState(store).redo?.actId, 'd1')
  give(store, 'r1', { verb: 'redo' }, { verb: 'redo', redoesActId: actIdOf('d1'), target: null })
  assert.deepEqual(undoState(store).undo, {
    actId: 'r1',
    verb: 'assign',
    count: 1,
    caseNumber: '1',
    target: 'Анна',
  })
  assert.equal(undoState(store).redo?.actId, 'd2')
  assert.deepEqual(
    actToUndo(store)?.decisions.map(({ state: is }) => is),
    ['queued'],
  )
  give(store, 'd3', { caseId: caseIdOf('3') })
  assert.equal(undoState(store).redo, null)
})

test('the stack is fifty deep and outlives a restart', t => {
  const opened = world(t)
  for (let n = 0; n < 60; n += 1) give(opened.store, `d${n}`)
  let count = 0
  for (let act = actToUndo(opened.reopen()); act; act = actToUndo(opened.store)) {
    assert.equal(act.actId, `d${59 - count}`)
    count += 1
    recordAct(opened.store, {
      actId: actIdOf(`u${count}`),
      verb: 'undo',
      target: null,
      decisions: [],
      cancels: act.decisions.map(({ decision }) => decision.decisionId),
      undoesActId: act.actId,
    })
  }
  assert.equal(count, 50)
})

test("a rule's act is not on the head's stack", t => {
  const { store } = world(t)
  give(store, 'd1')
  give(store, 'r1', {
    caseId: caseIdOf('2'),
    issuedBy: { employeeId: personOf('head'), ruleId: 'by-load', ruleVersion: 3 },
  })
  assert.equal(undoState(store).undo?.actId, 'd1')
})

test('of an act taken back in part, redo takes only that part', t => {
  const { store } = world(t)
  const actId = actIdOf('a')
  recordAct(store, {
    actId,
    verb: 'assign',
    target: null,
    decisions: [
      aDecision('d1', { actId }),
      aDecision('d2', { actId, caseId: caseIdOf('2') }),
      aDecision('d3', { actId, caseId: caseIdOf('3') }),
    ],
  })
  markSending(store, [decisionIdOf('d1'), decisionIdOf('d2')], 1)
  settle(store, [anOutcome('d1'), anOutcome('d2')], 2)
  recordAct(store, {
    actId: actIdOf('u'),
    verb: 'undo',
    target: null,
    decisions: [aDecision('u1', { verb: 'undo', undoes: decisionIdOf('d1') })],
    cancels: [decisionIdOf('d3')],
    undoesActId: actIdOf('a'),
  })
  assert.deepEqual(
    actToRedo(store)?.decisions.map(({ decision }) => decision.decisionId),
    ['d1', 'd3'],
  )
})

test('deciding anew about a case in conflict answers the conflict', t => {
  const { store } = world(t)
  give(store, 'd1')
  markSending(store, [decisionIdOf('d1')], 1)
  const theirs = aWholeCase('1', { responsibleId: personOf('maria'), version: 2 })
  settle(store, [anOutcome('d1', { outcome: 'conflict', code: 'changed', current: theirs })], 2)
  const base = { responsible: personOf('maria') }
  give(store, 'd2', { base, want: { responsible: personOf('oleg') } })
  assert.equal(state(store, 'd1'), 'superseded')
  assert.deepEqual(
    dueDecisions(store, 9, 9).map(({ decisionId }) => decisionId),
    ['d2'],
  )
})

test('a decision about a case that is not here is kept and sent all the same', t => {
  const { store } = world(t)
  give(store, 'd1', { caseId: caseIdOf('unknown') })
  assert.equal(readCase(store, caseIdOf('unknown')), null)
  assert.equal(dueDecisions(store, 9, 9).length, 1)
  applyPage(store, aPage({ cases: [aWholeCase('unknown')] }))
  assert.equal(readCase(store, caseIdOf('unknown'))?.responsibleId, personOf('anna'))
})

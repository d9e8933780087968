import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Case } from '../domain/case.ts'
import { isOpen, Model, names } from '../testing/outbox-model.ts'
import { step, type World } from '../testing/outbox-steps.ts'
import {
  actIdOf,
  anOutcome,
  aPage,
  caseIdOf,
  decisionIdOf,
  storeWorld,
} from '../testing/store-world.ts'
import { baseCase, openCases, readCase } from './cases.ts'
import { decisionsOf, outboxCounts, pendingStates, settle } from './outbox.ts'
import { resolve } from './resolve.ts'
import type { Store } from './store.ts'
import { applyPage } from './write.ts'

test('what the window sees is the replica with the outbox folded over it, whatever happens', t => {
  const opened = storeWorld(t)
  let run = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), steps => {
      run += 1
      const { store } = opened
      // One store for all runs: each begins with cases of its own version line.
      const model = new Model()
      model.version = run * 1_000_000
      emptied(store, model)
      const world = { store, model, count: run * 1_000 }
      for (const one of steps) {
        one(world)
        compare(world)
      }
      if (run % 10 === 0) compare({ ...world, store: opened.reopen() }, true)
    }),
    { numRuns: 150 },
  )
})

/** The cases as new, with nothing waiting for them. */
function emptied(store: Store, model: Model): void {
  settleEverything(store)
  const gone = names.map(name => ({
    entity: 'case' as const,
    id: caseIdOf(name),
    reason: 'deleted',
  }))
  applyPage(store, aPage({ gone }))
  for (const name of names) model.ours.set(name, model.change(name, {}))
  applyPage(store, aPage({ cases: [...model.theirs.values()] }))
}

function settleEverything(store: Store): void {
  for (;;) {
    const open = names.flatMap(name => decisionsOf(store, caseIdOf(name)))
    const stuck = open.filter(({ state }) => state === 'conflict')
    for (const { decision } of stuck)
      resolve(store, {
        decisionId: decision.decisionId,
        actId: actIdOf(`${decision.decisionId}-end`),
        newDecisionId: decisionIdOf('none'),
        choice: { kind: 'keepTheirs' },
        issuedBy: decision.issuedBy,
        issuedAt: 1,
        target: null,
      })
    const left = open.filter(
      ({ state }) => state === 'queued' || state === 'unknown' || state === 'sending',
    )
    if (left.length === 0) return
    settle(
      store,
      left.map(({ decision }) =>
        anOutcome(decision.decisionId, { outcome: 'rejected', code: 'invalid' }),
      ),
      1,
    )
  }
}

function compare({ store, model }: World, isReopened = false): void {
  for (const name of names) {
    assert.deepEqual(readCase(store, caseIdOf(name)), model.effective(name), `case ${name}`)
    assert.equal(baseCase(store, caseIdOf(name))?.version, model.ours.get(name)?.version)
  }
  const expected = names
    .map(name => model.effective(name))
    .filter(theCase => theCase?.status !== 'closed')
  assert.deepEqual(openCases(store).toSorted(byId), expected)
  if (isReopened) return
  assert.deepEqual(outboxCounts(store).waiting, model.made.filter(isOpen).length)
  const pending = names.flatMap(name => {
    const oldest = model.of(name).find(one => isOpen(one) || one.state === 'conflict')
    return oldest ? [[caseIdOf(name), oldest.state] as const] : []
  })
  assert.deepEqual(pendingStates(store, null), Object.fromEntries(pending))
}

const byId = (one: Case, other: Case) => (one.caseId < other.caseId ? -1 : 1)

/** What may happen to an outbox, done to a real store and to the model alike. */
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { untilChange } from '../domain/case.ts'
import type { Decision, Fields } from '../domain/decision.ts'
import { actToUndo, recordAct } from '../store/acts.ts'
import { readCase } from '../store/cases.ts'
import {
  decisionsOf,
  dueDecisions,
  markSending,
  markUnknown,
  requeue,
  settle,
} from '../store/outbox.ts'
import type { WholeCase } from '../store/records.ts'
import { resolve } from '../store/resolve.ts'
import type { Store } from '../store/store.ts'
import { applyPage } from '../store/write.ts'
import { modelDecide, names, supersede, type Model } from './outbox-model.ts'
import {
  actIdOf,
  aDecision,
  anOutcome,
  aPage,
  caseIdOf,
  decisionIdOf,
  personOf,
} from './store-world.ts'

const people = ['anna', 'oleg', 'maria'].map(personOf)

export interface World {
  readonly store: Store
  readonly model: Model
  count: number
}
type Step = (world: World) => void

/** A failing schedule is told by these names. */
const named = (name: string, step: Step): Step =>
  Object.assign((world: World) => step(world), { [fc.toStringMethod]: () => name })

const toColumns = ({
  responsible,
  department,
  deferredUntil,
  status,
  statusName,
}: Fields): Partial<WholeCase> => ({
  ...(responsible !== undefined && { responsibleId: responsible }),
  ...(department !== undefined && { departmentId: department }),
  ...(deferredUntil !== undefined && { deferredUntil }),
  ...(status !== undefined && { status }),
  ...(statusName !== undefined && { statusName }),
})

const decide =
  (name: string, want: Fields): Step =>
  world => {
    const { store, model } = world
    const seen = readCase(store, caseIdOf(name))
    if (!seen) return
    world.count += 1
    const id = `d${world.count}`
    const all: Fields = {
      responsible: seen.responsibleId,
      department: seen.departmentId,
      deferredUntil: seen.deferredUntil,
      status: seen.status,
      statusName: seen.statusName,
    }
    const base = Object.fromEntries(Object.keys(want).map(key => [key, all[key as keyof Fields]]))
    const decision = aDecision(id, { caseId: caseIdOf(name), want, base, issuedAt: world.count })
    recordAct(store, { actId: actIdOf(id), verb: 'assign', target: null, decisions: [decision] })
    modelDecide(model, decision, name)
  }

const send: Step = ({ store, model }) => {
  const due = dueDecisions(store, Number.MAX_SAFE_INTEGER, 50)
  markSending(
    store,
    due.map(({ decisionId }) => decisionId),
    1,
  )
  const ids = new Set<string>(due.map(({ decisionId }) => decisionId))
  for (const one of model.made) if (ids.has(one.decision.decisionId)) one.state = 'sending'
}

const carried = (model: Model) => model.made.filter(({ state }) => state === 'sending')

/** Applied, or conflicting as the backend finds it; with or without showing the case. */
const answer =
  (isShown: boolean): Step =>
  ({ store, model }) => {
    for (const one of carried(model)) {
      const name = nameOf(one.decision)
      const now = model.theirs.get(name)
      const base = toColumns(one.decision.base)
      const isSame = Object.entries(base).every(
        ([key, value]) => now?.[key as keyof WholeCase] === value,
      )
      const outcome = isSame ? 'applied' : 'conflict'
      const current = isSame ? model.change(name, toColumns(one.decision.want)) : (now ?? null)
      const isTold = isShown || outcome === 'conflict'
      settle(
        store,
        [anOutcome(one.decision.decisionId, { outcome, current: isTold ? current : null })],
        2,
      )
      one.state = outcome
      // Without the case it waits until the replica has it, or two whole pulls.
      one.version = isSame ? (isTold ? (current?.version ?? 0) : Number.MAX_SAFE_INTEGER) : null
      if (isTold && current) keepNewer(model, name, current)
    }
  }

const keepNewer = (model: Model, name: string, one: WholeCase) => {
  if ((model.ours.get(name)?.version ?? 0) < one.version) model.ours.set(name, one)
}

const nameOf = ({ caseId }: Decision) => caseId.split(':').at(-1) ?? ''

const reject: Step = ({ store, model }) => {
  for (const one of carried(model)) {
    settle(store, [anOutcome(one.decision.decisionId, { outcome: 'rejected', code: 'invalid' })], 2)
    one.state = 'rejected'
  }
}

const lose =
  (isInDoubt: boolean): Step =>
  ({ store, model }) => {
    for (const one of carried(model)) {
      const ids = [one.decision.decisionId]
      if (isInDoubt) markUnknown(store, ids, 'ambiguous', 0)
      else requeue(store, ids, 'offline', 0)
      const record = decisionsOf(store, one.decision.caseId).find(
        ({ decision }) => decision.decisionId === one.decision.decisionId,
      )
      // Which of the two is held by outbox.test.ts; here only that it waits again.
      assert.ok(record?.state === 'queued' || record?.state === 'unknown')
      one.state = record.state
    }
  }

const change =
  (name: string, over: Partial<WholeCase>): Step =>
  ({ model }) =>
    void model.change(name, over)

const pull =
  (name: string): Step =>
  ({ store, model }) => {
    const theirs = model.theirs.get(name)
    if (!theirs) return
    applyPage(store, aPage({ cases: [theirs], isUpToDate: false }))
    keepNewer(model, name, theirs)
  }

/** Twice: the second one ends the waiting for what was applied unseen. */
const pullAll: Step = ({ store, model }) => {
  for (const _ of [1, 2]) applyPage(store, aPage({ cases: [...model.theirs.values()] }))
  for (const [name, theirs] of model.theirs) keepNewer(model, name, theirs)
  for (const one of model.made) if (one.state === 'applied') one.version = 0
}

const undo: Step = world => {
  const { store, model } = world
  const act = actToUndo(store)
  if (!act) return
  const cancels = act.decisions.filter(({ state }) => state === 'queued')
  world.count += 1
  recordAct(store, {
    actId: actIdOf(`u${world.count}`),
    verb: 'undo',
    target: null,
    decisions: [],
    cancels: cancels.map(({ decision }) => decision.decisionId),
    undoesActId: act.actId,
  })
  for (const { decision } of cancels) {
    const one = model.made.find(other => other.decision.decisionId === decision.decisionId)
    if (one) supersede(model, one, nameOf(decision), 'cancelled')
  }
}

const settleConflict =
  (isKept: boolean): Step =>
  world => {
    const { store, model } = world
    const one = model.made.find(({ state }) => state === 'conflict')
    if (!one) return
    world.count += 1
    const id = `r${world.count}`
    const made = resolve(store, {
      decisionId: one.decision.decisionId,
      actId: actIdOf(id),
      newDecisionId: decisionIdOf(id),
      choice: { kind: isKept ? 'keepTheirs' : 'insist' },
      issuedBy: one.decision.issuedBy,
      issuedAt: world.count,
      target: null,
    })
    const name = nameOf(one.decision)
    if (made) modelDecide(model, made, name)
    else supersede(model, one, name, 'cancelled')
  }

const aName = fc.constantFrom(...names)
const aPerson = fc.option(fc.constantFrom(...people), { nil: null })
const aStatus = fc.constantFrom('open' as const, 'waiting' as const, 'closed' as const)
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(aName, aPerson)
      .map(([name, responsible]) =>
        named(`give ${name} to ${responsible}`, decide(name, { responsible })),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(aName, fc.constantFrom(null, 77, untilChange))
      .map(([name, deferredUntil]) =>
        named(`defer ${name} until ${deferredUntil}`, decide(name, { deferredUntil })),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(aName, aStatus)
      .map(([name, status]) =>
        named(`move ${name} to ${status}`, decide(name, { status, statusName: null })),
      ),
  },
  {
    weight: 1,
    arbitrary: aName.map(name =>
      named(`pass ${name}`, decide(name, { department: null, responsible: null })),
    ),
  },
  { weight: 4, arbitrary: fc.constant(named('send', send)) },
  {
    weight: 3,
    arbitrary: fc.boolean().map(isShown => named(`answer, shown: ${isShown}`, answer(isShown))),
  },
  { weight: 1, arbitrary: fc.constant(named('reject', reject)) },
  {
    weight: 1,
    arbitrary: fc
      .boolean()
      .map(isInDoubt => named(`lose, in doubt: ${isInDoubt}`, lose(isInDoubt))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(aName, aPerson)
      .map(([name, responsibleId]) =>
        named(`${name} changes to ${responsibleId}`, change(name, { responsibleId })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(aName, aStatus)
      .map(([name, status]) =>
        named(`${name} is moved to ${status}`, change(name, { status, statusName: 'Ждём' })),
      ),
  },
  { weight: 3, arbitrary: aName.map(name => named(`pull ${name}`, pull(name))) },
  { weight: 1, arbitrary: fc.constant(named('pull all', pullAll)) },
  { weight: 2, arbitrary: fc.constant(named('undo', undo)) },
  {
    weight: 2,
    arbitrary: fc
      .boolean()
      .map(isKept => named(`conflict, theirs kept: ${isKept}`, settleConflict(isKept))),
  },
)

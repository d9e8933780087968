import type { ActResult, Me } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { Decision, Fields, Reason, Verb } from '../domain/decision.ts'
import type { ActId, CaseId, DecisionId } from '../domain/id.ts'
import { CallError } from '../rpc.ts'
import { isRecorded, recordAct } from '../store/acts.ts'
import type { Act } from '../store/acts.ts'
import { readCases } from '../store/cases.ts'
import { foldCase } from '../store/fold.ts'
import { StoreError } from '../store/open-store.ts'
import { readDecision } from '../store/outbox.ts'
import type { Desk } from './desk.ts'
import { asTheyAre, isSo } from './fields.ts'

export interface Order {
  readonly decisionId: DecisionId
  readonly caseId: CaseId
}

/** One gesture of the head over some cases. */
export interface Gesture {
  readonly actId: ActId
  readonly verb: Verb
  readonly orders: readonly Order[]
  /** Name of the person or department it goes to. */
  readonly target: string | null
}

export type Step =
  | {
      readonly kind: 'decided'
      readonly want: Fields
      readonly isOverridden: boolean
      readonly reasons: readonly Reason[]
    }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }

export const refused = (code: string): Step => ({ kind: 'refused', reasons: [{ code }] })

/**
 * Decides about each case in the order given and writes all decisions down in one durable
 * transaction. Every case ends in `done` or in `refused` with its reasons; the same act again
 * gives the first answer.
 */
export function carryOut(
  desk: Desk,
  gesture: Gesture,
  decide: (theCase: Case, me: Me) => Step,
): ActResult {
  const remembered = desk.answers.get(gesture.actId)
  if (remembered) return remembered
  const earlier = earlierOf(desk, gesture)
  const me = desk.me()
  const cases = new Map(casesOf(desk, gesture).map(one => [one.caseId, one]))
  const decisions: Decision[] = []
  const written = new Set(earlier)
  const refusals: { caseId: CaseId; reasons: readonly Reason[] }[] = []
  for (const order of gesture.orders) {
    if (earlier.has(order.decisionId)) continue
    const { caseId } = order
    const theCase = cases.get(caseId)
    const step = stepFor(theCase, me, gesture.verb, decide)
    if (step.kind === 'refused' || !theCase || !me) {
      refusals.push({ caseId, reasons: step.reasons })
    } else if (earlier.size > 0) {
      refusals.push({ caseId, reasons: [{ code: 'changedSince' }] })
    } else {
      const decision = decisionOf({ desk, gesture, order, me, theCase, step })
      decisions.push(decision)
      written.add(order.decisionId)
      cases.set(caseId, foldCase(theCase, [decision]))
    }
  }
  if (decisions.length > 0) record(desk, { ...gesture, decisions })
  const done = gesture.orders.filter(({ decisionId }) => written.has(decisionId))
  return answer(desk, gesture, { done: done.map(order => order.caseId), refused: refusals, cases })
}

const casesOf = (desk: Desk, { orders }: Gesture): readonly Case[] =>
  readCases(
    desk.store,
    orders.map(order => order.caseId),
  )

function stepFor(
  theCase: Case | undefined,
  me: Me | null,
  verb: Verb,
  decide: (theCase: Case, me: Me) => Step,
): Step {
  if (!theCase || !me) return refused('gone')
  if (me.role === 'admin') return refused('orgEdit.reason.adminDecides')
  if (theCase.status === 'closed' && verb !== 'progress') return refused('closed')
  const step = decide(theCase, me)
  return step.kind === 'decided' && isSo(theCase, step.want) ? refused('alreadyThere') : step
}

/** Decisions of this very act written by an earlier asking, before this process began. */
function earlierOf(desk: Desk, { actId, orders }: Gesture): ReadonlySet<DecisionId> {
  const earlier = new Set<DecisionId>()
  const asked = new Set<DecisionId>()
  for (const { decisionId, caseId } of orders) {
    const decision = readDecision(desk.store, decisionId)?.decision
    const isOurs = !decision || (decision.actId === actId && decision.caseId === caseId)
    if (asked.has(decisionId) || !isOurs)
      throw new CallError({ code: 'badArgument', message: 'decisionId: used twice' })
    asked.add(decisionId)
    if (decision) earlier.add(decisionId)
  }
  // The store takes an act once: another one under the same id would be said done and be lost.
  if (earlier.size === 0 && isRecorded(desk.store, actId))
    throw new CallError({ code: 'badArgument', message: 'actId: used twice' })
  return earlier
}

function decisionOf(made: {
  readonly desk: Desk
  readonly gesture: Gesture
  readonly order: Order
  readonly me: Me
  readonly theCase: Case
  readonly step: Step & { readonly kind: 'decided' }
}): Decision {
  const { desk, gesture, order, me, theCase, step } = made
  return {
    v: 1,
    decisionId: order.decisionId,
    actId: gesture.actId,
    kind: 'set',
    verb: gesture.verb,
    caseId: order.caseId,
    want: step.want,
    base: asTheyAre(theCase, step.want),
    issuedBy: { employeeId: me.employeeId },
    issuedAt: desk.now(),
    undoes: null,
    supersedes: null,
    isOverridden: step.isOverridden,
    reasons: step.reasons,
  }
}

/** Durable when this returns; throws StoreError when nothing was written or nobody knows. */
export function record(desk: Desk, act: Act): void {
  try {
    recordAct(desk.store, act)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'unknownCommit') throw error
    if (!isRecorded(desk.store, act.actId)) throw error
  }
}

const rememberedAnswers = 200

/** Makes the answer and keeps it for a window that did not hear it. */
export function answer(
  desk: Desk,
  { actId, verb, target }: Omit<Gesture, 'orders'>,
  result: {
    readonly done: readonly CaseId[]
    readonly refused: ActResult['refused']
    readonly cases: ReadonlyMap<CaseId, Case>
  },
): ActResult {
  const { done, refused: refusals, cases } = result
  const [first] = done
  const caseNumber = (first && cases.get(first)?.number) ?? ''
  const label = first ? { actId, verb, count: done.length, caseNumber, target } : null
  const said: ActResult = { actId, done, refused: refusals, label }
  if (first) {
    desk.answers.set(actId, said)
    const [oldest] = desk.answers.keys()
    if (oldest && desk.answers.size > rememberedAnswers) desk.answers.delete(oldest)
  }
  return said
}

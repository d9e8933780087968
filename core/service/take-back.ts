import type { ActResult, Me } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { Decision, Fields, Reason } from '../domain/decision.ts'
import type { ActId, CaseId, DecisionId } from '../domain/id.ts'
import { CallError } from '../rpc.ts'
import { isRecorded } from '../store/acts.ts'
import { readCases } from '../store/cases.ts'
import { readDecision } from '../store/outbox.ts'
import type { DecisionRecord, StackedAct } from '../store/records.ts'
import { answer, record } from './act.ts'
import type { Desk } from './desk.ts'

export interface TakeBack {
  readonly verb: 'undo' | 'redo'
  readonly actId: ActId
  /** New ids, one for each decision that may have to be written. */
  readonly decisionIds: readonly DecisionId[]
  readonly stacked: StackedAct | null
  /** What this does about one decision of the act; null: the case is not to be seen here any more. */
  readonly turn: (before: DecisionRecord, theCase: Case | null) => Turn
}

export type Turn =
  /** It has not left: it never will. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'decided'; readonly want: Fields; readonly base: Fields }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }

export const cannot = (code: string): Turn => ({ kind: 'refused', reasons: [{ code }] })

/**
 * Takes the act on top of the stack back, or does it again: what is still possible of it, the
 * rest named with reasons. The act leaves the stack either way. The same asking again gives the
 * first answer.
 */
export function takeBack(desk: Desk, taking: TakeBack): ActResult {
  const { verb, actId, decisionIds, stacked } = taking
  const remembered = desk.answers.get(actId)
  if (remembered) return remembered
  const me = desk.me()
  const gesture = { actId, verb, target: stacked?.target ?? null }
  if (isRecorded(desk.store, actId)) return answerFromRecords(desk, taking)
  if (!stacked || !me) return nothing(actId)
  if (
    decisionIds.length < stacked.decisions.length ||
    new Set(decisionIds).size < decisionIds.length
  )
    throw new CallError({
      code: 'badArgument',
      message: 'decisionIds: one new id for each decision',
    })
  const turned = turnAll(desk, taking, stacked, me)
  record(desk, {
    ...gesture,
    decisions: turned.decisions,
    cancels: turned.cancels,
    ...(verb === 'undo' ? { undoesActId: stacked.actId } : { redoesActId: stacked.actId }),
  })
  return answer(desk, gesture, turned)
}

const nothing = (actId: ActId): ActResult => ({ actId, done: [], refused: [], label: null })

function turnAll(desk: Desk, taking: TakeBack, stacked: StackedAct, me: Me) {
  const found = readCases(
    desk.store,
    stacked.decisions.map(({ decision }) => decision.caseId),
  )
  const cases = new Map(found.map(theCase => [theCase.caseId, theCase]))
  const decisions: Decision[] = []
  const cancels: DecisionId[] = []
  const done: CaseId[] = []
  const refused: { caseId: CaseId; reasons: readonly Reason[] }[] = []
  stacked.decisions.forEach((before, place) => {
    const { decisionId, caseId } = before.decision
    const turn = turnOf(taking, before, cases.get(caseId) ?? null)
    const newId = taking.decisionIds[place]
    if (turn.kind === 'cancelled') cancels.push(decisionId)
    if (turn.kind === 'decided' && newId) {
      const { want, base } = turn
      decisions.push(
        turnedDecision({ desk, taking, me, before: before.decision, newId, want, base }),
      )
    }
    if (turn.kind === 'refused') refused.push({ caseId, reasons: turn.reasons })
    else done.push(caseId)
  })
  return { decisions, cancels, done, refused, cases }
}

/** Of a closed case nothing is taken back but what was said of its stage. */
function turnOf({ turn }: TakeBack, before: DecisionRecord, theCase: Case | null): Turn {
  const isShut = theCase?.status === 'closed' && before.decision.want.status === undefined
  return isShut ? cannot('closed') : turn(before, theCase)
}

function turnedDecision(made: {
  readonly desk: Desk
  readonly taking: TakeBack
  readonly me: Me
  readonly before: Decision
  readonly newId: DecisionId
  readonly want: Fields
  readonly base: Fields
}): Decision {
  const { desk, taking, me, before, newId, want, base } = made
  const isUndo = taking.verb === 'undo'
  return {
    ...before,
    decisionId: newId,
    actId: taking.actId,
    verb: taking.verb,
    want,
    base,
    issuedBy: { employeeId: me.employeeId },
    issuedAt: desk.now(),
    undoes: isUndo ? before.decisionId : null,
    supersedes: null,
    isOverridden: isUndo ? false : before.isOverridden,
    reasons: isUndo ? [] : before.reasons,
  }
}

/** The process was begun anew between the act and its repetition: what was written is what was done. */
function answerFromRecords(desk: Desk, { actId, decisionIds }: TakeBack): ActResult {
  const done = decisionIds.flatMap(id => {
    const decision = readDecision(desk.store, id)?.decision
    return decision?.actId === actId ? [decision.caseId] : []
  })
  return { actId, done, refused: [], label: null }
}

import type { ActResult, Arg } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { Decision, DecisionState, Fields } from '../domain/decision.ts'
import { actToUndo } from '../store/acts.ts'
import { sameFields } from '../store/fold.ts'
import type { DecisionRecord } from '../store/records.ts'
import type { Desk } from './desk.ts'
import { isSo } from './fields.ts'
import { cannot, takeBack } from './take-back.ts'
import type { Turn } from './take-back.ts'

/**
 * Takes back my last act here. What has not left is cancelled; what is on its way or carried out
 * is followed by a new decision whose base is what the first one writes.
 */
export function undo(desk: Desk, arg: Arg<'undo'>): ActResult {
  return takeBack(desk, { ...arg, verb: 'undo', stacked: actToUndo(desk.store), turn: undone })
}

const waysBack: Readonly<Record<DecisionState, 'cancel' | 'follow' | 'none'>> = {
  queued: 'cancel',
  conflict: 'cancel',
  sending: 'follow',
  unknown: 'follow',
  applied: 'follow',
  rejected: 'none',
  superseded: 'none',
  cancelled: 'none',
}

function undone({ decision, state, told }: DecisionRecord, theCase: Case | null): Turn {
  const { base } = decision
  const want = state === 'applied' ? madeOf(decision, told) : decision.want
  if (!theCase) return undoneUnseen(decision, state)
  const way = waysBack[state]
  if (way === 'none') return cannot('nothingToUndo')
  if (state !== 'conflict' && !isSo(theCase, want)) return cannot('changedSince')
  return way === 'cancel' ? { kind: 'cancelled' } : { kind: 'decided', want: base, base: want }
}

/** Of the fields the decision named what they became: a backend may give a case with its department to a person. */
const madeOf = ({ want }: Decision, told: Fields | null): Fields =>
  told === null ? want : sameFields(want, told)

/** A case passed on leaves the scope; whoever passed it may still ask for it back, and the backend judges. */
function undoneUnseen({ want, base }: Decision, state: DecisionState): Turn {
  const hasLeft = want.department !== undefined && state === 'applied'
  return hasLeft ? { kind: 'decided', want: base, base: want } : cannot('gone')
}

import type { ActResult, Arg } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import { actToRedo } from '../store/acts.ts'
import type { DecisionRecord } from '../store/records.ts'
import type { Desk } from './desk.ts'
import { isSo } from './fields.ts'
import { cannot, takeBack } from './take-back.ts'
import type { Turn } from './take-back.ts'

/** Does again the act taken back last, where nothing has changed since. */
export function redo(desk: Desk, arg: Arg<'redo'>): ActResult {
  return takeBack(desk, { ...arg, verb: 'redo', stacked: actToRedo(desk.store), turn: redone })
}

function redone({ decision: { want, base } }: DecisionRecord, theCase: Case | null): Turn {
  if (!theCase) return cannot('gone')
  if (isSo(theCase, want)) return cannot('alreadyThere')
  return isSo(theCase, base) ? { kind: 'decided', want, base } : cannot('changedSince')
}

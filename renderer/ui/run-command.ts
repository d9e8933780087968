import { giveBack, redoLast, takeMyself, undoLast } from '../state/acts.ts'
import { carryOut, personTarget } from '../state/drops.ts'
import { beginPlan } from '../state/plan.ts'
import { isReader, useReplica } from '../state/replica.ts'
import { casesOf, currentWorld, hintsOf } from '../state/select.ts'
import { openCase, openDialog, say, targetsOf, useView } from '../state/view.ts'
import type { KeyCommand } from './keys.ts'
import { palette } from './palette-store.ts'
import { focusSearch } from './search-field.tsx'

/** Carries out what a key or the palette asks for; false: it is no business of the whole window. */
export function runCommand(command: KeyCommand): boolean {
  switch (command.kind) {
    case 'palette':
      palette.open()
      return true
    case 'undo':
      undoLast()
      return true
    case 'redo':
      redoLast()
      return true
    case 'search':
      focusSearch()
      return true
    case 'keys':
      openDialog('keys')
      return true
    case 'plan':
      void beginPlan()
      return true
    default:
      return runOnTargets(command)
  }
}

/** The verbs: they act on the selected cases, else on the one in focus. */
function runOnTargets(command: KeyCommand): boolean {
  const targets = targetsOf(useView.getState())
  const first = targets[0]
  if (first === undefined) return false
  if (command.kind !== 'open' && isReader(useReplica.getState().me)) return false
  switch (command.kind) {
    case 'hint':
      giveToHint(command.digit, command.isForced)
      return true
    case 'defer':
      if (useReplica.getState().canDefer) openDialog('defer')
      else say({ kind: 'refused', refused: [], code: 'cannotHere' })
      return true
    case 'whom':
    case 'department':
      openDialog(command.kind)
      return true
    case 'take':
      takeMyself(targets)
      return true
    case 'return':
      giveBack(targets)
      return true
    case 'open':
      openCase(useView.getState().focusedId ?? first)
      return true
    default:
      return false
  }
}

function giveToHint(digit: number, isForced: boolean): void {
  const world = currentWorld()
  const targets = targetsOf(useView.getState())
  const cases = casesOf(useReplica.getState().cases, targets)
  const hint = world && hintsOf(world, cases)[digit - 1]
  if (hint) carryOut(targets, personTarget(hint.employeeId), isForced, digit)
}

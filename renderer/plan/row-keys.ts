import type { KeyboardEvent } from 'react'
import type { CaseId } from '../../core/domain/id.ts'
import { keep, release } from '../state/plan.ts'
import { openCase } from '../state/view.ts'
import { commandOf } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'

/** The keys of a row of the plan; a press on a button inside it is the button's. */
export function pressedOn(
  event: KeyboardEvent<HTMLElement>,
  caseId: CaseId,
  onAsk: (caseId: CaseId) => void,
): void {
  const command = commandOf(event)
  if (!command || isAsking() || event.target !== event.currentTarget) return
  const row = event.currentTarget
  const commands: Partial<Record<typeof command.kind, () => void>> = {
    down: () => focus(row.nextElementSibling),
    up: () => focus(row.previousElementSibling),
    first: () => focus(row.parentElement?.firstElementChild),
    whom: () => onAsk(caseId),
    return: () => keep([caseId], null),
    pick: () => release([caseId]),
    open: () => openCase(caseId),
  }
  const carryOut = commands[command.kind]
  if (!carryOut) return
  carryOut()
  event.preventDefault()
}

const focus = (element: Element | null | undefined): void => {
  if (element instanceof HTMLElement) element.focus()
}

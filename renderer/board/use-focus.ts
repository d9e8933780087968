import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { CaseId } from '../../core/domain/id.ts'
import type { Column } from '../../core/domain/stage.ts'
import { putListHere } from '../state/list-focus.ts'
import { focusCase, openCase, select, useView } from '../state/view.ts'
import { caseNamed, firstCase, heirAt, type Spot, spotOf } from './walk.ts'

interface Keyboard {
  /** Takes the keyboard to the card. */
  focus(caseId: CaseId): void
  onFocus(event: FocusEvent): void
  onBlur(event: FocusEvent): void
}

/**
 * Keeps the keyboard on its card: along when the card moves, on its heir when it leaves; and what
 * has left is no longer selected.
 */
export function useFocus(
  board: RefObject<HTMLElement | null>,
  columns: readonly Column[],
): Keyboard {
  const focusedId = useView(view => view.focusedId)
  const memory = useRef<{ spot: Spot | null; isHere: boolean; isWanted: boolean }>({
    spot: null,
    isHere: false,
    isWanted: false,
  })
  const focus = (caseId: CaseId) => {
    const { openCaseId, focusedId: before } = useView.getState()
    memory.current.isWanted = !takeTo(board.current, caseId)
    if (caseId === before) return
    focusCase(caseId)
    // The open case follows a move.
    if (openCaseId !== null) openCase(caseId)
  }
  useLayoutEffect(() => {
    const { current } = memory
    const spot = spotOf(columns, focusedId)
    if (spot) current.spot = spot
    else if (focusedId !== null) focusCase(current.spot && heirAt(columns, current.spot))
    const isFallen = current.isHere && document.activeElement === document.body
    if (current.isWanted || isFallen) current.isWanted = !takeTo(board.current, focusedId)
  }, [board, columns, focusedId])
  useEffect(() => dropGone(columns), [columns])
  useEffect(() =>
    putListHere({
      focus() {
        const caseId = useView.getState().focusedId ?? firstCase(columns)
        if (caseId !== null) focus(caseId)
      },
    }),
  )
  return {
    focus,
    onFocus({ target }) {
      memory.current.isHere = true
      const text = target instanceof HTMLElement ? target.dataset['case'] : undefined
      const caseId = caseNamed(columns, text)
      if (caseId !== null && caseId !== useView.getState().focusedId) focus(caseId)
    },
    onBlur({ relatedTarget }) {
      // Without a receiver the card itself may have gone from under the keyboard.
      if (relatedTarget instanceof Node && !board.current?.contains(relatedTarget))
        memory.current.isHere = false
    },
  }
}

/** false: the card is not drawn yet. */
function takeTo(board: HTMLElement | null, caseId: CaseId | null): boolean {
  if (caseId === null) return true
  const card = board?.querySelector<HTMLElement>(`[data-case="${CSS.escape(caseId)}"]`)
  card?.focus({ preventScroll: true })
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return card !== null && card !== undefined
}

function dropGone(columns: readonly Column[]): void {
  const { selection } = useView.getState()
  if (selection.size === 0) return
  const here = new Set(columns.flatMap(({ cases }) => cases.map(({ caseId }) => caseId)))
  const kept = [...selection].filter(caseId => here.has(caseId))
  if (kept.length < selection.size) select(new Set(kept))
}

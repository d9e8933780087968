import type {
  CellFocusedEvent,
  GridApi,
  RowClickedEvent,
  RowDoubleClickedEvent,
  SelectionChangedEvent,
} from 'ag-grid-community'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { putListHere } from '../state/list-focus.ts'
import { carriedWith, closeCase, focusCase, openCase, select, useView } from '../state/view.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { commandOf, type KeyCommand } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'
import { runCommand } from '../ui/run-command.ts'
import type { List } from './list.ts'

/** What a release over a target does. */
export type Drop = (caseIds: readonly CaseId[], target: string, isForced: boolean) => void

interface Grid {
  readonly api: GridApi<Case>
  readonly list: List
}

/** What the list does when it is pressed, dragged from, clicked and focused. */
export function useListEvents(grid: Grid | null, drop: Drop) {
  return {
    wrapper: {
      onFocusCapture() {
        if (grid) putListHere(grid.list)
      },
      onKeyDown(event: KeyboardEvent) {
        const command = commandOf(event)
        if (!grid || !command || isAsking() || !isInRows(event.target)) return
        if (moveBy(grid.list, command) || runCommand(command)) event.preventDefault()
      },
      // On the way down: the grid moves its focus before the press comes back up.
      onPointerDownCapture(event: PointerEvent<HTMLElement>) {
        const caseId = grid && pressedCase(grid.api, event.target)
        if (!grid || !caseId) return
        grid.list.anchor(event.shiftKey)
        watchPress(event.nativeEvent, event.currentTarget, {
          lift: () => carriedWith(caseId),
          drop,
        })
      },
    },
    grid: {
      onSelectionChanged: ({ api }: SelectionChangedEvent<Case>) =>
        select(new Set(api.getSelectedNodes().flatMap(({ data }) => data?.caseId ?? []))),
      onCellFocused({ api, rowIndex }: CellFocusedEvent<Case>) {
        const theCase = rowIndex === null ? undefined : api.getDisplayedRowAtIndex(rowIndex)?.data
        const { focusedId, openCaseId } = useView.getState()
        focusCase(theCase?.caseId ?? null)
        // The open case follows a move, not a focus that only comes back to its row.
        const isMove = theCase !== undefined && theCase.caseId !== focusedId
        if (isMove && openCaseId !== null) openCase(theCase.caseId)
      },
      onRowClicked({ event, node, rowIndex }: RowClickedEvent<Case>) {
        if (!(event instanceof MouseEvent) || rowIndex === null) return
        if (event.ctrlKey || event.metaKey) node.setSelected(!node.isSelected())
        else if (event.shiftKey) grid?.list.extendTo(rowIndex)
      },
      onRowDoubleClicked({ data }: RowDoubleClickedEvent<Case>) {
        if (data) openCase(data.caseId)
      },
    },
  }
}

/** Keys that only move in the list or change what is selected. */
const moves: Partial<Record<KeyCommand['kind'], (list: List) => void>> = {
  down: list => list.move(1),
  up: list => list.move(-1),
  first: list => list.focusAt(0),
  last: list => list.focusAt(list.last()),
  extendDown: list => list.extend(1),
  extendUp: list => list.extend(-1),
  pick: list => list.toggle(),
  extendHere: list => list.toggle(),
  all: list => list.toggleAll(),
  clear: list => (useView.getState().openCaseId === null ? list.clear() : closeCase()),
}

function moveBy(list: List, command: KeyCommand): boolean {
  moves[command.kind]?.(list)
  return command.kind in moves
}

const isInRows = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('.ag-row') !== null

function pressedCase(api: GridApi<Case>, target: EventTarget): CaseId | null {
  if (!(target instanceof Element) || target.closest('.ag-selection-checkbox, button, a'))
    return null
  const rowId = target.closest('.ag-row')?.getAttribute('row-id')
  return (rowId && api.getRowNode(rowId)?.data?.caseId) || null
}

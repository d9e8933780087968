import type { GridApi } from 'ag-grid-community'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { useView } from '../state/view.ts'

const focusColumn = 'subject'

/** The list as the keys see it. */
export interface List {
  focusAt(place: number): void
  /** Takes the focus to where it was, or to the first row. */
  focus(): void
  move(steps: number): void
  /** Moves and selects everything from where the extending began. */
  extend(steps: number): void
  extendTo(place: number): void
  /** A press begins: with Shift it extends from the row in focus, else anew. */
  anchor(isExtending: boolean): void
  toggle(): void
  /** All, or none when all are selected. */
  toggleAll(): void
  clear(): void
  last(): number
}

export function listOf(api: GridApi<Case>): List {
  let anchorId: CaseId | null = null
  const last = () => api.getDisplayedRowCount() - 1
  const placeNow = () => api.getFocusedCell()?.rowIndex ?? -1
  const placeOf = (caseId: CaseId) => api.getRowNode(caseId)?.rowIndex ?? placeNow()
  const within = (place: number) => Math.max(0, Math.min(place, last()))
  const caseIdAt = (place: number) => api.getDisplayedRowAtIndex(place)?.data?.caseId ?? null
  const focusAt = (place: number) => {
    if (last() < 0) return
    // The grid never lets go of a row in focus, however far away it scrolls.
    if (Math.abs(place - placeNow()) > 1) api.clearFocusedCell()
    api.ensureIndexVisible(within(place))
    api.setFocusedCell(within(place), focusColumn)
  }
  const extendTo = (place: number) => {
    anchorId ??= caseIdAt(within(placeNow()))
    if (anchorId === null) return
    pickBetween(api, placeOf(anchorId), within(place))
    focusAt(place)
  }
  return {
    focusAt,
    focus() {
      const { focusedId } = useView.getState()
      focusAt(focusedId === null ? 0 : placeOf(focusedId))
    },
    move(steps) {
      anchorId = null
      focusAt(placeNow() < 0 ? 0 : placeNow() + steps)
    },
    extend: steps => extendTo(placeNow() + steps),
    extendTo,
    anchor(isExtending) {
      anchorId = isExtending ? (anchorId ?? caseIdAt(within(placeNow()))) : null
    },
    toggle() {
      anchorId = caseIdAt(placeNow())
      const node = api.getDisplayedRowAtIndex(placeNow())
      node?.setSelected(!node.isSelected())
    },
    toggleAll() {
      if (api.getSelectedNodes().length === last() + 1) api.deselectAll()
      else api.selectAll('filtered')
    },
    clear() {
      anchorId = null
      api.deselectAll()
    },
    last,
  }
}

function pickBetween(api: GridApi<Case>, one: number, other: number): void {
  const from = Math.min(one, other)
  const rows = Array.from({ length: Math.abs(one - other) + 1 }, (_, row) => from + row)
  const nodes = rows.flatMap(row => api.getDisplayedRowAtIndex(row) ?? [])
  api.setNodesSelected({ nodes, newValue: true })
}

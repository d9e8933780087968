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
  const caseAt = (place: number) => api.getDisplayedRowAtIndex(place)?.data ?? null
  const placeNow = () => api.getFocusedCell()?.rowIndex ?? -1
  const last = () => api.getDisplayedRowCount() - 1
  const within = (place: number) => Math.max(0, Math.min(place, last()))
  const focusAt = (place: number) => {
    if (last() < 0) return
    api.ensureIndexVisible(within(place))
    api.setFocusedCell(within(place), focusColumn)
  }
  const move = (steps: number) => {
    anchorId = null
    focusAt(placeNow() < 0 ? 0 : placeNow() + steps)
  }
  const placeOf = (caseId: CaseId) => api.getRowNode(caseId)?.rowIndex ?? placeNow()
  const extendTo = (place: number) => {
    anchorId ??= caseAt(within(placeNow()))?.caseId ?? null
    if (anchorId === null) return
    const [from, to] = [placeOf(anchorId), within(place)].sort((a, b) => a - b)
    const nodes = []
    for (let row = from ?? 0; row <= (to ?? -1); row += 1) {
      const node = api.getDisplayedRowAtIndex(row)
      if (node) nodes.push(node)
    }
    api.setNodesSelected({ nodes, newValue: true })
    focusAt(place)
  }
  return {
    focusAt,
    focus() {
      const { focusedId } = useView.getState()
      focusAt(focusedId === null ? 0 : placeOf(focusedId))
    },
    move,
    extend: steps => extendTo(placeNow() + steps),
    extendTo,
    anchor(isExtending) {
      anchorId = isExtending ? (anchorId ?? caseAt(within(placeNow()))?.caseId ?? null) : null
    },
    toggle() {
      const node = api.getDisplayedRowAtIndex(placeNow())
      if (!node) return
      anchorId = node.data?.caseId ?? null
      node.setSelected(!node.isSelected())
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

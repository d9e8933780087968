import type { GridApi } from 'ag-grid-community'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { putListHere } from '../state/list-focus.ts'
import { focusCase, useView } from '../state/view.ts'
import type { List } from './list.ts'

interface Grid {
  readonly api: GridApi<Case>
  readonly list: List
}
type Rows = ReadonlyMap<CaseId, Case>

/**
 * Keeps the grid's rows equal to `cases` by the smallest transaction, and the focus where it was.
 * Returns what the grid is to be made with.
 */
export function useRows(
  grid: Grid | null,
  cases: readonly Case[],
  wrapper: RefObject<HTMLElement | null>,
): Case[] {
  const [first] = useState(() => [...cases])
  const shown = useRef<Rows>(rowsOf(first))
  useLayoutEffect(() => {
    if (!grid) return
    const change = difference(shown.current, cases)
    shown.current = rowsOf(cases)
    if (change.add.length + change.update.length + change.remove.length === 0) return
    const focus = rememberFocus(grid, new Set(change.remove.map(({ caseId }) => caseId)), wrapper)
    grid.api.applyTransaction(change)
    focus.restore()
  }, [grid, cases, wrapper])
  useEffect(() => {
    if (grid) return putListHere(grid.list)
  }, [grid])
  return first
}

const rowsOf = (cases: readonly Case[]): Rows =>
  new Map(cases.map(theCase => [theCase.caseId, theCase]))

interface Change {
  readonly add: Case[]
  readonly update: Case[]
  readonly remove: Case[]
}

/** Records are never changed in place, so a row is different exactly when it is another object. */
function difference(shown: Rows, cases: readonly Case[]): Change {
  const change: Change = { add: [], update: [], remove: [] }
  const wanted = new Set<CaseId>()
  for (const theCase of cases) {
    wanted.add(theCase.caseId)
    const before = shown.get(theCase.caseId)
    if (!before) change.add.push(theCase)
    else if (before !== theCase) change.update.push(theCase)
  }
  for (const [caseId, theCase] of shown) if (!wanted.has(caseId)) change.remove.push(theCase)
  return change
}

/** The row in focus keeps it; when it leaves, the next one that stays takes it. */
function rememberFocus(
  { api, list }: Grid,
  leaving: ReadonlySet<CaseId>,
  wrapper: RefObject<HTMLElement | null>,
): { restore(): void } {
  const { focusedId, openCaseId } = useView.getState()
  const place = focusedId === null ? null : (api.getRowNode(focusedId)?.rowIndex ?? null)
  if (place === null) return { restore: () => undefined }
  const active = document.activeElement
  // A button of the open case may vanish with its row; the list must not take the head away from it.
  const isNowhere = active === document.body && openCaseId === null
  const hadFocus = isNowhere || wrapper.current?.contains(active) === true
  const heirId = heirOf(api, leaving, place)
  return {
    restore() {
      focusCase(heirId)
      if (hadFocus) list.focus()
      else if (heirId !== focusedId) api.clearFocusedCell()
    },
  }
}

/** The next row that stays, else the one before. */
function heirOf(api: GridApi<Case>, leaving: ReadonlySet<CaseId>, place: number): CaseId | null {
  const below = Array.from({ length: api.getDisplayedRowCount() - place }, (_, row) => place + row)
  const above = Array.from({ length: place }, (_, row) => place - 1 - row)
  for (const row of [...below, ...above]) {
    const caseId = api.getDisplayedRowAtIndex(row)?.data?.caseId
    if (caseId && !leaving.has(caseId)) return caseId
  }
  return null
}

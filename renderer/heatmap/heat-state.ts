import { create } from 'zustand'
import type { EmployeeId } from '../../core/domain/id.ts'

export type HeatMode = 'days' | 'kinds'

/** A cell by whose it is and what its column is: a day (`YYYY-MM-DD`), a kind id, or `all`. */
export interface CellPlace {
  readonly employeeId: EmployeeId
  readonly columnId: string
}

interface HeatState {
  readonly mode: HeatMode
  /** Row and column the keys act on. */
  readonly at: { readonly row: number; readonly column: number }
  /** Whose cases the panel beside shows; null: «Начало». */
  readonly open: CellPlace | null
}

export const allKinds = 'all'

export const useHeat = create<HeatState>(() => ({
  mode: 'days',
  at: { row: 0, column: 0 },
  open: null,
}))

export const setMode = (mode: HeatMode): void =>
  useHeat.setState({ mode, at: { row: useHeat.getState().at.row, column: 0 }, open: null })
export const openCell = (open: CellPlace | null): void => useHeat.setState({ open })
export const moveTo = (row: number, column: number): void =>
  useHeat.setState({ at: { row, column } })

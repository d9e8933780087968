import { create } from 'zustand'
import type { CaseId } from '../../../core/domain/id.ts'

/** What is being dragged and over what; where the pointer is stays in the layer. */
export interface DragState {
  readonly caseIds: readonly CaseId[] | null
  /** `employee:<id>`, `department:<id>` or `stage:<id>` under the pointer. */
  readonly over: string | null
  /** Shift is held: go on over a warning. */
  readonly isForced: boolean
}

const still: DragState = { caseIds: null, over: null, isForced: false }

export const useDrag = create<DragState>(() => still)

export const rest = (): void => useDrag.setState(still)

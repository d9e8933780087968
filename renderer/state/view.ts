import { create } from 'zustand'
import type { ActLabel, ActResult, SearchAnswer } from '../../core/contract.ts'
import type { CaseSource } from '../../core/domain/case.ts'
import type { Reason } from '../../core/domain/decision.ts'
import type { CaseId, EmployeeId, KindId } from '../../core/domain/id.ts'

export type ViewName =
  | 'inbox'
  | 'plan'
  | 'team'
  | 'load'
  | 'tree'
  | 'board'
  | 'free'
  | 'sync'
  | 'settings'

export interface Filters {
  readonly kindIds: ReadonlySet<KindId>
  readonly sources: ReadonlySet<CaseSource>
  readonly isOverdueOnly: boolean
  readonly isMineOnly: boolean
  readonly isNewOnly: boolean
}

/** What the window says about what was just done; sentences are made where it is shown. */
export type Toast =
  | { readonly kind: 'done'; readonly label: ActLabel; readonly refused: ActResult['refused'] }
  /** Nothing was done; `code` when there is no case to name. */
  | {
      readonly kind: 'refused'
      readonly refused: ActResult['refused']
      readonly code: string | null
    }
  /** A drop or key that needs Shift; `digit` of the key that was pressed. */
  | {
      readonly kind: 'warned'
      readonly name: string
      readonly verdict: 'warn' | 'blocked'
      readonly digit: number | null
      readonly reasons: readonly Reason[]
    }
  /** The core answered with a fault. */
  | { readonly kind: 'broken' }
  /** A sentence another room made. */
  | { readonly kind: 'said'; readonly text: string; readonly isBad: boolean }

/** What this head is looking at; nothing here is a fact about the work. */
export interface View {
  readonly active: ViewName
  readonly openCaseId: CaseId | null
  /** Whose cases the team shows. */
  readonly personId: EmployeeId | null
  readonly selection: ReadonlySet<CaseId>
  /** The row the keys act on when nothing is selected. */
  readonly focusedId: CaseId | null
  readonly filters: Filters
  readonly searchText: string
  /** What the core found for `searchText`; null: not asked or not answered yet. */
  readonly found: SearchAnswer | null
  /** Cases I have acted on from this window: when they come back, they come back at once. */
  readonly mine: ReadonlySet<CaseId>
  readonly dialog: 'whom' | 'department' | 'defer' | 'keys' | null
  readonly toast: { readonly toast: Toast; readonly serial: number } | null
}

export const noFilters: Filters = {
  kindIds: new Set(),
  sources: new Set(),
  isOverdueOnly: false,
  isMineOnly: false,
  isNewOnly: false,
}

export const useView = create<View>(() => ({
  active: 'inbox',
  openCaseId: null,
  personId: null,
  selection: new Set(),
  focusedId: null,
  filters: noFilters,
  searchText: '',
  found: null,
  mine: new Set(),
  dialog: null,
  toast: null,
}))

/** Another view begins with nothing selected and no case over it. */
export const show = (active: ViewName): void =>
  useView.setState({ active, selection: new Set(), focusedId: null, openCaseId: null })
export const openCase = (openCaseId: CaseId): void => useView.setState({ openCaseId })
export const closeCase = (): void => useView.setState({ openCaseId: null })
export const showPerson = (personId: EmployeeId | null): void => useView.setState({ personId })
export const select = (selection: ReadonlySet<CaseId>): void => useView.setState({ selection })
export const focusCase = (focusedId: CaseId | null): void => useView.setState({ focusedId })
export const openDialog = (dialog: NonNullable<View['dialog']>): void =>
  useView.setState({ dialog })
export const closeDialog = (): void => useView.setState({ dialog: null })
export const filterBy = (change: Partial<Filters>): void =>
  useView.setState(({ filters }) => ({ filters: { ...filters, ...change } }))

/** Says one thing in the corner; it replaces the one said before. */
export const say = (toast: Toast): void =>
  useView.setState(view => ({ toast: { toast, serial: (view.toast?.serial ?? 0) + 1 } }))

/** None of these cases lies where it did when the gesture began. */
export const sayChangedSince = (caseIds: readonly CaseId[]): void => {
  const refused = caseIds.map(caseId => ({ caseId, reasons: [{ code: 'changedSince' }] }))
  say({ kind: 'refused', refused, code: null })
}

/** What a drag that begins on this case takes along: the selection it belongs to, else itself. */
export function carriedWith(caseId: CaseId): readonly CaseId[] {
  const { selection } = useView.getState()
  return selection.has(caseId) ? [...selection] : [caseId]
}

/** The cases a verb acts on: the selected ones, else the focused one. */
export function targetsOf({ selection, focusedId }: View): readonly CaseId[] {
  if (selection.size > 0) return [...selection]
  return focusedId === null ? [] : [focusedId]
}

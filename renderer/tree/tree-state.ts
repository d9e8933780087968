import { create } from 'zustand'

interface TreeState {
  /** Line keys the head folded or unfolded. */
  readonly chosen: ReadonlyMap<string, boolean>
  /** The line the keys act on; null: the first. */
  readonly atKey: string | null
  /** The line whose details stand beside; null: «Начало». */
  readonly openKey: string | null
}

export const useTree = create<TreeState>(() => ({ chosen: new Map(), atKey: null, openKey: null }))

export const fold = (key: string, isOpen: boolean): void =>
  useTree.setState(({ chosen }) => ({ chosen: new Map(chosen).set(key, isOpen) }))
export const goToLine = (atKey: string): void => useTree.setState({ atKey })
export const openLine = (openKey: string | null): void => useTree.setState({ openKey })

import { closeDialog } from './view.ts'

interface List {
  /** Takes the focus to where it was in the list, or to its first row. */
  focus(): void
  /** Selects all, or none when all are selected. */
  toggleAll?(): void
}

let list: List | null = null

/** Whoever comes on the screen or gets the keyboard is the list; the answer lets it go again. */
export function putListHere(next: List): () => void {
  list = next
  return () => {
    if (list === next) list = null
  }
}

/**
 * Gives the focus back to the list, after a dialog or a search: at once, so that the next key is
 * not lost, and after the frame again when what is closing has let the focus fall.
 */
export const focusList = (): void => {
  list?.focus()
  const given = document.activeElement
  requestAnimationFrame(() => {
    const active = document.activeElement
    if (active === given || active === document.body) list?.focus()
  })
}

/** «All» asked for beside the list: the keyboard goes along into it. */
export const pickWholeList = (): void => {
  list?.toggleAll?.()
  focusList()
}

/** Closes the dialog; the keys act on the list again. */
export const leaveDialog = (): void => {
  closeDialog()
  focusList()
}

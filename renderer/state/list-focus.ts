let focus: (() => void) | null = null

/** The list of cases says how it takes the focus; null: it is not on the screen. */
export const setListFocus = (next: (() => void) | null): void => {
  focus = next
}

/** Gives the focus back to the list, after a dialog or a search. */
export const focusList = (): void => {
  requestAnimationFrame(() => focus?.())
}

import type { GetLocaleTextParams } from 'ag-grid-community'
import { words } from '../ui/words.ts'

const ours = new Map([
  ['ariaRowSelect', 'rowSelect'],
  ['ariaRowDeselect', 'rowDeselect'],
  ['ariaRowToggleSelection', 'rowToggle'],
  ['ariaRowSelectAll', 'selectAll'],
  ['ariaHeaderSelection', 'selection'],
  ['ariaChecked', 'checked'],
  ['ariaUnchecked', 'unchecked'],
  ['ariaIndeterminate', 'indeterminate'],
  ['ariaSortableColumn', 'sort'],
  ['loadingOoo', 'loading'],
])

/** What the grid says to a screen reader by itself, in the language of the window. */
export function gridText({ key, defaultValue }: GetLocaleTextParams): string {
  const name = ours.get(key)
  return name === undefined ? defaultValue : words.t(`desk.grid.${name}`)
}

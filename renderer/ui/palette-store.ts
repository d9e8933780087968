import { createSpotlight } from '@mantine/spotlight'
import { useView } from '../state/view.ts'

export const [paletteStore, palette] = createSpotlight()

/** Is a dialog or the palette open? What is typed then is not for the list, even before the focus has moved. */
export const isAsking = (): boolean =>
  useView.getState().dialog !== null || paletteStore.getState().opened

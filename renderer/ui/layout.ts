import { create } from 'zustand'

interface LayoutMap {
  get(code: string): string | undefined
}
interface Keyboard {
  getLayoutMap(): Promise<LayoutMap>
}

const hasKeyboard = (value: Navigator): value is Navigator & { readonly keyboard: Keyboard } =>
  'keyboard' in value && typeof value.keyboard === 'object'

/** What the active keyboard layout prints on a key; null: the browser does not tell. */
const useLayout = create<{ map: LayoutMap | null }>(() => ({ map: null }))

/** Asks the browser again: the layout may have been switched meanwhile. */
export async function learnLayout(): Promise<void> {
  if (!hasKeyboard(navigator)) return
  const map = await navigator.keyboard.getLayoutMap()
  useLayout.setState({ map })
}

const latin: Readonly<Record<string, string>> = {
  Slash: '/',
  BracketLeft: '[',
  BracketRight: ']',
  Enter: 'Enter',
  Space: 'Space',
  Escape: 'Esc',
}

const latinLabel = (code: string): string =>
  latin[code] ?? code.replace(/^(?:Key|Digit|Numpad|Arrow)/, '')

/** `labelOf('KeyJ')` → «J», or «О» when the layout is Russian. */
export function useKeyLabels(): (code: string) => string {
  const map = useLayout(layout => layout.map)
  return code =>
    (map?.get(code) ?? latinLabel(code))
      .toUpperCase()
      .replace(/^(ENTER|SPACE|ESC)$/, latinLabel(code))
}

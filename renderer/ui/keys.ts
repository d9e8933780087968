/** What a key asks for when the list has focus. */
export type KeyName =
  | 'down'
  | 'up'
  | 'extendDown'
  | 'extendUp'
  | 'first'
  | 'last'
  | 'pick'
  | 'extendHere'
  | 'all'
  | 'whom'
  | 'take'
  | 'department'
  | 'plan'
  | 'defer'
  | 'return'
  | 'giveHere'
  | 'forceHere'
  | 'left'
  | 'right'
  | 'stageBefore'
  | 'stageAfter'
  | 'open'
  | 'search'
  | 'keys'
  | 'palette'
  | 'undo'
  | 'redo'
  | 'clear'

export type KeyCommand =
  | { readonly kind: KeyName }
  /** `digit` 1–9 gives to that hint; `isForced`: over a warning. */
  | { readonly kind: 'hint'; readonly digit: number; readonly isForced: boolean }

export interface Press {
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const plain: Readonly<Record<string, KeyName>> = {
  KeyJ: 'down',
  ArrowDown: 'down',
  KeyK: 'up',
  ArrowUp: 'up',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  BracketLeft: 'stageBefore',
  BracketRight: 'stageAfter',
  Home: 'first',
  End: 'last',
  Space: 'pick',
  KeyA: 'whom',
  KeyT: 'take',
  KeyP: 'plan',
  KeyD: 'department',
  KeyH: 'defer',
  KeyR: 'return',
  KeyG: 'giveHere',
  Enter: 'open',
  NumpadEnter: 'open',
  Slash: 'search',
  Escape: 'clear',
}
const shifted: Readonly<Record<string, KeyName>> = {
  KeyJ: 'extendDown',
  ArrowDown: 'extendDown',
  KeyK: 'extendUp',
  ArrowUp: 'extendUp',
  ArrowLeft: 'stageBefore',
  ArrowRight: 'stageAfter',
  Space: 'extendHere',
  KeyG: 'forceHere',
  Slash: 'keys',
}
const withControl: Readonly<Record<string, KeyName>> = {
  KeyA: 'all',
  KeyK: 'palette',
  KeyZ: 'undo',
}
const withControlShift: Readonly<Record<string, KeyName>> = { KeyZ: 'redo' }

const named = (names: Readonly<Record<string, KeyName>>, code: string): KeyCommand | null => {
  const kind = names[code]
  return kind ? { kind } : null
}

/** The command of a key press, by the place of the key, so that every layout works; else null. */
export function commandOf({ code, shiftKey, ctrlKey, metaKey, altKey }: Press): KeyCommand | null {
  if (altKey) return null
  if (ctrlKey || metaKey) return named(shiftKey ? withControlShift : withControl, code)
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (digit) return { kind: 'hint', digit: Number(digit), isForced: shiftKey }
  return named(shiftKey ? shifted : plain, code)
}

/** Commands that work wherever the focus is, outside a field one types in. */
export const everywhere: ReadonlySet<KeyCommand['kind']> = new Set<KeyCommand['kind']>([
  'palette',
  'undo',
  'redo',
  'search',
  'keys',
])

/** Is the focus where keys are letters? */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
  )
}

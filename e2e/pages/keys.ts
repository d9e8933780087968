import type { CDPSession, Page } from '@playwright/test'

/** What the keyboard is switched to; the places of the keys stay the same. */
export type Layout = 'latin' | 'russian'

export interface Held {
  readonly shift?: boolean
  readonly ctrl?: boolean
}

interface Key {
  readonly latin: string
  readonly russian: string
  readonly virtual: number
}

const letters: Readonly<Record<string, readonly [latin: string, russian: string]>> = {
  KeyA: ['a', 'ф'],
  KeyD: ['d', 'в'],
  KeyG: ['g', 'п'],
  KeyH: ['h', 'р'],
  KeyJ: ['j', 'о'],
  KeyK: ['k', 'л'],
  KeyP: ['p', 'з'],
  KeyR: ['r', 'к'],
  KeyT: ['t', 'е'],
  KeyZ: ['z', 'я'],
}

const others: Readonly<Record<string, Key>> = {
  Slash: { latin: '/', russian: '.', virtual: 191 },
  Enter: { latin: 'Enter', russian: 'Enter', virtual: 13 },
  Space: { latin: ' ', russian: ' ', virtual: 32 },
  Escape: { latin: 'Escape', russian: 'Escape', virtual: 27 },
  Tab: { latin: 'Tab', russian: 'Tab', virtual: 9 },
  Home: { latin: 'Home', russian: 'Home', virtual: 36 },
  End: { latin: 'End', russian: 'End', virtual: 35 },
  ArrowLeft: { latin: 'ArrowLeft', russian: 'ArrowLeft', virtual: 37 },
  ArrowRight: { latin: 'ArrowRight', russian: 'ArrowRight', virtual: 39 },
  BracketLeft: { latin: '[', russian: 'х', virtual: 219 },
  BracketRight: { latin: ']', russian: 'ъ', virtual: 221 },
  ArrowUp: { latin: 'ArrowUp', russian: 'ArrowUp', virtual: 38 },
  ArrowDown: { latin: 'ArrowDown', russian: 'ArrowDown', virtual: 40 },
}

const shiftedOf = { '/': '?', '.': ',' } as const
const isShiftable = (key: string): key is keyof typeof shiftedOf => key in shiftedOf

function keyOf(code: string): Key {
  const letter = letters[code]
  if (letter) return { latin: letter[0], russian: letter[1], virtual: code.charCodeAt(3) }
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return { latin: digit, russian: digit, virtual: 48 + Number(digit) }
  const other = others[code]
  if (!other) throw new Error(`no such key here: ${code}`)
  return other
}

function printed(code: string, layout: Layout, { shift = false }: Held): string {
  const key = keyOf(code)[layout]
  if (!shift) return key
  return isShiftable(key) ? shiftedOf[key] : key.length === 1 ? key.toUpperCase() : key
}

const textOf = (key: string, { ctrl = false }: Held): string | undefined =>
  ctrl ? undefined : key === 'Enter' ? '\r' : key.length === 1 ? key : undefined

/** Real presses of keys, named by their place: `key` is what the layout prints there. */
export interface Keys {
  press(code: string, held?: Held): Promise<void>
  /** Several times the same. */
  times(count: number, code: string, held?: Held): Promise<void>
  type(text: string): Promise<void>
}

export async function keysOf(page: Page, layout: Layout): Promise<Keys> {
  const session = await page.context().newCDPSession(page)
  const press = (code: string, held: Held = {}) => pressOnce(session, code, layout, held)
  return {
    press,
    async times(count, code, held) {
      for (let time = 0; time < count; time += 1) await press(code, held)
    },
    async type(text) {
      await session.send('Input.insertText', { text })
    },
  }
}

async function pressOnce(
  session: CDPSession,
  code: string,
  layout: Layout,
  held: Held,
): Promise<void> {
  const modifiers = (held.ctrl ? 2 : 0) + (held.shift ? 8 : 0)
  const key = printed(code, layout, held)
  const text = textOf(key, held)
  const { virtual } = keyOf(code)
  const what = {
    code,
    key,
    modifiers,
    windowsVirtualKeyCode: virtual,
    nativeVirtualKeyCode: virtual,
  }
  await session.send('Input.dispatchKeyEvent', {
    type: text === undefined ? 'rawKeyDown' : 'keyDown',
    ...what,
    ...(text === undefined ? {} : { text }),
  })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...what })
}

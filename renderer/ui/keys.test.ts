import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { commandOf } from './keys.ts'

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const press = (code: string, held: Partial<typeof none> = {}) =>
  commandOf({ code, ...none, ...held })

test('a key means its place on the keyboard, whatever is printed on it', () => {
  deepEqual(press('KeyJ'), { kind: 'down' })
  deepEqual(press('Slash'), { kind: 'search' })
  deepEqual(press('KeyA'), { kind: 'whom' })
})

test('digits give to a hint, with Shift over a warning', () => {
  deepEqual(press('Digit7'), { kind: 'hint', digit: 7, isForced: false })
  deepEqual(press('Digit7', { shiftKey: true }), { kind: 'hint', digit: 7, isForced: true })
  deepEqual(press('Numpad3'), { kind: 'hint', digit: 3, isForced: false })
  equal(press('Digit0'), null)
})

test('Ctrl and Cmd have their own meanings, and never those of the plain key', () => {
  deepEqual(press('KeyA', { ctrlKey: true }), { kind: 'all' })
  deepEqual(press('KeyK', { metaKey: true }), { kind: 'palette' })
  deepEqual(press('KeyZ', { ctrlKey: true }), { kind: 'undo' })
  deepEqual(press('KeyZ', { ctrlKey: true, shiftKey: true }), { kind: 'redo' })
  equal(press('KeyR', { ctrlKey: true }), null)
  equal(press('Digit1', { ctrlKey: true }), null)
})

test('keys with Alt, and keys that mean nothing here, are left alone', () => {
  equal(press('KeyD', { altKey: true }), null)
  equal(press('KeyX'), null)
  equal(press('Tab'), null)
  equal(press('KeyT', { shiftKey: true }), null)
})

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  boundsOn,
  readRemembered,
  remember,
  rememberedOf,
  zoomAfter,
  type Remembered,
} from './remembered.ts'

const stood: Remembered = {
  bounds: { x: 100, y: 50, width: 1300, height: 800 },
  isMaximized: true,
  zoom: 1.25,
}
const nothing: Remembered = { bounds: null, isMaximized: false, zoom: 1 }
const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

test('what was remembered is read again, and nothing lies beside it', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'nachalo-window-')), 'electron')
  const path = join(folder, 'window.json')
  assert.deepEqual(readRemembered(path), nothing)
  remember(path, stood)
  assert.deepEqual(readRemembered(path), stood)
  assert.deepEqual(readdirSync(folder), ['window.json'])
})

test('a file that cannot be written disturbs nobody', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'nachalo-window-')), 'file')
  writeFileSync(file, '')
  assert.doesNotThrow(() => remember(join(file, 'window.json'), stood))
})

test('a damaged file says nothing, and half a good one says that half', () => {
  for (const text of ['', '{', 'null', '[]', '"x"', '7', '{"bounds":[]}', '{"zoom":1e9}'])
    assert.deepEqual(rememberedOf(text), nothing, text)
  const whole = JSON.stringify(stood)
  assert.deepEqual(rememberedOf(whole.replace('1.25', '"big"')), { ...stood, zoom: 1 })
  assert.deepEqual(rememberedOf(whole.replace('1300', '-1300')), { ...stood, bounds: null })
})

test('whatever the file holds, the window can be opened with it', () => {
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({ bounds: fc.anything(), isMaximized: fc.anything(), zoom: fc.anything() })
      .map(value => JSON.stringify(value) ?? ''),
  )
  fc.assert(
    fc.property(text, written => {
      const { bounds, zoom, isMaximized } = rememberedOf(written)
      assert.ok(zoom >= 0.5 && zoom <= 2 && typeof isMaximized === 'boolean')
      const numbers = bounds ? [bounds.x, bounds.y, bounds.width, bounds.height] : []
      assert.ok(numbers.every(Number.isSafeInteger))
    }),
    { numRuns: 3000 },
  )
})

test('a window stays where its title can be taken hold of', () => {
  assert.deepEqual(boundsOn([screen], stood.bounds), stood.bounds)
  const beside = { x: 2000, y: 10, width: 1000, height: 700 }
  assert.deepEqual(boundsOn([screen, second], beside), beside)
  assert.equal(boundsOn([screen], beside), null)
  assert.equal(boundsOn([], beside), null)
  assert.equal(boundsOn([screen], null), null)
})

test('a title above or beside every display is not kept', () => {
  const at = (x: number, y: number) => boundsOn([screen], { x, y, width: 1000, height: 700 })
  assert.equal(at(100, -200), null)
  assert.equal(at(1850, 100), null)
  assert.equal(at(-950, 100), null)
  assert.notEqual(at(-800, 100), null)
})

test('a window larger than the display that is left becomes as large as it', () => {
  assert.deepEqual(boundsOn([second], { x: 1950, y: 0, width: 2500, height: 1400 }), {
    x: 1950,
    y: 0,
    width: 1280,
    height: 1024,
  })
})

test('the page grows and shrinks by steps, stops at the ends and comes back', () => {
  const steps = (from: number, step: 'in' | 'out', count: number) =>
    Array.from({ length: count }).reduce<number>(zoom => zoomAfter(zoom, step), from)
  assert.deepEqual([zoomAfter(1, 'in'), zoomAfter(1, 'out')], [1.1, 0.9])
  assert.deepEqual([steps(1, 'in', 20), steps(1, 'out', 20)], [2, 0.5])
  assert.equal(steps(steps(1, 'in', 3), 'out', 3), 1)
  assert.equal(zoomAfter(1.75, 'reset'), 1)
})

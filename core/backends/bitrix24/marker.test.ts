import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMarker, writeMarker } from './marker.ts'

test('the last eight decisions are kept, the newest first', () => {
  const ids = Array.from(
    { length: 10 },
    (_unused, at) => `00000000-0000-7000-8000-00000000000${at}`,
  )
  const text = ids.reduce((before, id) => writeMarker(readMarker(before), id, null), '')
  assert.deepEqual(readMarker(text), { done: ids.toReversed().slice(0, 8), takenBy: null })
})

test('who has taken a case is forgotten with the next decision', () => {
  const id = '00000000-0000-7000-8000-000000000001'
  const taken = writeMarker(readMarker(null), id, 7)
  assert.equal(readMarker(taken).takenBy, 7)
  assert.equal(readMarker(writeMarker(readMarker(taken), id, null)).takenBy, null)
})

test('whatever people write into the field does no harm', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything()), value => {
      const { done, takenBy } = readMarker(value)
      assert.ok(done.length <= 8)
      assert.ok(takenBy === null || takenBy > 0)
    }),
  )
})

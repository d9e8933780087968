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
  assert.deepEqual(readMarker(text), {
    done: ids.toReversed().slice(0, 8),
    standing: null,
  })
})

test('how a case stands is forgotten with the next decision', () => {
  const id = '00000000-0000-7000-8000-000000000001'
  const taken = writeMarker(readMarker(null), id, { kind: 'taken', by: 7 })
  assert.deepEqual(readMarker(taken).standing, { kind: 'taken', by: 7 })
  assert.equal(readMarker(writeMarker(readMarker(taken), id, null)).standing, null)
})

test('whatever people write into the field does no harm', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything()), value => {
      const { done, standing } = readMarker(value)
      assert.ok(done.length <= 8)
      assert.ok(standing === null || standing.by > 0)
    }),
  )
})

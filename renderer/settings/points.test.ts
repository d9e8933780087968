import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointsOf } from './points.ts'

test('points are read with a comma or a point, and nothing means no own number', () => {
  assert.equal(pointsOf('7'), 7)
  assert.equal(pointsOf(' 7,5 '), 7.5)
  assert.equal(pointsOf('0'), 0)
  assert.equal(pointsOf('1000'), 1000)
  assert.equal(pointsOf('  '), null)
})

test('what is no number from 0 to 1000 is bad', () => {
  for (const typed of ['-1', '1001', 'много', '1e3', '7,', '1 000', 'NaN', '0x10'])
    assert.equal(pointsOf(typed), 'bad', typed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asOfOf } from './as-of.ts'

test('a moment is understood as people write it', () => {
  assert.equal(asOfOf('2016-03-01T10:00'), '2016-03-01T10:00')
  assert.equal(asOfOf(' 2016-03-01 10:00:30 '), '2016-03-01T10:00:30')
  assert.equal(asOfOf('01.03.2016 10:00'), '2016-03-01T10:00')
  assert.equal(asOfOf('01.03.2016'), '2016-03-01T00:00')
  assert.equal(asOfOf('2012-05-01T00:00+03:00'), '2012-05-01T00:00+03:00')
})

test('nothing typed is no moment, and nonsense is said to be nonsense', () => {
  assert.equal(asOfOf('  '), null)
  for (const typed of ['вчера', '2016-02-31', '31.02.2016', '2016-13-01', '2016-03-01T25:00', '10:00'])
    assert.equal(asOfOf(typed), 'bad', typed)
})

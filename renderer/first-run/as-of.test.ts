import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asOfOf } from './as-of.ts'

const isoOf = (typed: string) => {
  const asOf = asOfOf(typed)
  return asOf.kind === 'moment' ? asOf.iso : asOf.kind
}

test('a moment is understood as people write it', () => {
  assert.equal(isoOf('2016-03-01T10:00'), '2016-03-01T10:00')
  assert.equal(isoOf(' 2016-03-01 10:00:30 '), '2016-03-01T10:00:30')
  assert.equal(isoOf('01.03.2016 10:00'), '2016-03-01T10:00')
  assert.equal(isoOf('01.03.2016'), '2016-03-01T00:00')
  assert.equal(isoOf('2012-05-01T00:00+03:00'), '2012-05-01T00:00+03:00')
})

test('nothing typed is no moment, and nonsense is said to be nonsense', () => {
  assert.equal(isoOf('  '), 'unset')
  for (const typed of [
    'вчера',
    '2016-02-31',
    '31.02.2016',
    '2016-13-01',
    '2016-03-01T25:00',
    '10:00',
  ])
    assert.equal(isoOf(typed), 'bad', typed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, quantile } from './measure.ts'
import { isKept, jsonOf } from './report.ts'

test('quantiles are nearest ranks', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.deepEqual(
    [median(hundred), quantile(hundred, 0.95), quantile(hundred, 1), quantile([7], 0.95)],
    [50, 95, 100, 7],
  )
})

test('a budget is a ceiling, or a floor where it is said to be one', () => {
  const row = { name: 'a', value: 2, unit: 'ms', budget: 1 } as const
  assert.equal(isKept(row), false)
  assert.equal(isKept({ ...row, isFloor: true }), true)
  assert.equal(isKept({ ...row, budget: null }), true)
  assert.deepEqual(JSON.parse(jsonOf(row)), {
    name: 'a',
    value: 2,
    unit: 'ms',
    budget: 1,
    ok: false,
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyed } from './keyed.ts'

test('items of one name get keys of their own, the same ones each time', () => {
  const keys = (items: readonly string[]) => keyed(items, String).map(({ key }) => key)
  assert.deepEqual(keys(['a', 'b', 'a', 'a']), ['a', 'b', 'a 1', 'a 2'])
  assert.deepEqual(keys(['a', 'b', 'a', 'a', 'c']).slice(0, 4), keys(['a', 'b', 'a', 'a']))
})

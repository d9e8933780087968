import assert from 'node:assert/strict'
import { test } from 'node:test'
import { separatorOf } from './separator.ts'

test('the separator is the one the first line uses most outside quotes', () => {
  assert.equal(separatorOf('a;b;c\n1,2,3,4,5,6'), ';')
  assert.equal(separatorOf('a\tb\tc'), '\t')
  assert.equal(separatorOf('"a;b;c;d",e'), ',')
  assert.equal(separatorOf('one'), ',')
  assert.equal(separatorOf(''), ',')
})

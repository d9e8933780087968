import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { numberInHash } from './number-in-hash.ts'

test('an address may name a case by its number', () => {
  equal(numberInHash('#case/5306'), '5306')
  equal(numberInHash('#case/%D0%94-17'), 'Д-17')
})

test('any other address names none', () => {
  for (const hash of ['', '#', '#case', '#case/', '#case/5/6', '#CASE/5', 'case/5', '#case/%E0%A4'])
    equal(numberInHash(hash), null, hash)
  equal(numberInHash(`#case/${'9'.repeat(201)}`), null)
})

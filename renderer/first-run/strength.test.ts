import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strengthOf } from './strength.ts'

test('a short passphrase is short whatever it is made of', () => {
  assert.equal(strengthOf('Aя1!xQ7'), 'short')
})

test('steps and repetitions do not make a passphrase strong', () => {
  assert.equal(strengthOf('123456789012'), 'weak')
  assert.equal(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa'), 'weak')
  assert.equal(strengthOf('password'), 'weak')
})

test('length and variety do', () => {
  assert.equal(strengthOf('k8-зима-Vn'), 'fair')
  assert.equal(strengthOf('четыре рыжих лошади молчат'), 'strong')
})

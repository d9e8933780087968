import assert from 'node:assert/strict'
import { test } from 'node:test'
import { together } from './together.ts'

const later = <T>(ms: number, act: () => T) =>
  new Promise<T>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(act())
      } catch (error) {
        reject(error)
      }
    }, ms)
  })
const fail = (message: string) => () => {
  throw new Error(message)
}

test('answers come in the order of the questions', async () => {
  assert.deepEqual(
    await together(
      later(5, () => 'a'),
      later(1, () => 2),
    ),
    ['a', 2],
  )
})

test('everything is over before the first failure in time is thrown', async () => {
  let isOver = false
  const asked = [
    later(9, fail('the transaction is lost')),
    later(1, fail('the cause')),
    later(20, () => (isOver = true)),
  ]
  await assert.rejects(together(...asked), /the cause/)
  assert.ok(isOver)
})

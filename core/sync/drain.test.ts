import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrain } from './drain.ts'

test('the time left follows from the pace since the first was sent', () => {
  const drain = createDrain()
  drain.settled(0, 1_000)
  assert.equal(drain.leftMs(500, 1_000), null)
  drain.settled(50, 61_000)
  assert.equal(drain.leftMs(450, 61_000), 540_000)
  // A pause of ten minutes is part of the pace.
  drain.settled(50, 661_000)
  assert.equal(drain.leftMs(400, 661_000), 2_640_000)
})

test('an empty outbox forgets its pace', () => {
  const drain = createDrain()
  drain.settled(100, 0)
  drain.empty()
  assert.equal(drain.leftMs(10, 1_000), null)
})

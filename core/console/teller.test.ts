import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { untouched } from '../store/store.ts'
import type { Touched } from '../store/store.ts'
import { caseIdOf } from '../testing/store-world.ts'
import { createTeller } from './teller.ts'

function world(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const told: Touched[] = []
  const teller = createTeller(touched => told.push(touched))
  const names = () => told.map(({ caseIds }) => [...caseIds].map(id => id.split(':').at(-1)).join())
  const note = (name: string, more: Partial<Touched> = {}) =>
    teller.note({ ...untouched(), caseIds: new Set([caseIdOf(name)]), ...more })
  return { ...teller, note, names, told, pass: (ms: number) => t.mock.timers.tick(ms) }
}

test('the first is told at once, what follows in the pause together', t => {
  const { note, names, told, pass } = world(t)
  note('1')
  assert.deepEqual(names(), ['1'])
  note('2', { isOutboxTouched: true })
  note('3')
  assert.deepEqual(names(), ['1'])
  pass(100)
  assert.deepEqual(names(), ['1', '2,3'])
  assert.deepEqual([told[1]?.isOutboxTouched, told[1]?.isOrgTouched], [true, false])
  pass(1_000)
  assert.equal(told.length, 2)
})

test('after a quiet pause it is told at once again', t => {
  const { note, names, pass } = world(t)
  note('1')
  pass(100)
  note('2')
  assert.deepEqual(names(), ['1', '2'])
})

test('what the head did is told at once, with what was waiting', t => {
  const { note, tellNow, names, pass } = world(t)
  note('1')
  note('2')
  note('3')
  tellNow()
  assert.deepEqual(names(), ['1', '2,3'])
  tellNow()
  pass(1_000)
  assert.deepEqual(names(), ['1', '2,3'])
})

test('after closing nothing is told', t => {
  const { note, close, names, pass } = world(t)
  note('1')
  note('2')
  close()
  pass(1_000)
  assert.deepEqual(names(), ['1'])
})

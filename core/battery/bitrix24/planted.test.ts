/** The test of the simulation: carriers with a fault planted from outside must all be caught. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from '../../testing/counted.ts'
import { planted } from './bugs.ts'
import type { Planted } from './bugs.ts'
import { deaths, directed } from './directed.ts'
import { prepareGround } from './ground.ts'
import { live } from './life.ts'
import type { Script } from './script.ts'

const ground = prepareGround()

interface Try {
  readonly seed: number
  readonly name: string
  readonly script?: Script
}

/** The seeds chance is given, then the schedules written by hand with some seeds each. */
function* tries(): Iterable<Try> {
  for (let seed = 1; seed <= 250; seed += 1) yield { seed, name: 'by chance' }
  yield* byHand()
}

function* byHand(): Iterable<Try> {
  for (const one of directed) for (let seed = 1; seed <= 15; seed += 1) yield { ...one, seed }
}

async function caught({ make }: Planted): Promise<string | null> {
  for (const { seed, name, script } of tries()) {
    const { violations } = await live({ seed, ground, bug: make, script })
    if (violations[0] !== undefined) return `seed ${seed} (${name}): ${violations[0]}`
  }
  return null
}

for (const bug of planted)
  test(`caught: ${bug.name}`, async () => {
    const found = await caught(bug)
    assert.ok(found, 'nothing has noticed it')
    counted(`portal, planted: «${bug.name}» caught by ${found}`)
  })

test('what happens at the last moment harms nothing', async () => {
  for (const { seed, name, script } of byHand()) {
    const { violations } = await live({ seed, ground, script })
    assert.deepEqual(violations, [], `${name}, seed ${seed}`)
  }
})

test('a death at each place in turn harms nothing', async () => {
  let places = 0
  for (const { name, script } of deaths) {
    const whole = await live({ seed: 1, ground, script })
    places += whole.places
    for (let diesAt = 1; diesAt <= whole.places; diesAt += 1) {
      const { violations } = await live({ seed: 1, ground, script: { ...script, diesAt } })
      assert.deepEqual(violations, [], `${name}, at place ${diesAt}`)
    }
  }
  counted(`portal: ${places} deaths, each at another place`)
})

test('what is written by hand passes the troubles it is about', async () => {
  const schedule = directed.find(({ name }) => name.startsWith('task: carried out at the last'))
  const { lines } = await live({ seed: 1, ground, script: schedule?.script, isTold: true })
  assert.ok(lines.some(line => line.includes('true zombie')))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sending, Unsettled } from '../backends/backend.ts'
import { outboxItems, readDecision } from '../store/outbox.ts'
import { aWholeCase, createSyncWorld, person } from '../testing/sync-world.ts'

type Answer = Omit<Unsettled, 'decisionId'>

/** A world whose backend answers the first sendings so, and then as the model does. */
async function answering(...answers: Answer[]) {
  const world = createSyncWorld({ cases: ['1', '2'].map(name => aWholeCase(name)) })
  const loaded = world.sync.pullOnce()
  await world.time.pass(100)
  await loaded
  const sent: (readonly Sending[])[] = []
  const carry = world.backend.push
  world.backend.push = async (sendings, keep, signal) => {
    sent.push(sendings)
    const answer = answers.shift()
    if (!answer) return carry(sendings, keep, signal)
    keep(new Map(sendings.map(({ decision }) => [decision.decisionId, 'note'])))
    return sendings.map(({ decision }) => ({ decisionId: decision.decisionId, ...answer }))
  }
  world.sync.start()
  return Object.assign(world, { sent })
}

const give = { responsible: person('anna') }

test('what the backend asks to leave alone rests, others go on', async () => {
  const world = await answering({ outcome: 'unknown', code: 'lost', againAfterMs: 60_000 })
  const first = world.decide('1', give)
  await world.time.pass(1_000)
  const second = world.decide('2', give)
  await world.time.pass(1_000)
  assert.deepEqual(
    [first, second].map(id => readDecision(world.store, id)?.state),
    ['unknown', 'applied'],
  )
  await world.time.pass(57_000)
  assert.equal(world.sent.length, 2)
  await world.time.pass(3_000)
  assert.equal(readDecision(world.store, first)?.state, 'applied')
  await world.close()
})

test('a witness comes back with the decision, and its doubt', async () => {
  const world = await answering({ outcome: 'unknown', code: 'lost', againAfterMs: 1_000 })
  world.decide('1', give)
  await world.time.pass(5_000)
  assert.deepEqual(
    world.sent.map(([one]) => [one?.isDoubtful, one?.witness]),
    [
      [false, null],
      [true, 'note'],
    ],
  )
  await world.close()
})

test('a witness survives a restart', async () => {
  const world = await answering({ outcome: 'unknown', code: 'lost', againAfterMs: 600_000 })
  const id = world.decide('1', give)
  await world.time.pass(5_000)
  await world.restart()
  const [item] = outboxItems(world.store, 10)
  assert.deepEqual([item?.decision.decisionId, item?.state], [id, 'unknown'])
  world.sync.start()
  await world.time.pass(1_000)
  assert.deepEqual([world.sent[1]?.[0]?.isDoubtful, world.sent[1]?.[0]?.witness], [true, 'note'])
  await world.close()
})

test('what has certainly had no effect is queued as if it had never left', async () => {
  const world = await answering(
    { outcome: 'unknown', code: 'lost', againAfterMs: 1_000 },
    { outcome: 'notDone', code: 'notFound', againAfterMs: 1_000 },
  )
  const id = world.decide('1', give)
  await world.time.pass(1_500)
  assert.equal(readDecision(world.store, id)?.state, 'queued')
  await world.time.pass(1_500)
  assert.deepEqual(
    world.sent.map(([one]) => [one?.isDoubtful, one?.witness]),
    [
      [false, null],
      [true, 'note'],
      [false, null],
    ],
  )
  await world.close()
})

test('what was not sent stays what it was', async () => {
  const world = await answering(
    { outcome: 'notSent', code: 'looksStale', againAfterMs: 6_000.25 },
    { outcome: 'unknown', code: 'lost', againAfterMs: 6_000.25 },
    { outcome: 'notSent', code: 'looksStale', againAfterMs: 6_000.25 },
  )
  const id = world.decide('1', give)
  const states: (string | undefined)[] = []
  for (let round = 0; round < 4; round += 1) {
    await world.time.pass(4_000)
    states.push(readDecision(world.store, id)?.state)
    await world.time.pass(2_500)
  }
  assert.deepEqual(states, ['queued', 'unknown', 'unknown', 'applied'])
  await world.close()
})

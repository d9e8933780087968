import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecisionId } from '../../domain/id.ts'
import { aSending, anna, aWorld, head, person } from '../../testing/bitrix24-world.ts'
import { BackendError } from '../errors.ts'
import type { BitrixClient, CommandAnswer } from './client.ts'
import { createCarrier } from './push.ts'

const world = aWorld()
const at = '2026-11-20T12:00:00+03:00'
const deal = { id: 351, assignedById: head, categoryId: 0, stageId: 'NEW', updatedTime: at }
const answered = (result: unknown): CommandAnswer => ({
  kind: 'answered',
  answer: { result, next: null, total: null, at: null },
})
const failed = (kind: 'forbidden' | 'offline'): CommandAnswer => ({
  kind: 'failed',
  error: new BackendError(kind, 'no'),
})

/** What becomes of giving a deal to Anna, asked at these times (ms), when a write is answered so. */
async function carried(writes: Readonly<Record<string, CommandAnswer>>, times: readonly number[]) {
  let elapsed = 0
  const client: BitrixClient = {
    call: () => Promise.reject(new Error('only batches')),
    batch(commands, { isWrite, isHalting }) {
      if (!isWrite) return Promise.resolve(new Map([['list2', answered({ items: [deal] })]]))
      assert.ok(isHalting)
      return Promise.resolve(
        new Map(commands.map(({ key }) => [key, writes[key] ?? { kind: 'absent' }])),
      )
    },
    address: () => '',
    close: () => {},
  }
  const carrier = createCarrier({
    client,
    clock: { now: () => 0, elapsed: () => elapsed, sleep: async () => {}, random: () => 0 },
    taken: { all: new Map(), set: () => {}, remove: () => {} },
  })
  const sending = aSending('D_351', { responsible: person(anna) }, { responsible: null })
  const outcomes: unknown[] = []
  for (const time of times) {
    elapsed = time
    const signal = new AbortController().signal
    const [answer] = await carrier.carry(world, [sending], () => {}, signal)
    outcomes.push([answer?.outcome, answer?.code])
  }
  return outcomes
}

test('a refusal is believed when a look that was not late is refused again', async () => {
  const writes = { before0: answered({ item: deal }), write0: failed('forbidden') }
  assert.deepEqual(await carried(writes, [0, 3_000, 6_000]), [
    ['notSent', 'lookAgain'],
    ['notSent', 'lookAgain'],
    ['rejected', 'forbidden'],
  ])
})

test('nothing is written when the look right before the write fails', async () => {
  assert.deepEqual(await carried({ before0: failed('offline') }, [0]), [['notSent', 'offline']])
})

test('a case that cannot be looked at holds up no other', async () => {
  const said: Readonly<Record<string, CommandAnswer>> = {
    listtask: answered({ tasks: [] }),
    turns350: failed('offline'),
    list2: answered({ items: [deal] }),
    before0: answered({ item: deal }),
    write0: answered({ item: { ...deal, assignedById: anna } }),
  }
  const client: BitrixClient = {
    call: () => Promise.reject(new Error('only batches')),
    batch: commands =>
      Promise.resolve(new Map(commands.map(({ key }) => [key, said[key] ?? { kind: 'absent' }]))),
    address: () => '',
    close: () => {},
  }
  const carrier = createCarrier({
    client,
    clock: { now: () => 0, elapsed: () => 0, sleep: async () => {}, random: () => 0 },
    taken: { all: new Map(), set: () => {}, remove: () => {} },
  })
  const [want, base] = [{ responsible: person(anna) }, { responsible: null }]
  const poison = aSending('TASK_350', want, base)
  const other = aSending('D_351', want, base)
  const decisionId = '01900000-0000-7000-8000-00000000000c' as DecisionId
  const both = [{ ...poison, decision: { ...poison.decision, decisionId } }, other]
  const answers = await carrier.carry(world, both, () => {}, new AbortController().signal)
  assert.deepEqual(
    answers.map(({ outcome }) => outcome),
    ['notSent', 'applied'],
  )
})

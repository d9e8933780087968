/** Generated schedules of faults, acts of two sides and restarts; the invariants hold after each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DecisionState, Fields } from '../domain/decision.ts'
import type { DecisionId } from '../domain/id.ts'
import { outboxCounts, readDecision } from '../store/outbox.ts'
import type { Fault } from '../testing/model-backend.ts'
import { aWholeCase, createSyncWorld, person, theCaseId } from '../testing/sync-world.ts'
import type { SyncWorld } from '../testing/sync-world.ts'

const names = ['1', '2', '3']
const faults: readonly Fault[] = [
  'none',
  'none',
  'offline',
  'lostRequest',
  'lostAnswer',
  'repeated',
  'delayed',
  'slow',
  'busy',
  'senseless',
]

type Step =
  | { readonly kind: 'decide' | 'elsewhere'; readonly name: string; readonly want: Fields }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'restart' | 'wake' | 'fullPull' }

const name = fc.constantFrom(...names)
const want = fc.constantFrom<Fields>(
  { responsible: person('anna') },
  { responsible: person('oleg') },
  { responsible: null },
  { deferredUntil: 4_000_000_000_000 },
  { deferredUntil: null },
  { status: 'waiting', statusName: null },
  { status: 'open', statusName: null },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('decide' as const), name, want }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), name, want }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), name }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      milliseconds: fc.constantFrom(5, 30, 500, 5_000, 31_000, 60_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('restart' as const, 'wake' as const, 'fullPull' as const),
    }),
  },
)

async function take(world: SyncWorld, one: Step): Promise<void> {
  switch (one.kind) {
    case 'decide':
      if (isChange(world, one)) world.decide(one.name, one.want)
      return
    case 'elsewhere':
      return changeElsewhere(world, one.name, one.want)
    case 'close':
      return changeElsewhere(world, one.name, 'close')
    case 'pass':
      return world.time.pass(one.milliseconds)
    case 'restart':
      return restart(world)
    case 'wake':
      return world.sync.wake()
    case 'fullPull':
      world.backend.world.restarts = 1
  }
}

async function restart(world: SyncWorld): Promise<void> {
  const restarted = world.restart()
  await world.time.pass(1)
  await restarted
  world.sync.start()
}

function changeElsewhere({ backend, time }: SyncWorld, of: string, change: Fields | 'close'): void {
  const before = backend.world.caseOf(theCaseId(of))
  if (!before || before.status === 'closed') return
  const version = before.version + 1
  if (change === 'close')
    return backend.world.change({ ...before, status: 'closed', closedAt: time.now(), version })
  const { responsible = before.responsibleId, deferredUntil = before.deferredUntil } = change
  const { status = before.status, statusName = before.statusName } = change
  const after = { ...before, responsibleId: responsible, deferredUntil, status, statusName }
  backend.world.change({ ...after, version })
}

const isChange = ({ seen }: SyncWorld, one: Step & { kind: 'decide' | 'elsewhere' }): boolean => {
  const theCase = seen(one.name)
  if (!theCase || theCase.status === 'closed') return false
  const { responsible, deferredUntil, status } = one.want
  return (
    (responsible !== undefined && theCase.responsibleId !== responsible) ||
    (deferredUntil !== undefined && theCase.deferredUntil !== deferredUntil) ||
    (status !== undefined && theCase.status !== status)
  )
}

/** Every decision exactly once or not at all and said so, in order, and nobody's case lost. */
function holds({ backend, store, decided, differences }: SyncWorld): void {
  const effects = backend.world.effects.map(effect => effect.decisionId)
  assert.equal(new Set(effects).size, effects.length, 'a decision took effect twice')
  const states = new Map(decided.map(id => [id, readDecision(store, id)?.state]))
  for (const [id, state] of states) {
    assert.ok(state, 'a decision was lost')
    assert.ok(state === 'applied' || !effects.includes(id), `${state}, and yet it took effect`)
  }
  for (const one of names) {
    const ofCase = (id: DecisionId) => readDecision(store, id)?.decision.caseId === theCaseId(one)
    const inOrder = decided.filter(id => ofCase(id) && effects.includes(id))
    assert.deepEqual(effects.filter(ofCase), inOrder, 'out of order')
  }
  assert.deepEqual(outboxCounts(store), { waiting: 0, conflicts: 0, rejected: rejectedIn(states) })
  assert.deepEqual(differences(), [])
}

const rejectedIn = (states: ReadonlyMap<DecisionId, DecisionState | undefined>): number =>
  [...states.values()].filter(state => state === 'rejected').length

const healMs = 11 * 60_000

test('after any schedule every decision took effect once, or the head is told why not', async () => {
  const schedule = fc.record({
    steps: fc.array(step, { minLength: 3, maxLength: 25 }),
    faults: fc.array(fc.constantFrom(...faults), { maxLength: 30 }),
    random: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
      minLength: 1,
      maxLength: 10,
    }),
  })
  await fc.assert(
    fc.asyncProperty(schedule, async ({ steps, faults: coming, random }) => {
      let drawn = 0
      const world = createSyncWorld({
        cases: names.map(one => aWholeCase(one)),
        random: () => random[drawn++ % random.length] ?? 0,
      })
      try {
        const loaded = world.sync.pullOnce()
        await world.time.pass(100)
        await loaded
        const left = [...coming]
        world.backend.faults = () => left.shift() ?? 'none'
        world.sync.start()
        for (const one of steps) await take(world, one)
        left.length = 0
        await world.time.pass(healMs)
        world.yieldToAll()
        await world.time.pass(60_000)
        holds(world)
        assert.deepEqual(world.reported, [])
      } finally {
        await world.close()
      }
    }),
    { numRuns: 15 },
  )
})

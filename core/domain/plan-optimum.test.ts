import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from '../testing/counted.ts'
import {
  type ByRank,
  lowestHighest,
  modelOf,
  mostPlaced,
  rankOfCase,
} from '../testing/exact-plan.ts'
import { inventedDepartment, type Size } from '../testing/plan-world.ts'
import { planOf } from './plan.ts'

interface Tally {
  instances: number
  /** As many placed, as pressing, and as low as can be. */
  equal: number
  withinOnePercent: number
  withinOneStep: number
  /** The exact plan places more, or more pressing ones. */
  placedLess: number
  /** The solver's three seconds were up: ours is held against what it had proved by then. */
  unproved: number
  /** Of these, those for which that says nothing. */
  undecided: number
  worst: number
}

/** Plans the departments of these seeds in both ways. */
function compare(size: Size, seeds: number): Tally {
  const tally: Tally = {
    instances: 0,
    equal: 0,
    withinOnePercent: 0,
    withinOneStep: 0,
    placedLess: 0,
    unproved: 0,
    undecided: 0,
    worst: 0,
  }
  for (let seed = 1; seed <= seeds; seed += 1) compareOne(seed, size, tally)
  return tally
}

function compareOne(seed: number, size: Size, tally: Tally): void {
  const { world, cases, employees } = inventedDepartment(seed, size)
  const plan = planOf(cases, world)
  const takers = new Set(plan.rows.map(row => row.employeeId))
  const loads = employees.flatMap(({ employeeId }) =>
    takers.has(employeeId) ? (plan.after.loads.get(employeeId) ?? []) : [],
  )
  const highest = Math.max(0, ...loads.map(load => load.utilisation))
  const step = Math.max(
    0,
    ...loads.flatMap(load => (load.utilisation === highest ? 1 / load.limit : [])),
  )
  const left = new Set(plan.left)
  const placed = cases.filter(({ caseId }) => !left.has(caseId))
  const ours = Map.groupBy(placed, theCase => rankOfCase(theCase, world.now))
  tally.instances += 1
  const model = modelOf(cases, employees, world)
  if (model.cells.length === 0) {
    assert.equal(placed.length, 0)
    tally.equal += 1
    return
  }
  const best = placed.length === cases.length ? countsOf(ours) : mostPlaced(model)
  if (best && [...best].some(([rank, count]) => (ours.get(rank)?.length ?? 0) !== count)) {
    tally.placedLess += 1
    return
  }
  const { isProved, lowest } = lowestHighest(model, best ?? countsOf(ours), highest)
  assert.ok(highest >= lowest - 1e-6, `seed ${seed}: better than the best there is`)
  const isUnproved = !best || !isProved
  if (isUnproved) tally.unproved += 1
  if (isUnproved && highest > lowest * 1.01 + 1e-6) {
    tally.undecided += 1
    return
  }
  if (best && highest <= lowest + 1e-6) tally.equal += 1
  if (highest <= lowest * 1.01 + 1e-6) tally.withinOnePercent += 1
  if (highest <= lowest + step + 1e-6) tally.withinOneStep += 1
  tally.worst = Math.max(tally.worst, highest - lowest)
}

const countsOf = (groups: ReadonlyMap<number, readonly unknown[]>): ByRank =>
  new Map([...groups].map(([rank, members]) => [rank, members.length]))

const told = (what: string, { worst, ...tally }: Tally) =>
  counted(
    `plan against the exact optimum, ${what}: ${JSON.stringify(tally)}, worst by ${worst.toFixed(3)}`,
  )

for (const [cases, people, areKindsLimited, seeds] of [
  [12, 4, false, 50],
  [20, 6, true, 50],
  [30, 8, true, 20],
] as const)
  test(`with equal weights the plan is the exact optimum: ${cases} cases, ${people} people`, () => {
    const tally = compare({ cases, people, heaviest: 1, areKindsLimited }, seeds)
    told(`equal weights, ${cases} × ${people}`, tally)
    assert.deepEqual([tally.equal + tally.unproved, tally.instances], [seeds, seeds])
    assert.ok(tally.equal > seeds / 2)
  })

for (const [cases, people, seeds] of [
  [12, 4, 100],
  [20, 6, 100],
] as const)
  test(`with weights 1 to 5 the plan is near the exact optimum: ${cases} cases, ${people} people`, () => {
    const tally = compare({ cases, people, heaviest: 5, areKindsLimited: false }, seeds)
    told(`weights 1 to 5, ${cases} × ${people}`, tally)
    const decided = tally.instances - tally.undecided
    assert.equal(tally.placedLess, 0)
    assert.equal(tally.withinOneStep, decided)
    assert.ok(tally.withinOnePercent >= 0.85 * decided)
    assert.ok(decided > seeds / 2)
  })

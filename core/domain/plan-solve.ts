import { even } from './plan-even.ts'
import { fill } from './plan-fill.ts'
import { Filling } from './plan-filling.ts'
import { packed } from './plan-pack.ts'
import { areWeightsMixed, type PlanProblem } from './plan-problem.ts'
import { Repacking } from './plan-repack.ts'

/** Questions about where a case could go, in all. */
const workLimit = 120_000
/** Where weights differ: ways of giving out anew that are tried among few people and among many. */
const thorough = { mostPeople: 12, nodes: 80_000, size: 4 }
const quick = { nodes: 3_000, size: 2 }
/** What beginning with other people costs. */
const setupNodes = 20
const mostHeavy = 8

/**
 * How many of each group go to each person: the most cases, then the most even. With equal weights
 * the best there is; with different ones the best found in a bounded number of steps.
 */
export function solve(problem: PlanProblem): Filling {
  const filling = new Filling(problem)
  fill(problem, filling)
  if (areWeightsMixed(problem)) return polished(problem, packed(problem, filling))
  even(problem, filling, Infinity)
  return filling
}

function polished(problem: PlanProblem, filling: Filling): Filling {
  let work = even(problem, filling, workLimit)
  const isSmall = problem.people.length <= thorough.mostPeople
  const size = isSmall ? thorough.size : quick.size
  let nodes = isSmall ? thorough.nodes : quick.nodes
  for (let isBetter = true; isBetter && nodes > 0;) {
    const round = polish(problem, filling, nodes, size)
    nodes -= round.nodes
    ;({ isBetter } = round)
    if (!isBetter || (!isSmall && nodes > 0)) continue
    fill(problem, filling)
    work += even(problem, filling, workLimit - work)
  }
  return filling
}

/** Few people at a time are dealt with anew, the most loaded first, until something gets better. */
function polish(problem: PlanProblem, filling: Filling, nodes: number, size: number) {
  let spent = 0
  for (const people of circles(problem, filling, size)) {
    const repacking = new Repacking(problem, filling, people)
    const isBetter = repacking.run()
    spent += repacking.nodes + setupNodes
    if (isBetter || spent >= nodes) return { isBetter, nodes: spent }
  }
  return { isBetter: false, nodes: spent }
}

/** Pairs, then threes, then fours, with somebody among the most loaded in each. */
function* circles(
  problem: PlanProblem,
  filling: Filling,
  most: number,
): Generator<readonly number[]> {
  const order = [...problem.people.keys()].toSorted(
    (a, b) => filling.ratio(b) - filling.ratio(a) || a - b,
  )
  for (let size = 2; size <= most; size += 1)
    for (let first = 0; first < Math.min(order.length, mostHeavy); first += 1)
      for (const others of chosen(order, first + 1, size - 1)) yield [order[first] ?? 0, ...others]
}

/** Every way to choose so many from a place on. */
function* chosen(
  order: readonly number[],
  from: number,
  count: number,
): Generator<readonly number[]> {
  if (count === 0) yield []
  else
    for (let place = from; place <= order.length - count; place += 1)
      for (const others of chosen(order, place + 1, count - 1)) yield [order[place] ?? 0, ...others]
}

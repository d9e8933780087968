import { even } from './plan-even.ts'
import { fill } from './plan-fill.ts'
import { Filling } from './plan-filling.ts'
import type { PlanProblem } from './plan-problem.ts'
import { Repacking } from './plan-repack.ts'

const workLimit = 4_000_000
/** Where weights differ: so many ways of giving out anew are tried at most. */
const nodeLimit = 60_000
const mostHeavy = 8

/**
 * How many of each group go to each person: the most cases, then the most even. With equal weights
 * the best there is; with different ones the best found in a bounded number of steps.
 */
export function solve(problem: PlanProblem): Filling {
  const filling = new Filling(problem)
  fill(problem, filling)
  even(problem, filling, workLimit)
  const isUneven = new Set(problem.groups.map(({ weight }) => weight)).size > 1
  if (isUneven) polish(problem, filling)
  return filling
}

/** Few people at a time are dealt with anew, the most loaded first, until nothing gets better. */
function polish(problem: PlanProblem, filling: Filling): void {
  let nodes = 0
  for (;;) {
    let isBetter = false
    for (const people of circles(problem, filling)) {
      const repacking = new Repacking(problem, filling, people)
      isBetter = repacking.run()
      nodes += repacking.nodes
      if (isBetter || nodes >= nodeLimit) break
    }
    if (!isBetter || nodes >= nodeLimit) return
    fill(problem, filling)
    even(problem, filling, workLimit)
  }
}

/** Pairs, then threes, then fours, with somebody among the most loaded in each. */
function* circles(problem: PlanProblem, filling: Filling): Generator<readonly number[]> {
  const order = [...problem.people.keys()].toSorted(
    (a, b) => filling.ratio(b) - filling.ratio(a) || a - b,
  )
  for (const size of [2, 3, 4])
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

import { Chains, follow } from './plan-chain.ts'
import { type Filling, nobody } from './plan-filling.ts'
import { areWeightsMixed, type PlanProblem } from './plan-problem.ts'

/**
 * Places as many cases as possible, the most pressing first. With equal weights nothing better is
 * possible: what is placed once stays placed, though perhaps with somebody else. With different
 * weights the light ones go first, then more pressing ones take the places of less pressing ones.
 */
export function fill(problem: PlanProblem, filling: Filling): void {
  const chains = new Chains(problem, filling)
  const { groups } = problem
  const order = [...groups.keys()].toSorted(
    (a, b) => weightAt(a) - weightAt(b) || rankAt(a) - rankAt(b) || a - b,
  )
  placeAll(order)
  if (
    areWeightsMixed(problem) &&
    upgradeAll(order.toSorted((a, b) => rankAt(a) - rankAt(b) || a - b))
  )
    placeAll(order)

  function weightAt(group: number): number {
    return groups[group]?.weight ?? 0
  }
  function rankAt(group: number): number {
    return groups[group]?.rank ?? 0
  }

  function placeAll(inOrder: readonly number[]): void {
    const hopeless = new Set<number>()
    for (const group of inOrder) {
      const shape = groups[group]?.shape ?? nobody
      while ((filling.left[group] ?? 0) > 0 && !hopeless.has(shape))
        if (!place(group)) hopeless.add(shape)
    }
  }

  function place(group: number): boolean {
    const chain = chains.find({ starts: [group], from: nobody, level: Infinity })
    return chain !== null && follow(chain, filling, Infinity)
  }

  function upgradeAll(inOrder: readonly number[]): boolean {
    let isAny = false
    for (const group of inOrder) while (upgrade(group)) isAny = true
    return isAny
  }

  /** Places one more pressing case for a less pressing one that is left over instead. */
  function upgrade(group: number): boolean {
    if ((filling.left[group] ?? 0) === 0) return false
    const mayLeave = (other: number) => rankAt(other) > rankAt(group)
    const chain = chains.find({ starts: [group], from: nobody, level: Infinity, mayLeave })
    return chain !== null && follow(chain, filling, Infinity)
  }
}

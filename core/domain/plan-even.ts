import { type Chain, Chains, follow, retrace } from './plan-chain.ts'
import { type Filling, nobody, tolerance } from './plan-filling.ts'
import type { PlanProblem } from './plan-problem.ts'

/** Nobody is relieved of more cases than this at once. */
const mostChains = 500

/**
 * Makes the descending list of utilisations of those who receive smaller, chain after chain, until
 * no chain helps or `workLimit` questions have been asked. What is placed stays so by count and
 * urgency.
 */
export function even(problem: PlanProblem, filling: Filling, workLimit: number): number {
  const chains = new Chains(problem, filling)
  const people = [...problem.people.keys()]
  const areLimitsEqual = new Set(problem.people.map(({ load }) => load.limit)).size === 1
  while (heaviestFirst().filter(eased).length > 0);
  return chains.work

  function heaviestFirst(): readonly number[] {
    const ratios = people.map(person => filling.ratio(person))
    return people
      .filter(person => filling.receives(person))
      .toSorted((a, b) => (ratios[b] ?? 0) - (ratios[a] ?? 0) || a - b)
  }

  function eased(person: number): boolean {
    if (chains.work >= workLimit) return false
    return lowered(person) || (!areLimitsEqual && traded(person))
  }

  /** Brings the person below the present utilisation, or takes everything away again. */
  function lowered(person: number): boolean {
    const level = filling.ratio(person)
    const followed: Chain[] = []
    while (filling.ratio(person) >= level - tolerance) {
      const starts = filling.held(person).filter(group => filling.eases(group, person, level))
      const chain = chains.find({ starts, from: person, level })
      if (followed.length > mostChains || !chain || !follow(chain, filling, level)) {
        for (const one of followed.toReversed()) retrace(one, filling)
        return false
      }
      followed.push(chain)
    }
    return true
  }

  /** Somebody else reaches the same utilisation instead, coming from more than is left here. */
  function traded(person: number): boolean {
    const level = filling.ratio(person)
    return [...filling.held(person)].some(group => {
      filling.take(group, person)
      const rest = filling.ratio(person)
      filling.put(group, person)
      const isEnd = (last: number, other: number) =>
        filling.ratioWith(last, other) < level + tolerance &&
        filling.ratio(other) > rest + tolerance
      if (rest >= level - tolerance) return false
      const chain = chains.find({
        starts: [group],
        from: person,
        level: level + 2 * tolerance,
        isEnd,
      })
      return chain !== null && followedDown(chain, level)
    })
  }

  function followedDown(chain: Chain, level: number): boolean {
    const involved = [...new Set(chain.flatMap(({ from, to }) => [from, to]))].filter(
      one => one !== nobody,
    )
    const before = listOf(filling, involved)
    if (!follow(chain, filling, level + 2 * tolerance)) return false
    if (isLower(listOf(filling, involved), before)) return true
    retrace(chain, filling)
    return false
  }
}

/** Utilisations of those who receive, the highest first. */
export function listOf(filling: Filling, people: Iterable<number>): readonly number[] {
  return [...people]
    .map(person => filling.ratio(person))
    .filter(ratio => ratio >= 0)
    .toSorted((a, b) => b - a)
}

/** Is the first list lexicographically smaller? A list that ends is smaller than one that goes on. */
export function isLower(a: readonly number[], b: readonly number[]): boolean {
  for (const [place, ratio] of a.entries()) {
    const other = b[place]
    if (other === undefined) return false
    if (Math.abs(ratio - other) > tolerance) return ratio < other
  }
  return a.length < b.length
}

import { type Chain, Chains, follow, retrace } from './plan-chain.ts'
import { type Filling, nobody, tolerance } from './plan-filling.ts'
import type { PlanProblem } from './plan-problem.ts'

/** Nobody is relieved of more cases than this at once. */
const mostChains = 500

/**
 * Makes the descending list of utilisations of those who receive smaller, chain after chain, until
 * no chain helps or `workLimit` questions have been asked; returns how many were. What is placed
 * stays so by count and urgency.
 */
export function even(problem: PlanProblem, filling: Filling, workLimit: number): number {
  const chains = new Chains(problem, filling)
  const areLimitsEqual = new Set(problem.people.map(({ load }) => load.limit)).size === 1
  const isEased = (person: number): boolean =>
    chains.work < workLimit &&
    (isLowered(person, chains, filling) || (!areLimitsEqual && isTraded(person, chains, filling)))
  while (heaviestFirst(problem, filling).filter(isEased).length > 0);
  return chains.work
}

function heaviestFirst({ people }: PlanProblem, filling: Filling): readonly number[] {
  const ratios = people.map((_, person) => filling.ratio(person))
  return [...people.keys()]
    .filter(person => filling.receives(person))
    .toSorted((a, b) => (ratios[b] ?? 0) - (ratios[a] ?? 0) || a - b)
}

/** Brings the person below the present utilisation, or leaves everything as it was. */
function isLowered(person: number, chains: Chains, filling: Filling): boolean {
  const level = filling.ratio(person)
  const followed: Chain[] = []
  while (filling.ratio(person) >= level - tolerance) {
    const starts = filling.held(person).filter(group => filling.eases(group, person, level))
    const chain = followed.length < mostChains && chains.find({ starts, from: person, level })
    if (!chain || !follow(chain, filling, level)) {
      for (const one of followed.toReversed()) retrace(one, filling)
      return false
    }
    followed.push(chain)
  }
  return true
}

/** Lets somebody else reach the same utilisation instead, who comes from more than is left here. */
function isTraded(person: number, chains: Chains, filling: Filling): boolean {
  const level = filling.ratio(person)
  return [...filling.held(person)].some(group => {
    const rest = ratioWithout(group, person, filling)
    if (rest >= level - tolerance) return false
    const isEnd = (last: number, other: number) =>
      filling.ratioWith(last, other) < level + tolerance && filling.ratio(other) > rest + tolerance
    const chain = chains.find({
      starts: [group],
      from: person,
      level: level + 2 * tolerance,
      isEnd,
    })
    return chain !== null && isFollowedDown(chain, level, filling)
  })
}

function ratioWithout(group: number, person: number, filling: Filling): number {
  filling.take(group, person)
  const ratio = filling.ratio(person)
  filling.put(group, person)
  return ratio
}

/** Carries the chain out where the list becomes smaller by it. */
function isFollowedDown(chain: Chain, level: number, filling: Filling): boolean {
  const involved = new Set(chain.flatMap(({ from, to }) => [from, to]))
  involved.delete(nobody)
  const before = listOf(filling, involved)
  if (!follow(chain, filling, level + 2 * tolerance)) return false
  if (isLower(listOf(filling, involved), before)) return true
  retrace(chain, filling)
  return false
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

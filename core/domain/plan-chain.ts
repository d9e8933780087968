import { type Filling, nobody } from './plan-filling.ts'
import type { PlanProblem } from './plan-problem.ts'

/** One case of a group goes from one person to another; either may be `nobody`. */
export interface Step {
  readonly group: number
  readonly from: number
  readonly to: number
}
export type Chain = readonly Step[]

export interface Search {
  /** Groups of which one case is in hand at the beginning, and whose it was. */
  readonly starts: readonly number[]
  readonly from: number
  /** What grows on the way stays under this utilisation. */
  readonly level: number
  /** May the case end here? By default wherever it fits. */
  readonly isEnd?: (group: number, person: number) => boolean
  /** May a case of this group be left over for good? By default none may. */
  readonly mayLeave?: (group: number) => boolean
}

interface Hand {
  readonly group: number
  readonly from: number
  readonly before: Hand | null
  readonly root: number
}

/** Finds how a case can be placed when others move on for it: the shortest chain, breadth first. */
export class Chains {
  readonly #problem: PlanProblem
  readonly #filling: Filling
  readonly #byRank = new Map<number, number[]>()
  readonly #seen: Int32Array
  #round = 0
  /** Questions asked so far: the measure of work, equal on every machine. */
  work = 0

  constructor(problem: PlanProblem, filling: Filling) {
    this.#problem = problem
    this.#filling = filling
    this.#seen = new Int32Array(problem.groups.length)
    problem.groups.forEach(({ rank }, group) => {
      const same = this.#byRank.get(rank)
      if (same) same.push(group)
      else this.#byRank.set(rank, [group])
    })
  }

  find(search: Search): Chain | null {
    this.#round += 1
    const hands: Hand[] = []
    for (const group of search.starts) this.#take(hands, group, search.from, null)
    for (const hand of hands) {
      const end = this.#endOf(hand, search)
      if (end !== null) return chainTo(hand, end)
      this.#pass(hands, hand, search)
    }
    return null
  }

  #take(hands: Hand[], group: number, from: number, before: Hand | null): void {
    if (this.#seen[group] === this.#round) return
    this.#seen[group] = this.#round
    hands.push({ group, from, before, root: before?.root ?? group })
  }

  /** Who may keep the case in hand, the least loaded first; null: nobody may. */
  #endOf(hand: Hand, search: Search): number | null {
    const { group, root } = hand
    const { from, level, isEnd, mayLeave } = search
    if (mayLeave?.(group)) return nobody
    let best: number | null = null
    let lowest = Infinity
    const people = this.#problem.groups[group]?.people ?? []
    this.work += people.length
    for (const person of people) {
      const isBack = person === from
      if (isBack && (isEnd || !this.#isRelief(group, root, from, level))) continue
      if (!this.#filling.fits(person, group, isBack ? root : nobody, level)) continue
      if (isEnd && !isEnd(group, person)) continue
      const ratio = this.#filling.ratioWith(group, person)
      if (ratio < lowest) [best, lowest] = [person, ratio]
    }
    return best
  }

  /** Is a person who gives one of `root` away and gets one of `group` for it nearer to the level? */
  #isRelief(group: number, root: number, person: number, level: number): boolean {
    const { groups } = this.#problem
    const [came, went] = [groups[group], groups[root]]
    if (!came || !went) return false
    return (
      came.weight < went.weight ||
      (came.kind !== went.kind && this.#filling.isKindAt(root, person, level))
    )
  }

  /** Everything that could be taken up for the case in hand. */
  #pass(hands: Hand[], hand: Hand, { level }: Search): void {
    const { group } = hand
    const asked = this.#problem.groups[group]
    for (const person of asked?.people ?? []) {
      for (const out of this.#filling.held(person)) {
        if (this.#seen[out] === this.#round) continue
        this.work += 1
        if (this.#filling.fits(person, group, out, level)) this.#take(hands, out, person, hand)
      }
    }
    if (hand.from === nobody) return
    for (const other of this.#byRank.get(asked?.rank ?? 0) ?? [])
      if ((this.#filling.left[other] ?? 0) > 0) this.#take(hands, other, nobody, hand)
  }
}

function chainTo(last: Hand, end: number): Chain {
  const steps: Step[] = []
  let to = end
  for (let hand: Hand | null = last; hand; hand = hand.before) {
    steps.push({ group: hand.group, from: hand.from, to })
    to = hand.from
  }
  return steps
}

/**
 * Carries the chain out and returns true, or leaves all as it was when somebody who stands in it
 * twice cannot bear both steps together.
 */
export function follow(chain: Chain, filling: Filling, level: number): boolean {
  for (const { group, from } of chain) filling.move(group, from, nobody)
  for (const { group, to } of chain) filling.move(group, nobody, to)
  const origin = chain.at(-1)?.from
  const isSound = ({ to }: Step) =>
    to === nobody || filling.isSound(to, to === origin ? Infinity : level)
  if (isSimple(chain) || chain.every(isSound)) return true
  retrace(chain, filling)
  return false
}

export function retrace(chain: Chain, filling: Filling): void {
  for (const { group, to } of chain) filling.move(group, to, nobody)
  for (const { group, from } of chain) filling.move(group, nobody, from)
}

function isSimple(chain: Chain): boolean {
  const people = chain.map(({ to }) => to).filter(to => to !== nobody)
  return new Set(people).size === people.length
}

import { Filling, nobody, tolerance } from './plan-filling.ts'
import { type Group, type PlanProblem, worthIn } from './plan-problem.ts'
import { restOf } from './plan-repack.ts'

/** Of more cases than this the worths do not add up exactly, and there are too many ways. */
const mostCases = 50
/** A node costs the more the more people there are, so of many people fewer ways are tried. */
const mostNodes = 20_000
const fewPeople = 20

/**
 * Where cases are left over and there are not too many, gives all of them out anew in every way
 * worth trying. Returns the best way found, with more cases or more pressing ones, or what there is.
 */
export function packed(problem: PlanProblem, filling: Filling): Filling {
  const possible = problem.groups
    .map((one, group) => ({ ...one, group }))
    .filter(({ people }) => people.length > 0)
  const cases = possible.flatMap(one => one.cases.map(() => one))
  if (cases.length > mostCases) return filling
  const worth = worthIn(cases)
  const lost = possible.reduce((sum, one) => sum + worth(one) * (filling.left[one.group] ?? 0), 0)
  if (lost === 0) return filling
  const items = cases.map(one => ({ ...one, worth: worth(one) })).toSorted(heaviestFirst)
  return new Packing(problem, items, lost).run() ?? filling
}

/** One case. */
interface Item extends Group {
  readonly group: number
  readonly worth: number
}

/** Of equally heavy ones first those that the fewest people may get. */
const heaviestFirst = (a: Item, b: Item): number =>
  b.weight - a.weight || a.people.length - b.people.length || a.shape - b.shape || a.rank - b.rank

/** People who alone may get some of the items. */
interface Circle {
  readonly people: readonly number[]
  /** Points of such items from a place on. */
  readonly rest: readonly number[]
}

class Packing {
  readonly #filling: Filling
  readonly #items: readonly Item[]
  /** All weights are multiples of it. */
  readonly #unit: number
  readonly #leastWorth: number
  readonly #circles: readonly Circle[]
  /** People of one class may get the same groups. */
  readonly #classes: readonly number[]
  /** All that matters of each person now. */
  readonly #states: string[]
  /** The least that had been lost when the same states were met before. */
  readonly #met = new Map<string, number>()
  /** To whom each item goes. */
  readonly #places: number[] = []
  #best: readonly number[] | null = null
  /** What the best way loses. */
  #lost: number
  #nodes = 0
  readonly #mostNodes: number

  constructor(problem: PlanProblem, items: readonly Item[], lost: number) {
    this.#filling = new Filling(problem)
    this.#items = items
    this.#unit = items.reduce((unit, { weight }) => commonOf(unit, weight), 0)
    this.#leastWorth = Math.min(...items.map(({ worth }) => worth))
    this.#circles = circlesOf(problem, items)
    this.#classes = classesOf(problem)
    this.#states = problem.people.map((_, person) => this.#stateOf(person))
    this.#lost = lost
    this.#mostNodes = mostNodes * Math.min(1, fewPeople / problem.people.length)
  }

  /** null: there is nothing better, or it was not found. */
  run(): Filling | null {
    this.#try(0, 0)
    if (!this.#best) return null
    for (const [place, person] of this.#best.entries())
      this.#filling.move(this.#items[place]?.group ?? nobody, nobody, person)
    return this.#filling
  }

  #try(place: number, lost: number): void {
    this.#nodes += 1
    if (this.#nodes > this.#mostNodes || this.#lostAtLeast(place, lost) >= this.#lost) return
    const item = this.#items[place]
    if (!item) return this.#keep(lost)
    if (this.#isMet(place, lost)) return
    for (const person of this.#choices(item)) {
      const state = this.#states[person] ?? ''
      this.#places[place] = person
      this.#filling.put(item.group, person)
      this.#states[person] = this.#stateOf(person)
      this.#try(place + 1, lost)
      this.#filling.take(item.group, person)
      this.#states[person] = state
    }
    this.#places[place] = nobody
    this.#try(place + 1, lost + item.worth)
  }

  #keep(lost: number): void {
    this.#best = [...this.#places]
    this.#lost = lost
  }

  /** With the cases that must still be left for want of room, were all as heavy as the next. */
  #lostAtLeast(place: number, lost: number): number {
    const heaviest = this.#items[place]?.weight ?? 0
    const rooms = this.#classes.map((_, person) => this.#roomOf(person))
    let most = 0
    for (const { people, rest } of this.#circles) {
      const room = people.reduce((sum, person) => sum + (rooms[person] ?? 0), 0)
      const over = (rest[place] ?? 0) - room
      if (over > tolerance) most = Math.max(most, Math.ceil(over / heaviest - tolerance))
    }
    return lost + most * this.#leastWorth
  }

  /** Points that may still come, nobody quite reaching the limit. */
  #roomOf(person: number): number {
    const units = Math.ceil(this.#filling.room(person, 1) / this.#unit - tolerance) - 1
    return Math.max(0, units) * this.#unit
  }

  /** Has the same been tried with no more lost? */
  #isMet(place: number, lost: number): boolean {
    const key = `${place} ${this.#states.toSorted().join(',')}`
    if ((this.#met.get(key) ?? Infinity) <= lost) return true
    this.#met.set(key, lost)
    return false
  }

  #stateOf(person: number): string {
    return `${this.#classes[person]} ${this.#filling.rooms(person).join(' ')}`
  }

  /** Who may get the item, those with the least room first. */
  #choices({ group, people }: Item): readonly number[] {
    return people
      .filter(person => this.#filling.fits(person, group, nobody, Infinity))
      .toSorted((a, b) => this.#filling.room(a, 1) - this.#filling.room(b, 1))
  }
}

function circlesOf(problem: PlanProblem, items: readonly Item[]): readonly Circle[] {
  const all = [...problem.people.keys()]
  const circles = new Map([all, ...items.map(({ people }) => people)].map(one => [one.join(), one]))
  return [...circles.values()].map(people => ({
    people,
    rest: restOf(
      items.map(item => (item.people.every(one => people.includes(one)) ? item.weight : 0)),
    ),
  }))
}

function classesOf({ people, groups }: PlanProblem): readonly number[] {
  const names = people.map((_, person) =>
    groups.map(group => Number(group.people.includes(person))).join(''),
  )
  return names.map(name => names.indexOf(name))
}

/** The largest number both are multiples of. */
const commonOf = (a: number, b: number): number => (b < tolerance ? a : commonOf(b, a % b))

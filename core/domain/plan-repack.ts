import { isLower, listOf } from './plan-even.ts'
import { type Filling, nobody, tolerance } from './plan-filling.ts'
import { type PlanProblem, worthIn } from './plan-problem.ts'

/** More cases than this are not given out anew together. */
const mostItems = 16
const mostNodes = 8_000

interface Item {
  readonly group: number
  readonly weight: number
  /** Count first, then urgency: any sum of less pressing ones is less. */
  readonly value: number
  readonly people: readonly number[]
}

/**
 * Gives what these few people get, and cases left over, out anew in every way worth trying, and
 * keeps the best way found: more cases, more pressing ones, a lower list of utilisations.
 */
export class Repacking {
  readonly #filling: Filling
  readonly #people: readonly number[]
  readonly #items: readonly Item[]
  /** Points of the items from a place on. */
  readonly #rest: readonly number[]
  /** To whom each item goes now. */
  readonly #places: number[]
  #best: readonly number[]
  #bestValue: number
  #bestList: readonly number[]
  #isBetter = false
  nodes = 0

  constructor(problem: PlanProblem, filling: Filling, people: readonly number[]) {
    this.#filling = filling
    this.#people = people
    const held = people.flatMap(person =>
      filling.held(person).flatMap(group => times(filling.count(group, person), { group, person })),
    )
    const found = [...held, ...leftFor(problem, filling, people, mostItems - held.length)]
    const ordered = found.toSorted(
      (a, b) => weightOf(problem, b) - weightOf(problem, a) || a.group - b.group,
    )
    this.#items = itemsOf(problem, ordered, people)
    this.#rest = restOf(this.#items.map(({ weight }) => weight))
    this.#places = ordered.map(({ person }) => person)
    this.#best = [...this.#places]
    this.#bestList = listOf(filling, people)
    this.#bestValue = sum(this.#items.filter((_, place) => this.#places[place] !== nobody))
  }

  /** True when a better way was found and stands. */
  run(): boolean {
    const items = this.#items
    if (items.length > mostItems || items.length === 0) return false
    this.#lay(this.#best, -1)
    this.#try(0, 0, sum(items))
    this.#lay(this.#best, 1)
    return this.#isBetter
  }

  #lay(places: readonly number[], sign: 1 | -1): void {
    places.forEach((person, place) => {
      const group = this.#items[place]?.group ?? nobody
      if (sign > 0) this.#filling.move(group, nobody, person)
      else this.#filling.move(group, person, nobody)
    })
  }

  /** `hoped`: the value when everything from `place` on is placed too. */
  #try(place: number, value: number, hoped: number): void {
    this.nodes += 1
    if (this.nodes > mostNodes || hoped < this.#bestValue) return
    if (hoped === this.#bestValue && this.#isHopeless(place)) return
    const item = this.#items[place]
    if (!item) return this.#keep(value)
    for (const person of this.#choices(item, place)) {
      this.#places[place] = person
      this.#filling.put(item.group, person)
      this.#try(place + 1, value + item.value, hoped)
      this.#filling.take(item.group, person)
    }
    this.#places[place] = nobody
    this.#try(place + 1, value, hoped - item.value)
  }

  /** Nothing lower can come of it when all the rest is placed too. */
  #isHopeless(place: number): boolean {
    const highest = this.#bestList[0] ?? -1
    let now = -1
    let room = 0
    for (const person of this.#people) {
      const ratio = this.#filling.ratio(person)
      if (ratio > now) now = ratio
      room += this.#filling.room(person, highest)
    }
    if (now > highest + tolerance || room < (this.#rest[place] ?? 0) - tolerance) return true
    if (now < highest - tolerance && place < this.#items.length) return false
    return !isLower(listOf(this.#filling, this.#people), this.#bestList)
  }

  #keep(value: number): void {
    this.#best = [...this.#places]
    this.#bestValue = value
    this.#bestList = listOf(this.#filling, this.#people)
    this.#isBetter = true
  }

  /** Who may get the item, the least loaded first; equal items go to people in one order only. */
  #choices({ group, people }: Item, place: number): readonly number[] {
    const isSame = place > 0 && this.#items[place - 1]?.group === group
    const before = isSame ? (this.#places[place - 1] ?? nobody) : null
    if (before === nobody) return []
    return people
      .filter(
        person =>
          (before === null || person >= before) &&
          this.#filling.fits(person, group, nobody, Infinity),
      )
      .map(person => ({ person, ratio: this.#filling.ratioWith(group, person) }))
      .toSorted((a, b) => a.ratio - b.ratio)
      .map(({ person }) => person)
  }
}

interface Found {
  readonly group: number
  readonly person: number
}

const times = (count: number, found: Found): readonly Found[] =>
  Array.from({ length: count }, () => found)

const weightOf = ({ groups }: PlanProblem, { group }: Found): number => groups[group]?.weight ?? 0

/** Cases left over that one of these people could get, at most so many. */
function leftFor(
  { groups }: PlanProblem,
  filling: Filling,
  people: readonly number[],
  most: number,
): readonly Found[] {
  const found: Found[] = []
  groups.forEach((group, place) => {
    const room = Math.min(filling.left[place] ?? 0, most - found.length)
    if (room > 0 && people.some(person => group.people.includes(person)))
      found.push(...times(room, { group: place, person: nobody }))
  })
  return found
}

function itemsOf(
  { groups }: PlanProblem,
  found: readonly Found[],
  people: readonly number[],
): readonly Item[] {
  const cases = found.flatMap(({ group: place }) => {
    const group = groups[place]
    return group ? { ...group, place } : []
  })
  const worth = worthIn(cases)
  return cases.map(one => ({
    group: one.place,
    weight: one.weight,
    value: worth(one),
    people: people.filter(person => one.people.includes(person)),
  }))
}

/** Their sum from each place on. */
export function restOf(weights: readonly number[]): readonly number[] {
  const rest = [0]
  for (const weight of weights.toReversed()) rest.push((rest.at(-1) ?? 0) + weight)
  return rest.toReversed()
}

const sum = (items: readonly Item[]): number => items.reduce((total, { value }) => total + value, 0)

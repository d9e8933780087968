import { ratioOf } from './load.ts'
import type { PlanProblem } from './plan-problem.ts'

/** Sums of weights are compared with this much tolerance. */
export const tolerance = 1e-9
/** Stands for «nobody»: where the cases are that are not placed. */
export const nobody = -1

/** Who gets how many of each group, while it is being worked out. */
export class Filling {
  /** Cases of each group not placed. */
  readonly left: Int32Array
  readonly #size: number
  readonly #kindCount: number
  readonly #weights: Float64Array
  readonly #kindOf: Int32Array
  readonly #limits: Float64Array
  readonly #allowances: Float64Array
  readonly #kindLimits: Float64Array
  readonly #base: Float64Array
  readonly #counts: Int32Array
  readonly #points: Float64Array
  readonly #added: Float64Array
  readonly #kindPoints: Float64Array
  readonly #received: Int32Array
  readonly #held: readonly number[][]

  constructor({ people, groups, kindCount }: PlanProblem) {
    this.#size = groups.length
    this.#kindCount = kindCount
    this.#weights = Float64Array.from(groups, group => group.weight)
    this.#kindOf = Int32Array.from(groups, group => group.kind)
    this.#limits = Float64Array.from(people, one => one.load.limit)
    this.#allowances = Float64Array.from(people, one => one.allowance)
    this.#kindLimits = Float64Array.from(people.flatMap(one => one.kindLimits))
    this.#base = Float64Array.from(people, one => one.load.utilisation)
    this.#counts = new Int32Array(people.length * groups.length)
    this.#points = Float64Array.from(people, one => one.load.points)
    this.#added = new Float64Array(people.length)
    this.#kindPoints = Float64Array.from(people.flatMap(one => one.kindPoints))
    this.#received = Int32Array.from(people, one => (one.isGiven ? 1 : 0))
    this.#held = people.map(() => [])
    this.left = Int32Array.from(groups, group => group.cases.length)
  }

  put(group: number, person: number): void {
    this.#change(group, person, 1)
    if (this.count(group, person) === 1) this.#held[person]?.push(group)
  }

  take(group: number, person: number): void {
    this.#change(group, person, -1)
    if (this.count(group, person) > 0) return
    const held = this.#held[person]
    held?.splice(held.indexOf(group), 1)
  }

  /** Moves one case; either side may be `nobody`. */
  move(group: number, from: number, to: number): void {
    if (from !== nobody) this.take(group, from)
    if (to !== nobody) this.put(group, to)
  }

  /** Groups of which the person gets something. */
  held(person: number): readonly number[] {
    return this.#held[person] ?? []
  }

  count(group: number, person: number): number {
    return this.#counts[person * this.#size + group] ?? 0
  }

  receives(person: number): boolean {
    return (this.#received[person] ?? 0) > 0
  }

  /** Utilisation of one who receives, else −1. */
  ratio(person: number): number {
    return this.receives(person) ? this.#highest(person, nobody, 0) : -1
  }

  /** Utilisation with one case of the group more. */
  ratioWith(group: number, person: number): number {
    return this.#highest(person, this.#kindOf[group] ?? nobody, this.#weights[group] ?? 0)
  }

  points(person: number): number {
    return this.#points[person] ?? 0
  }

  /** Points that may still come before the utilisation is above `level`. */
  room(person: number, level: number): number {
    const most = Math.min(1, level) * (this.#limits[person] ?? 0)
    return (this.#base[person] ?? 0) > level + tolerance
      ? 0
      : Math.max(0, most - this.points(person))
  }

  /** All that bounds what may still come: in all, today, of each kind. */
  rooms(person: number): readonly number[] {
    const from = person * this.#kindCount
    const kinds = this.#kindPoints.subarray(from, from + this.#kindCount)
    return [
      (this.#limits[person] ?? 0) - this.points(person),
      (this.#allowances[person] ?? 0) - (this.#added[person] ?? 0),
      ...Array.from(kinds, (points, kind) => (this.#kindLimits[from + kind] ?? 0) - points),
    ]
  }

  /** Is everything the person gets within the limits, below `level` and within the allowance? */
  isSound(person: number, level: number): boolean {
    const added = this.#added[person] ?? 0
    if (added > 0 && added > (this.#allowances[person] ?? 0) + tolerance) return false
    return this.ratio(person) < Math.min(1, level) - tolerance
  }

  /**
   * Can one of `group` come while one of `out` goes (`nobody`: none does)? What grows by it stays
   * under the limits and under `level`.
   */
  fits(person: number, group: number, out: number, level: number): boolean {
    if (!this.receives(person) && (this.#base[person] ?? 0) >= level - tolerance) return false
    const weight = this.#weights[group] ?? 0
    const gone = out === nobody ? 0 : (this.#weights[out] ?? 0)
    const most = Math.min(1, level)
    const more = weight - gone
    if (more > 0) {
      if (this.points(person) + more >= most * (this.#limits[person] ?? 0) - tolerance) return false
      if ((this.#added[person] ?? 0) + more > (this.#allowances[person] ?? 0) + tolerance)
        return false
    }
    const kind = this.#kindOf[group] ?? nobody
    if (kind === nobody) return true
    const moreOfKind = weight - (out !== nobody && this.#kindOf[out] === kind ? gone : 0)
    if (moreOfKind <= 0) return true
    const place = person * this.#kindCount + kind
    const sum = (this.#kindPoints[place] ?? 0) + moreOfKind
    return sum < most * (this.#kindLimits[place] ?? Infinity) - tolerance
  }

  /** Does giving one of the group away lower what makes this person reach `level`? */
  eases(group: number, person: number, level: number): boolean {
    if ((this.#base[person] ?? 0) >= level - tolerance) return true
    const weight = this.#weights[group] ?? 0
    if (this.points(person) >= level * (this.#limits[person] ?? 0) - tolerance) return weight > 0
    return this.isKindAt(group, person, level)
  }

  /** Does the person reach `level` by the kind of this group? */
  isKindAt(group: number, person: number, level: number): boolean {
    const kind = this.#kindOf[group] ?? nobody
    if (kind === nobody) return false
    const place = person * this.#kindCount + kind
    return (this.#kindPoints[place] ?? 0) >= level * (this.#kindLimits[place] ?? 0) - tolerance
  }

  #change(group: number, person: number, sign: 1 | -1): void {
    const weight = (this.#weights[group] ?? 0) * sign
    add(this.#counts, person * this.#size + group, sign)
    add(this.left, group, -sign)
    add(this.#received, person, sign)
    add(this.#points, person, weight)
    add(this.#added, person, weight)
    const kind = this.#kindOf[group] ?? nobody
    if (kind !== nobody) add(this.#kindPoints, person * this.#kindCount + kind, weight)
  }

  /** The largest ratio when `more` points of a kind are added. */
  #highest(person: number, kind: number, more: number): number {
    const total = (this.points(person) + more) / (this.#limits[person] ?? 1)
    let highest = Math.max(this.#base[person] ?? 0, total)
    for (let other = 0; other < this.#kindCount; other += 1) {
      const place = person * this.#kindCount + other
      const limit = this.#kindLimits[place] ?? Infinity
      if (limit === Infinity) continue
      const points = (this.#kindPoints[place] ?? 0) + (other === kind ? more : 0)
      highest = Math.max(highest, ratioOf(points, limit))
    }
    return highest
  }
}

function add(sums: Float64Array | Int32Array, place: number, more: number): void {
  sums[place] = (sums[place] ?? 0) + more
}

import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import type { EmployeeId } from './id.ts'
import { type Filling, nobody } from './plan-filling.ts'
import type { PlanProblem } from './plan-problem.ts'

/** One case with the place of the person it goes to. */
export interface Placed {
  readonly theCase: Case
  readonly group: number
  readonly person: number
}

/**
 * Which case of each group goes to whom: the most pressing are placed, and clients go to those who
 * know them as far as the numbers allow.
 */
export function give(problem: PlanProblem, filling: Filling, world: DropWorld): readonly Placed[] {
  const knows = knowledgeOf(problem, world)
  const placed = problem.groups.flatMap((_, group) => placedOf(problem, filling, group, knows))
  return exchanged(placed, problem, knows)
}

/** Places of the people who know the client of a case. */
type Knows = (theCase: Case) => ReadonlySet<number>

const nobodyKnows: ReadonlySet<number> = new Set()

function knowledgeOf({ people }: PlanProblem, { acquainted }: DropWorld): Knows {
  const placeOf = new Map<EmployeeId, number>()
  people.forEach(({ employee }, place) => placeOf.set(employee.employeeId, place))
  const known = new Map<string, ReadonlySet<number>>()
  return ({ clientId }) => {
    if (clientId === null) return nobodyKnows
    let places = known.get(clientId)
    if (!places) {
      places = new Set(acquainted[clientId]?.flatMap(id => placeOf.get(id) ?? []))
      known.set(clientId, places)
    }
    return places
  }
}

function placedOf(
  { groups, people }: PlanProblem,
  filling: Filling,
  group: number,
  knows: Knows,
): readonly Placed[] {
  const { cases = [] } = groups[group] ?? {}
  const quota = people.map((_, person) => filling.count(group, person))
  const chosen = cases.slice(0, cases.length - (filling.left[group] ?? 0))
  const takers = new Map<Case, number>()
  const hand = (theCase: Case, person: number) => {
    if (person === nobody) return
    quota[person] = (quota[person] ?? 0) - 1
    takers.set(theCase, person)
  }
  const firstOf = (among: Iterable<number>) =>
    [...among].filter(person => (quota[person] ?? 0) > 0).toSorted((a, b) => a - b)[0] ?? nobody
  for (const theCase of chosen) hand(theCase, firstOf(knows(theCase)))
  const takersLeft = quota.flatMap((count, person) => Array.from({ length: count }, () => person))
  for (const theCase of chosen)
    if (!takers.has(theCase)) hand(theCase, takersLeft.shift() ?? nobody)
  return [...takers].map(([theCase, person]) => ({ theCase, group, person }))
}

/** Two cases of one weight and kind change places where more clients meet somebody they know. */
function exchanged(
  given: readonly Placed[],
  { groups }: PlanProblem,
  knows: Knows,
): readonly Placed[] {
  const placed = [...given]
  const isKnown = (theCase: Case, person: number) => Number(knows(theCase).has(person))
  const may = (group: number, person: number) => groups[group]?.people.includes(person) === true
  const gain = (one: Placed, other: Placed) =>
    isKnown(one.theCase, other.person) +
    isKnown(other.theCase, one.person) -
    isKnown(one.theCase, one.person) -
    isKnown(other.theCase, other.person)
  for (const [place, one] of placed.entries()) {
    const friends = knows(one.theCase)
    if (friends.size === 0 || friends.has(one.person)) continue
    const weight = groups[one.group]?.weight
    const kind = groups[one.group]?.kind
    const partner = placed.findIndex(
      other =>
        friends.has(other.person) &&
        groups[other.group]?.weight === weight &&
        groups[other.group]?.kind === kind &&
        may(one.group, other.person) &&
        may(other.group, one.person) &&
        gain(one, other) > 0,
    )
    const other = placed[partner]
    if (!other) continue
    placed[place] = { ...one, person: other.person }
    placed[partner] = { ...other, person: one.person }
  }
  return placed
}

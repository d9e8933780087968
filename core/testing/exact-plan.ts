/** The best plan there is, found by an exact solver: what ours is measured against. */
import loadHighs from 'highs'
import { judge } from '../domain/assign.ts'
import { isOverdue } from '../domain/case-state.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import type { PersonLoad } from '../domain/load.ts'
import type { Employee } from '../domain/org.ts'

const highs = await loadHighs()
const longestSeconds = 3

/** Cases alike in all that matters, and who may get them. */
interface Alike {
  readonly first: Case
  readonly count: number
  readonly rank: number
  readonly people: readonly number[]
}

/** One whole number to find: how many of these go to this person. */
interface Cell {
  readonly name: string
  readonly alike: Alike
  readonly person: number
}

export interface Model {
  readonly people: readonly { readonly employee: Employee; readonly load: PersonLoad }[]
  readonly cells: readonly Cell[]
  /** Every case goes to one person at most, and nobody reaches a limit. */
  readonly rows: readonly string[]
}

/** Cases placed by rank: 0 the most overdue of the highest priority. */
export type ByRank = ReadonlyMap<number, number>

export const rankOfCase = (theCase: Case, now: number): number =>
  (isOverdue(theCase, now) ? 0 : 4) + 3 - theCase.priority

export function modelOf(
  cases: readonly Case[],
  employees: readonly Employee[],
  world: DropWorld,
): Model {
  const people = employees.flatMap(employee => {
    const load = world.loads.get(employee.employeeId)
    return load ? [{ employee, load }] : []
  })
  const alike = alikeOf(cases, employees, world)
  const cells = alike.flatMap((one, group) =>
    one.people.map(person => ({ name: `x${group}_${person}`, alike: one, person })),
  )
  const once = alike.flatMap(one => {
    const own = cells.filter(cell => cell.alike === one)
    return own.length > 0 ? `${own.map(({ name }) => name).join(' + ')} <= ${one.count}` : []
  })
  const model = { people, cells, rows: once }
  const below = people.flatMap((_, person) =>
    limitsOf(model, person).map(
      ({ of, held, limit }) => `${weighed(of, 1).join(' + ')} <= ${limit - held - 0.5}`,
    ),
  )
  return { ...model, rows: [...once, ...below] }
}

/**
 * The most cases, then the most overdue, then by priority; null: not proved in time. Asked one
 * after another: in one sum the worth of a rank would vanish in the solver's tolerance.
 */
export function mostPlaced({ cells, rows }: Model): ByRank | null {
  const ranks = [...new Set(cells.map(({ alike }) => alike.rank))].toSorted((a, b) => a - b)
  const byRank = new Map<number, number>()
  const known = [...rows]
  for (const rank of [null, ...ranks]) {
    const own = cells.filter(({ alike }) => rank === null || alike.rank === rank)
    const total = own.map(({ name }) => name).join(' + ')
    const { isProved, bound } = solve(`Maximize\n goal: ${total}`, cells, known, [])
    if (!isProved) return null
    const count = Math.round(bound)
    known.push(`${total} >= ${count}`)
    if (rank !== null) byRank.set(rank, count)
  }
  return byRank
}

/**
 * The lowest that the highest utilisation of those who receive can be with so many placed, looked
 * for up to `known`; `isProved` false: the time was up and `lowest` is only known to be no lower.
 */
export function lowestHighest(model: Model, placed: ByRank, known: number) {
  const { people, cells, rows } = model
  const asMany = asManyRows(cells, placed)
  const under = [...rows, ...asMany, ...underRows(model, known)]
  const question = solve(`Minimize\n goal: 0 ${cells[0]?.name ?? ''}`, cells, under, [])
  if (question.isImpossible) return { isProved: true, lowest: known }
  const above = aboveRows(model)
  const switches = people.flatMap((_, person) =>
    cells.some(cell => cell.person === person) ? `y${person}` : [],
  )
  const bounded = [...rows, ...asMany, ...above, `z <= ${known + 1e-9}`]
  const { isProved, bound } = solve('Minimize\n goal: z', cells, bounded, switches)
  return { isProved, lowest: bound }
}

/** As many of each rank as placed. */
const asManyRows = (cells: readonly Cell[], placed: ByRank): readonly string[] =>
  [...placed].flatMap(([rank, count]) => {
    const own = cells.filter(({ alike }) => alike.rank === rank)
    return own.length > 0 ? `${own.map(({ name }) => name).join(' + ')} = ${count}` : []
  })

/** Everybody who receives stays under this utilisation: whole points, so a step below it. */
const underRows = (model: Model, known: number): readonly string[] =>
  model.people.flatMap(({ load }, person) => {
    const own = model.cells.filter(cell => cell.person === person)
    if (own.length === 0) return []
    if (load.utilisation >= known - 1e-9) return `${own.map(({ name }) => name).join(' + ')} <= 0`
    return limitsOf(model, person).map(
      ({ of, held, limit }) =>
        `${weighed(of, 1).join(' + ')} <= ${Math.ceil(known * limit - 1e-6) - 0.5 - held}`,
    )
  })

/** `z` is at least the utilisation of everybody who receives. */
const aboveRows = (model: Model): readonly string[] =>
  model.people.flatMap(({ load }, person) => {
    const own = model.cells.filter(cell => cell.person === person)
    if (own.length === 0) return []
    const receives = own.map(({ name, alike }) => `${name} - ${alike.count} y${person} <= 0`)
    const wakes = `z - ${load.utilisation} y${person} >= 0`
    const grows = limitsOf(model, person).map(
      ({ of, held, limit }) =>
        `z - ${[...weighed(of, 1 / limit), `${held / limit} y${person}`].join(' - ')} >= 0`,
    )
    return [...receives, wakes, ...grows]
  })

function solve(
  goal: string,
  cells: readonly Cell[],
  rows: readonly string[],
  switches: readonly string[],
) {
  const lines = [
    goal,
    'Subject To',
    ...rows.map((row, place) => ` r${place}: ${row}`),
    'Bounds',
    ...cells.map(({ name, alike }) => ` 0 <= ${name} <= ${alike.count}`),
    'Generals',
    ...cells.map(({ name }) => ` ${name}`),
    'Binaries',
    ...switches.map(name => ` ${name}`),
    'End',
  ]
  return highs.withModel({ format: 'lp', data: `${lines.join('\n')}\n` }, model => {
    model.options.set({ output_flag: false, time_limit: longestSeconds, mip_rel_gap: 1e-6 })
    model.run()
    const status = model.getModelStatus()
    const isProved = status === highs.constants.modelStatus.optimal
    return {
      isProved,
      isImpossible: status === highs.constants.modelStatus.infeasible,
      bound: isProved ? model.getObjectiveValue() : Number(model.info.get('mip_dual_bound')),
    }
  })
}

/** May the case go to the person at all, were there no load? Asked of the judge of drops. */
function alikeOf(
  cases: readonly Case[],
  employees: readonly Employee[],
  world: DropWorld,
): readonly Alike[] {
  const idle = { ...world, loads: new Map() }
  const found = new Map<string, Alike>()
  for (const theCase of cases) {
    const people = employees.flatMap((one, place) => {
      const load = world.loads.get(one.employeeId)
      const roomy = { ...one, limit: (load?.limit ?? 0) > 0 ? 1000 : 0 }
      const codes = judge(theCase, roomy, idle).reasons.map(({ code }) => code)
      const isFit = !codes.some(code => !['load', 'overLimit', 'overKindLimit'].includes(code))
      return isFit && load && load.utilisation < 1 ? [place] : []
    })
    const rank = rankOfCase(theCase, world.now)
    const key = JSON.stringify([theCase.weight, theCase.kindId, rank, people])
    const count = (found.get(key)?.count ?? 0) + 1
    found.set(key, { first: theCase, count, rank, people })
  }
  return [...found.values()]
}

/** The limits of a person: in all, and of kinds; with what counts against each. */
function limitsOf({ people, cells }: Pick<Model, 'people' | 'cells'>, person: number) {
  const { employee, load } = people[person] ?? {}
  const own = cells.filter(cell => cell.person === person)
  if (!employee || !load || own.length === 0) return []
  const ofKinds = [...load.byKind].flatMap(([kindId, { points, limit }]) => {
    const of = own.filter(({ alike }) => alike.first.kindId === kindId)
    return of.length > 0 && employee.kindLimits[kindId] !== undefined
      ? [{ of, held: points, limit }]
      : []
  })
  return [{ of: own, held: load.points, limit: load.limit }, ...ofKinds]
}

const weighed = (cells: readonly Cell[], share: number): readonly string[] =>
  cells.map(({ name, alike }) => `${alike.first.weight * share} ${name}`)

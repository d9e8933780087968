import type { Case, Kind } from '../../core/domain/case.ts'
import {
  type DayCell,
  dayCellsOf,
  type Heat,
  kindCellOf,
  workingDays,
} from '../../core/domain/heat.ts'
import type { CaseId, EmployeeId, KindId } from '../../core/domain/id.ts'
import type { PersonLoad } from '../../core/domain/load.ts'
import type { AbsenceKind, Department, Employee } from '../../core/domain/org.ts'
import { byName } from '../state/by-name.ts'
import { type TeamNode, teamOf } from '../state/team.ts'
import { remembering, type World } from '../state/world.ts'
import { allKinds, type HeatMode } from './heat-state.ts'

/** What a cell shows: work against room for it, in hours or in points. */
export interface Cell {
  readonly part: number
  readonly whole: number
  readonly heat: Heat
  readonly caseIds: readonly CaseId[]
  /** Cases done too late. */
  readonly late: number
  readonly absence: AbsenceKind | null
}

export type Column =
  | { readonly kind: 'day'; readonly columnId: string }
  | { readonly kind: 'all'; readonly columnId: string }
  | { readonly kind: 'kind'; readonly columnId: string; readonly name: string }

export interface PersonLine {
  readonly kind: 'person'
  readonly key: string
  readonly employee: Employee
  readonly load: PersonLoad
  readonly held: readonly Case[]
  readonly cells: readonly Cell[]
}
export type Line =
  | PersonLine
  | { readonly kind: 'department'; readonly key: string; readonly department: Department }

export interface HeatTable {
  readonly columns: readonly Column[]
  readonly lines: readonly Line[]
}

/** Columns of days: more than a month of work nobody plans by hand. */
const mostDays = 30
/** Calendar days looked through for them: the longest holidays of a year are among them. */
const calendarDays = 52

type Held = ReadonlyMap<EmployeeId, readonly Case[]>

/** Everybody of the scope, department by department, and the columns of the mode. */
export function heatTable(world: World, cases: Iterable<Case>, mode: HeatMode): HeatTable {
  const held = heldBy(cases)
  return mode === 'days' ? dayTable(world, held) : kindTable(world, held)
}

function dayTable(world: World, held: Held): HeatTable {
  const daysOf = new Map<EmployeeId, readonly DayCell[]>()
  for (const { employeeId } of peopleIn(teamOf(world)))
    daysOf.set(employeeId, daysOfPerson(world, held.get(employeeId) ?? nothing, employeeId))
  const days = workingDays(daysOf.values(), mostDays)
  return {
    columns: days.map(columnId => ({ kind: 'day', columnId })),
    lines: linesOf(world, held, ({ employeeId }) =>
      cellsOfDays(daysOf.get(employeeId) ?? [], days),
    ),
  }
}

function kindTable(world: World, held: Held): HeatTable {
  const kinds = kindsHeld(world)
  const { now } = world
  return {
    columns: [
      { kind: 'all', columnId: allKinds },
      ...kinds.map(({ kindId, name }) => ({ kind: 'kind' as const, columnId: kindId, name })),
    ],
    lines: linesOf(world, held, (_, load, own) =>
      [null, ...kinds.map(({ kindId }) => kindId)].map(kindId => kindCell(load, own, kindId, now)),
    ),
  }
}

/** What the cells of one person would be with other cases in hand: the ghost of a drop. */
export function cellsWith(
  world: World,
  { employee, load }: PersonLine,
  held: readonly Case[],
  { columns }: HeatTable,
): readonly Cell[] {
  if (columns[0]?.kind === 'day') {
    const days = dayCellsOf(held, employee.employeeId, world.drop, calendarDays)
    return cellsOfDays(
      days,
      columns.map(({ columnId }) => columnId),
    )
  }
  return columns.map(column =>
    kindCell(
      load,
      held,
      column.kind === 'kind' ? kindIdOf(world, column.columnId) : null,
      world.now,
    ),
  )
}

const nothing: readonly Case[] = []

function heldBy(cases: Iterable<Case>): Held {
  const held = new Map<EmployeeId, Case[]>()
  for (const theCase of cases) {
    if (theCase.responsibleId === null) continue
    const known = held.get(theCase.responsibleId)
    if (known) known.push(theCase)
    else held.set(theCase.responsibleId, [theCase])
  }
  return held
}

function linesOf(
  world: World,
  held: Held,
  cellsFor: (employee: Employee, load: PersonLoad, held: readonly Case[]) => readonly Cell[],
): readonly Line[] {
  const lines: Line[] = []
  const addLines = ({ department, people, children }: TeamNode): void => {
    lines.push({ kind: 'department', key: department.departmentId, department })
    for (const employee of people) {
      const load = world.loads.get(employee.employeeId)
      const own = held.get(employee.employeeId) ?? nothing
      if (!load) continue
      const key = `${department.departmentId} ${employee.employeeId}`
      lines.push({
        kind: 'person',
        key,
        employee,
        load,
        held: own,
        cells: cellsFor(employee, load, own),
      })
    }
    children.forEach(addLines)
  }
  teamOf(world).forEach(addLines)
  return lines
}

function* peopleIn(nodes: readonly TeamNode[]): Generator<Employee> {
  for (const { people, children } of nodes) {
    yield* people
    yield* peopleIn(children)
  }
}

type Laid = (
  now: number,
  index: World['index'],
  kinds: World['drop']['kinds'],
  ...held: readonly Case[]
) => readonly DayCell[]
const laidOut = new Map<EmployeeId, Laid>()

/** Most changes touch one or two people: the days of the others stay as they were laid out. */
function daysOfPerson(
  { now, index, drop }: World,
  held: readonly Case[],
  employeeId: EmployeeId,
): readonly DayCell[] {
  let lay = laidOut.get(employeeId)
  if (!lay) {
    lay = remembering((at, org, kinds, ...cases) =>
      dayCellsOf(cases, employeeId, { ...drop, now: at, index: org, kinds }, calendarDays),
    )
    laidOut.set(employeeId, lay)
  }
  return lay(now, index, drop.kinds, ...held)
}

const emptyCell: Cell = { part: 0, whole: 0, heat: 'off', caseIds: [], late: 0, absence: null }

function cellsOfDays(days: readonly DayCell[], columns: readonly string[]): readonly Cell[] {
  const byDay = new Map(days.map(cell => [cell.day, cell]))
  return columns.map(day => {
    const cell = byDay.get(day)
    if (!cell) return emptyCell
    const { hours, shiftHours, heat, caseIds, lateCaseIds, absence } = cell
    return { part: hours, whole: shiftHours, heat, caseIds, late: lateCaseIds.length, absence }
  })
}

function kindCell(
  load: PersonLoad,
  held: readonly Case[],
  kindId: KindId | null,
  now: number,
): Cell {
  const { points, limit, heat, caseIds } = kindCellOf(load, held, kindId, now)
  return { part: points, whole: limit, heat, caseIds, late: 0, absence: null }
}

/** Kinds somebody holds or has a limit for, by name. */
function kindsHeld(world: World): readonly Kind[] {
  const shown = new Set<KindId>()
  for (const { employeeId } of peopleIn(teamOf(world)))
    for (const kindId of world.loads.get(employeeId)?.byKind.keys() ?? []) shown.add(kindId)
  return [...shown].flatMap(kindId => world.drop.kinds.get(kindId) ?? []).sort(byName)
}

const kindIdOf = (world: World, columnId: string): KindId | null =>
  [...world.drop.kinds.keys()].find(kindId => kindId === columnId) ?? null

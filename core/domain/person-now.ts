import { opensAt } from './calendar.ts'
import type { DropWorld } from './drop-world.ts'
import type { EmployeeId } from './id.ts'
import { absenceAt, awayUntil, byText, peopleOf } from './org-index.ts'
import type { AbsenceKind, Employee } from './org.ts'
import { workTimeOf } from './work-time.ts'

/** What is the same for every case hung over a person at one moment. */
export interface PersonNow {
  readonly employee: Employee
  readonly away: { readonly kind: AbsenceKind; readonly untilAt: number } | null
  readonly isOutsideHours: boolean
  /** Set outside hours; null: never within three years. */
  readonly opensAt: number | null
  /** May the head give cases to this person? */
  readonly isInScope: boolean
}

interface Prepared {
  readonly people: Map<EmployeeId, PersonNow>
  ranks: ReadonlyMap<EmployeeId, number> | null
  candidates: readonly Employee[] | null
}

/** A world is asked again and again while one case is dragged: what it implies is worked out once. */
const preparedOf = new WeakMap<DropWorld, Prepared>()

function prepared(world: DropWorld): Prepared {
  let found = preparedOf.get(world)
  if (!found) preparedOf.set(world, (found = { people: new Map(), ranks: null, candidates: null }))
  return found
}

export function personNow(employee: Employee, world: DropWorld): PersonNow {
  const { people } = prepared(world)
  let person = people.get(employee.employeeId)
  if (person?.employee !== employee)
    people.set(employee.employeeId, (person = lookAt(employee, world)))
  return person
}

/** Everybody a case may be offered to: people of the scope and external people of no department. */
export function candidatesOf(world: DropWorld): readonly Employee[] {
  const memory = prepared(world)
  if (memory.candidates) return memory.candidates
  const { index, scope } = world
  const people = peopleOf(index, scope)
  memory.candidates = index.org.employees.filter(
    one => !one.isDismissed && (people.has(one.employeeId) || isFreelance(one, world)),
  )
  return memory.candidates
}

/** Place of a person in the order by name, then id. */
export function rankOf(employee: Employee, world: DropWorld): number {
  const memory = prepared(world)
  memory.ranks ??= ranks(world.index.org.employees)
  return memory.ranks.get(employee.employeeId) ?? Infinity
}

const russian = new Intl.Collator('ru')

function ranks(employees: readonly Employee[]): ReadonlyMap<EmployeeId, number> {
  const sorted = [...employees].toSorted(
    (a, b) => russian.compare(a.name, b.name) || byText(a.employeeId, b.employeeId),
  )
  return new Map(sorted.map((one, rank) => [one.employeeId, rank]))
}

function lookAt(employee: Employee, world: DropWorld): PersonNow {
  const { index, now, scope, me } = world
  const { employeeId } = employee
  const absence = absenceAt(index, employeeId, now)
  const until = awayUntil(index, employeeId, now)
  const opens = opensAt(workTimeOf(employeeId, world), now)
  const departments = index.departmentsOf.get(employeeId)
  return {
    employee,
    away: absence && until !== null ? { kind: absence.kind, untilAt: until } : null,
    isOutsideHours: opens !== now,
    opensAt: opens,
    isInScope:
      employeeId === me ||
      isFreelance(employee, world) ||
      (departments !== undefined && [...departments].some(id => scope.has(id))),
  }
}

/** An external person of no department: any head may give a case to them. */
const isFreelance = (employee: Employee, { index }: DropWorld): boolean =>
  employee.isExternal && !index.departmentsOf.has(employee.employeeId)

import { agendaOf } from './agenda.ts'
import { loadBefore } from './assign.ts'
import { opensAt } from './calendar.ts'
import type { Case } from './case.ts'
import type { Reason } from './decision.ts'
import type { DropWorld } from './drop-world.ts'
import type { Employee } from './org.ts'
import { personNow } from './person-now.ts'
import { workTimeOf } from './work-time.ts'

/** What somebody who asks «кто свободен» wants to know of one person. */
export interface Freeness {
  readonly employee: Employee
  readonly points: number
  readonly limit: number
  /** The first of the agenda: what is being worked on. */
  readonly current: Case | null
  /** Counted cases behind it, not yet begun. */
  readonly behind: number
  /** When something new could be begun (UTC ms); `now`: at once; null: not in sight, or never. */
  readonly freeAt: number | null
  /** At work with nothing to do. */
  readonly isFree: boolean
  /** What keeps the person from working now. */
  readonly hindrance: Reason | null
}

/** The freeness of a person who holds exactly these cases. */
export function freenessOf(employee: Employee, held: readonly Case[], world: DropWorld): Freeness {
  const { now } = world
  const { points, limit } = loadBefore(employee, world)
  const { planned, freeAt: doneAt } = agendaOf(held, employee.employeeId, world, 0)
  const [first] = planned
  const hindrance = hindranceOf(employee, world)
  const reachedAt = first ? doneAt : opensAt(workTimeOf(employee.employeeId, world), now)
  const freeAt = limit > 0 && !employee.isDismissed ? reachedAt : null
  return {
    employee,
    points,
    limit,
    current: held.find(({ caseId }) => caseId === first?.caseId) ?? null,
    behind: Math.max(0, planned.length - 1),
    freeAt,
    isFree: hindrance === null && freeAt === now,
    hindrance,
  }
}

/** Why a person takes nothing now; null: at work. */
function hindranceOf(employee: Employee, world: DropWorld): Reason | null {
  const { away, isOutsideHours, opensAt: at } = personNow(employee, world)
  if (employee.isDismissed) return { code: 'dismissed' }
  if (away) return { code: 'absentNow', kind: away.kind, untilAt: away.untilAt }
  if (isOutsideHours) return { code: 'outsideHours', opensAt: at }
  if (employee.isDayOpen === false) return { code: 'dayClosed' }
  return loadBefore(employee, world).limit === 0 ? { code: 'limitZero' } : null
}

/** The free first, then whoever is free sooner, then who holds less; the caller breaks the ties. */
export function byFreeness(a: Freeness, b: Freeness): number {
  if (a.isFree !== b.isFree) return a.isFree ? -1 : 1
  const [freeA, freeB] = [a.freeAt ?? Infinity, b.freeAt ?? Infinity]
  if (freeA !== freeB) return freeA < freeB ? -1 : 1
  return a.points * b.limit - b.points * a.limit
}

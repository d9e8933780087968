import type { DepartmentId } from './id.ts'
import type { Counts, PersonLoad } from './load.ts'
import { ratioOf } from './load.ts'
import { type OrgIndex, peopleOf, subtreeOf } from './org-index.ts'

/** The load of a department with all below: every person once, however many posts they hold. */
export interface RolledLoad {
  readonly people: number
  readonly points: number
  readonly limit: number
  readonly utilisation: number
  readonly counts: Counts
}

export function rollUp(
  index: OrgIndex,
  departmentId: DepartmentId,
  loads: ReadonlyMap<PersonLoad['employeeId'], PersonLoad>,
): RolledLoad {
  const counts = { inWork: 0, overdue: 0, deferred: 0, awaitingApproval: 0, closed: 0 }
  let people = 0
  let points = 0
  let limit = 0
  for (const employeeId of peopleOf(index, subtreeOf(index, [departmentId]))) {
    const load = loads.get(employeeId)
    if (!load) continue
    people += 1
    points += load.points
    limit += index.employeeById.get(employeeId)?.isDismissed === false ? load.limit : 0
    counts.inWork += load.counts.inWork
    counts.overdue += load.counts.overdue
    counts.deferred += load.counts.deferred
    counts.awaitingApproval += load.counts.awaitingApproval
    counts.closed += load.counts.closed
  }
  return { people, points, limit, utilisation: ratioOf(points, limit), counts }
}

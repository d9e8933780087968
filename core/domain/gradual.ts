import { workingSpans } from './calendar.ts'
import type { DropWorld } from './drop-world.ts'
import type { Employee } from './org.ts'
import { workTimeOf } from './work-time.ts'
import { dayMs, dayNumberAt, instantOf } from './zone.ts'

/** Shorter absences are no leave. */
const shortestLeaveMs = dayMs
const gradualDays = 2
const gradualShare = 1 / 3
/** Nobody looks for a working day farther back than this. */
const farthestDays = 31

/**
 * Points a plan may give a person in one day: a third of the limit on the first two working days
 * after a leave of a day or more, else Infinity.
 */
export function gradualRoomOf(employee: Employee, limit: number, world: DropWorld): number {
  const backAt = lastLeaveEnd(employee, world)
  if (backAt === null) return Infinity
  return workingDaysSince(employee, backAt, world) <= gradualDays ? limit * gradualShare : Infinity
}

function lastLeaveEnd({ employeeId }: Employee, { index, now }: DropWorld): number | null {
  let backAt: number | null = null
  for (const { fromAt, untilAt } of index.absencesOf.get(employeeId) ?? []) {
    if (untilAt > now || untilAt - fromAt < shortestLeaveMs) continue
    if (backAt === null || untilAt > backAt) backAt = untilAt
  }
  return backAt
}

/** Days with working time from the return to today, both among them; Infinity when long ago. */
function workingDaysSince(employee: Employee, backAt: number, world: DropWorld): number {
  const time = workTimeOf(employee.employeeId, world)
  const today = dayNumberAt(time.zone, world.now)
  const first = dayNumberAt(time.zone, backAt)
  if (today - first > farthestDays) return Infinity
  let days = 0
  for (let day = first; day <= today; day += 1) {
    const fromAt = Math.max(backAt, instantOf(time.zone, day, 0))
    if (workingSpans(time, fromAt, instantOf(time.zone, day + 1, 0)).length > 0) days += 1
  }
  return days
}

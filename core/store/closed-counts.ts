import { sql } from 'kysely'
import type { EmployeeId } from '../domain/id.ts'
import type { ClosedCounts } from '../domain/load.ts'
import { dayMs, dayNumberAt, dayText, dayNumberOf, instantOf } from '../domain/zone.ts'
import { statement, tables } from './db.ts'
import type { Store } from './store.ts'

interface Since {
  readonly monthAt: number
  readonly todayAt: number
  readonly days30At: number
}

const counted = statement<Since & { earliestAt: number }>()(value =>
  tables
    .selectFrom('closedCases')
    .select([
      'employeeId',
      sql<number>`sum(closedAt >= ${value('monthAt')})`.as('month'),
      sql<number>`sum(closedAt >= ${value('todayAt')})`.as('today'),
      sql<number>`sum(closedAt >= ${value('days30At')})`.as('days30'),
    ])
    .where('closedAt', '>=', value('earliestAt'))
    .groupBy('employeeId'),
)

/**
 * Closed by person this calendar month and today (days of the zone) and in the last 30 × 24 h.
 * Everybody asked for is there; null: all who closed anything.
 */
export function closedCounts(
  store: Store,
  employeeIds: Iterable<EmployeeId> | null,
  now: number,
  zone: string,
): Record<EmployeeId, ClosedCounts> {
  const since = sinceOf(now, zone)
  const earliestAt = Math.min(since.monthAt, since.days30At)
  const asked = employeeIds && new Set(employeeIds)
  const counts: Record<EmployeeId, ClosedCounts> = {}
  for (const employeeId of asked ?? []) counts[employeeId] = { month: 0, today: 0, days30: 0 }
  for (const { employeeId, ...row } of store.all(counted({ ...since, earliestAt })))
    if (employeeId !== '' && (!asked || asked.has(employeeId))) counts[employeeId] = row
  return counts
}

function sinceOf(now: number, zone: string): Since {
  const today = dayNumberAt(zone, now)
  const firstOfMonth = dayNumberOf(`${dayText(today).slice(0, 8)}01`)
  return {
    monthAt: instantOf(zone, firstOfMonth, 0),
    todayAt: instantOf(zone, today, 0),
    days30At: now - 30 * dayMs,
  }
}

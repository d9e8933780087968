import type { Reason } from '../../core/domain/decision.ts'
import type { Employee } from '../../core/domain/org.ts'
import { personNow } from '../../core/domain/person-now.ts'
import type { World } from './world.ts'

/** What keeps a person from working now, else when the work in hand will be done; null: free. */
export function availabilityOf(world: World, employee: Employee): Reason | null {
  const { away, isOutsideHours, opensAt } = personNow(employee, world.drop)
  if (employee.isDismissed) return { code: 'dismissed' }
  if (away) return { code: 'absentNow', kind: away.kind, untilAt: away.untilAt }
  if (isOutsideHours) return { code: 'outsideHours', opensAt }
  if (employee.isDayOpen === false) return { code: 'dayClosed' }
  if (world.loads.get(employee.employeeId)?.limit === 0) return { code: 'limitZero' }
  const freeAt = world.freeAt.get(employee.employeeId) ?? null
  return freeAt !== null && freeAt > world.now ? { code: 'freeAt', at: freeAt } : null
}

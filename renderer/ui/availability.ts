import type { Reason } from '../../core/domain/decision.ts'
import { hindranceOf } from '../../core/domain/free.ts'
import type { Employee } from '../../core/domain/org.ts'
import type { World } from '../state/world.ts'

/** What keeps a person from working now, else when the work in hand will be done; null: free. */
export function availabilityOf(world: World, employee: Employee): Reason | null {
  const hindrance = hindranceOf(employee, world.drop)
  if (hindrance) return hindrance
  const freeAt = world.freeAt.get(employee.employeeId) ?? null
  return freeAt !== null && freeAt > world.now ? { code: 'freeAt', at: freeAt } : null
}

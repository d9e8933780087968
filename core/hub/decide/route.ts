import type { Reason } from '../../domain/decision.ts'
import { departmentOf } from '../../domain/department.ts'
import { headFor } from '../../domain/head-for.ts'
import type { DepartmentId, EmployeeId, KindId } from '../../domain/id.ts'
import type { World } from '../store/world.ts'

export interface Route {
  readonly departmentId: DepartmentId
  /** To whose «Начало» and why; empty when the case has a responsible. */
  readonly reasons: readonly Reason[]
  /** null: the company has no head at all. */
  readonly headId: EmployeeId | null
}

interface Placed {
  readonly departmentId: DepartmentId | null
  readonly kindId: KindId | null
  readonly responsibleId: EmployeeId | null
}

/**
 * Where a new case goes (design, «To whom…»): its own department, its kind's, its responsible's,
 * the top. A company without any head keeps it at the top: never nowhere. null: no department at all.
 */
export function routeOf(world: World, theCase: Placed, at: number): Route | null {
  const departmentId = departmentOf(theCase, world.index, world.kinds, world.top)
  if (departmentId === null || world.top === null) return null
  const place = placeReason(world, theCase, departmentId)
  if (theCase.responsibleId !== null)
    return { departmentId, reasons: [place], headId: theCase.responsibleId }
  const inbox = inboxReasons(world, departmentId, at)
  if (inbox.headId !== null)
    return { departmentId, reasons: [place, ...inbox.reasons], headId: inbox.headId }
  return { departmentId: world.top, reasons: [place, ...inbox.reasons], headId: null }
}

/** Whose «Начало» a case of the department is in now, as the last reason, and the way there. */
export function inboxReasons(
  world: World,
  departmentId: DepartmentId,
  at: number,
): Omit<Route, 'departmentId'> {
  const { headId, path: whole } = headFor(world.index, departmentId, at)
  const path = whole.map(withoutCause)
  if (headId === null)
    return {
      headId,
      reasons: [...path, { code: 'hub.route.toTop', department: nameOf(world, world.top) }],
    }
  const name = world.index.employeeById.get(headId)?.name ?? ''
  return { headId, reasons: [...path, { code: 'hub.route.toInbox', name, employeeId: headId }] }
}

/** Everybody who reads the case reads this: that a head is away is theirs to know, why is not. */
const withoutCause = (reason: Reason): Reason =>
  'kind' in reason ? { ...reason, kind: 'other' } : reason

function placeReason(world: World, theCase: Placed, departmentId: DepartmentId): Reason {
  const department = nameOf(world, departmentId)
  const kind = theCase.kindId === null ? undefined : world.kinds.get(theCase.kindId)
  if (theCase.departmentId === departmentId) return { code: 'hub.route.placedByHand', department }
  if (kind?.departmentId === departmentId)
    return { code: 'hub.route.placedByKind', department, kindName: kind.name }
  return {
    code:
      theCase.responsibleId === null ? 'hub.route.placedAtTop' : 'hub.route.placedByResponsible',
    department,
  }
}

const nameOf = (world: World, departmentId: DepartmentId | null): string =>
  (departmentId && world.index.departmentById.get(departmentId)?.name) ?? ''

import type { ActResult, Arg, Me } from '../contract.ts'
import { judge, loadBefore } from '../domain/assign.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import type { EmployeeId } from '../domain/id.ts'
import { loadAfter } from '../domain/load.ts'
import type { Employee } from '../domain/org.ts'
import { readCases } from '../store/cases.ts'
import { carryOut, refused } from './act.ts'
import type { Gesture, Step } from './act.ts'
import type { Desk } from './desk.ts'
import { worldFor } from './moment.ts'

/** Gives cases to a person: those that may be given are, the others are named with the reasons. */
export function assign(desk: Desk, arg: Arg<'assign'>): ActResult {
  return giveTo(desk, { ...arg, verb: 'assign' }, arg.employeeId, arg.isOverridden ?? false)
}

/** The same for `take`, where the person is the head. */
export function giveTo(
  desk: Desk,
  gesture: Omit<Gesture, 'target'>,
  employeeId: EmployeeId | null,
  isOverridden: boolean,
): ActResult {
  const employee = employeeId === null ? undefined : desk.index().employeeById.get(employeeId)
  const target = employee && gesture.verb !== 'take' ? employee.name : null
  let giver: Giver | null = null
  return carryOut(desk, { ...gesture, target }, (theCase, me) => {
    if (!employee) return refused('unknownPerson')
    if (theCase.responsibleId === employee.employeeId) return refused('alreadyThere')
    giver ??= giverTo(employee, worldForGiving(desk, me, gesture.orders, [employee.employeeId]))
    return giver(theCase, isOverridden)
  })
}

/** The world of this moment as far as giving these cases to these people needs it. */
export function worldForGiving(
  desk: Desk,
  me: Me,
  orders: Gesture['orders'],
  employeeIds: readonly EmployeeId[],
): DropWorld {
  const cases = readCases(
    desk.store,
    orders.map(order => order.caseId),
  )
  const clientIds = [...new Set(cases.flatMap(({ clientId }) => clientId ?? []))]
  return worldFor(desk, me, { employeeIds, clientIds })
}

export type Giver = (theCase: Case, isOverridden: boolean) => Step

/** Judges one case after another; what was given before weighs on what comes after. */
export function giverTo(employee: Employee, before: DropWorld): Giver {
  const { employeeId } = employee
  let world = before
  return (theCase, isOverridden) => {
    const { verdict, reasons } = judge(theCase, employee, world)
    const mayGo = verdict === 'ok' || (verdict === 'warn' && isOverridden)
    if (!mayGo) return { kind: 'refused', reasons }
    const load = loadBefore(employee, world)
    const loads = new Map([[employeeId, { ...load, ...loadAfter(load, [theCase], world) }]])
    world = { ...world, loads }
    return {
      kind: 'decided',
      want: { responsible: employeeId },
      isOverridden: verdict === 'warn',
      reasons,
    }
  }
}

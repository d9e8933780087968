import type { ActResult, Arg } from '../contract.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import type { EmployeeId } from '../domain/id.ts'
import { carryOut, refused } from './act.ts'
import { type Giver, giverTo, worldForGiving } from './assign.ts'
import type { Desk } from './desk.ts'
import { keepRefused } from './plan.ts'

/**
 * Gives each case to its person as one act: what may be given is, the others are named with the
 * reasons and stay in the draft.
 */
export function applyPlan(desk: Desk, { actId, orders }: Arg<'applyPlan'>): ActResult {
  const orderOf = new Map(orders.map(order => [order.caseId, order]))
  const people = [...new Set(orders.map(({ employeeId }) => employeeId))]
  const givers = new Map<EmployeeId, Giver>()
  let world: DropWorld | null = null
  const result = carryOut(
    desk,
    { actId, verb: 'assign', orders, target: targetOf(desk, people) },
    (theCase, me) => {
      const order = orderOf.get(theCase.caseId)
      const employee = order && desk.index().employeeById.get(order.employeeId)
      if (!employee) return refused('unknownPerson')
      if (theCase.responsibleId !== null) return refused('changedSince')
      world ??= worldForGiving(desk, me, orders, people)
      const giver = givers.get(employee.employeeId) ?? giverTo(employee, world)
      givers.set(employee.employeeId, giver)
      return giver(theCase, order.isOverridden ?? false)
    },
  )
  keepRefused(desk, [...orderOf.keys()], new Set(result.refused.map(({ caseId }) => caseId)))
  return result
}

/** Where everything goes to one person the act is named after that person. */
function targetOf(desk: Desk, people: readonly EmployeeId[]): string | null {
  const [first] = people
  if (first === undefined || people.length > 1) return null
  return desk.index().employeeById.get(first)?.name ?? null
}

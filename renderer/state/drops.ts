import { judge, loadBefore, type Verdict } from '../../core/domain/assign.ts'
import type { Case } from '../../core/domain/case.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { departmentOf } from '../../core/domain/department.ts'
import { headFor } from '../../core/domain/head-for.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { loadAfter } from '../../core/domain/load.ts'
import type { Department, Employee } from '../../core/domain/org.ts'
import { give, passTo } from './acts.ts'
import { useReplica } from './replica.ts'
import { byInboxOrder, casesOf, currentWorld } from './select.ts'
import { say } from './view.ts'
import type { World } from './world.ts'

/** What letting the cases go over a target would mean. */
export type Drop =
  | {
      readonly kind: 'person'
      readonly employee: Employee
      readonly verdict: Verdict
      readonly reasons: readonly Reason[]
      readonly loadAfter: number
      readonly limit: number
      /** How many of the cases would be given without Shift. */
      readonly fitting: number
    }
  | {
      readonly kind: 'department'
      readonly department: Department
      readonly verdict: Verdict
      readonly reasons: readonly Reason[]
      /** Whom the cases go to there. */
      readonly head: Employee | null
    }

export const personTarget = (employeeId: EmployeeId) => `employee:${employeeId}`
export const departmentTarget = (departmentId: DepartmentId) => `department:${departmentId}`

/** null: there is no such person or department. */
export function dropOn(world: World, cases: readonly Case[], target: string): Drop | null {
  const { org } = world.index
  const employee = org.employees.find(one => personTarget(one.employeeId) === target)
  if (employee) return dropOnPerson(world, cases, employee)
  const department = org.departments.find(one => departmentTarget(one.departmentId) === target)
  return department ? dropOnDepartment(world, cases, department) : null
}

function dropOnPerson(world: World, cases: readonly Case[], employee: Employee): Drop {
  const { verdict, reasons, loadAfter: after, limit } = judge(cases, employee, world.drop)
  const fitting = fittingOf(cases, employee, world)
  return { kind: 'person', employee, verdict, reasons, loadAfter: after, limit, fitting }
}

/** How many go without a warning when they are given one after another, as the core gives them. */
export function fittingOf(cases: readonly Case[], employee: Employee, world: World): number {
  let load = loadBefore(employee, world.drop)
  let fitting = 0
  for (const theCase of cases) {
    const drop = { ...world.drop, loads: new Map([[employee.employeeId, load]]) }
    if (judge(theCase, employee, drop).verdict !== 'ok') continue
    load = Object.assign({}, load, loadAfter(load, [theCase], drop))
    fitting += 1
  }
  return fitting
}

function dropOnDepartment(world: World, cases: readonly Case[], department: Department): Drop {
  const { index, now } = world
  const { headId } = headFor(index, department.departmentId, now)
  const head = (headId && index.employeeById.get(headId)) || null
  const { kinds, fallback } = world.inbox
  const isThere = cases.every(
    theCase => departmentOf(theCase, index, kinds, fallback) === department.departmentId,
  )
  return {
    kind: 'department',
    department,
    verdict: isThere ? 'blocked' : 'ok',
    reasons: isThere ? [{ code: 'alreadyThere' }] : [],
    head,
  }
}

/** May it be let go here? Of many, those that fit go and the others are named. */
export function canDrop(drop: Drop, count: number, isForced: boolean): boolean {
  if (drop.verdict === 'ok') return true
  if (drop.kind === 'department') return false
  if (isForced && drop.verdict === 'warn') return true
  return count > 1 && drop.fitting > 0
}

/** Gives or passes the cases, or says why not (then false); `digit`: the key that asked for it. */
export function carryOut(
  caseIds: readonly CaseId[],
  target: string,
  isForced: boolean,
  digit: number | null = null,
): boolean {
  const world = currentWorld()
  const cases = [...casesOf(useReplica.getState().cases, caseIds)].sort(byInboxOrder)
  const drop = world && cases.length > 0 ? dropOn(world, cases, target) : null
  if (!drop) return false
  const name = drop.kind === 'person' ? drop.employee.name : drop.department.name
  const { verdict, reasons } = drop
  if (!canDrop(drop, cases.length, isForced)) {
    say({ kind: 'warned', name, verdict: verdict === 'ok' ? 'warn' : verdict, digit, reasons })
    return false
  }
  const inOrder = cases.map(({ caseId }) => caseId)
  if (drop.kind === 'department') passTo(inOrder, drop.department.departmentId)
  else give(inOrder, drop.employee.employeeId, isForced && verdict === 'warn')
  return true
}

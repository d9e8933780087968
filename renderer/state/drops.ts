import { judge, loadBefore, type Verdict } from '../../core/domain/assign.ts'
import type { Case } from '../../core/domain/case.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { departmentOf } from '../../core/domain/department.ts'
import { headFor } from '../../core/domain/head-for.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { loadAfter } from '../../core/domain/load.ts'
import type { Department, Employee } from '../../core/domain/org.ts'
import { moveRefusal, type Stage } from '../../core/domain/stage.ts'
import { give, moveTo, passTo } from './acts.ts'
import { knownCases } from './closed-lately.ts'
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
  | {
      readonly kind: 'stage'
      readonly stage: Stage
      /** `ok` while any of the cases may be moved there. */
      readonly verdict: Verdict
      readonly reasons: readonly Reason[]
      readonly fitting: number
    }

export const personTarget = (employeeId: EmployeeId) => `employee:${employeeId}`
export const departmentTarget = (departmentId: DepartmentId) => `department:${departmentId}`

export const stageTarget = (stageId: string) => `stage:${stageId}`

/** null: there is no such person, department or stage. */
export function dropOn(world: World, cases: readonly Case[], target: string): Drop | null {
  const stage = useReplica.getState().stages.find(one => stageTarget(one.stageId) === target)
  if (stage) return dropOnStage(world, cases, stage)
  if (cases.every(({ status }) => status === 'closed')) return null
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

function dropOnStage(world: World, cases: readonly Case[], stage: Stage): Drop {
  const { stages } = useReplica.getState()
  const reasons = cases.flatMap(one => moveRefusal(one, stage, stages, world.drop) ?? [])
  const fitting = cases.length - reasons.length
  const distinct = new Map(reasons.map(reason => [reason.code, reason]))
  const verdict = fitting > 0 ? 'ok' : 'blocked'
  return { kind: 'stage', stage, verdict, reasons: [...distinct.values()], fitting }
}

/** May it be let go here? Of many, those that fit go and the others are named. */
export function canDrop(drop: Drop, count: number, isForced: boolean): boolean {
  if (drop.verdict === 'ok') return true
  if (drop.kind !== 'person') return false
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
  const cases = [...casesOf(knownCases(), caseIds)].sort(byInboxOrder)
  const drop = world && cases.length > 0 ? dropOn(world, cases, target) : null
  if (!drop) return false
  if (drop.kind === 'stage') return moveThere(cases, drop)
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

/** Moves those that may be moved; when none may, says of each why not. */
function moveThere(
  cases: readonly Case[],
  { stage, reasons, verdict }: Drop & { readonly kind: 'stage' },
): boolean {
  const caseIds = cases.map(({ caseId }) => caseId)
  if (verdict === 'ok') moveTo(caseIds, stage.stageId)
  else say({ kind: 'refused', refused: caseIds.map(caseId => ({ caseId, reasons })), code: null })
  return verdict === 'ok'
}

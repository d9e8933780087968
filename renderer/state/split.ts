import type { CaseId } from '../../core/domain/id.ts'
import { carryOut, dropOn } from './drops.ts'
import { beginSplit } from './plan.ts'
import { useReplica } from './replica.ts'
import { casesOf, currentWorld } from './select.ts'

/**
 * In the tree several unassigned cases on a department of the scope are not passed on at once: how
 * its people could share them is proposed first.
 */
export function splitOrCarryOut(
  caseIds: readonly CaseId[],
  target: string,
  isForced: boolean,
): boolean {
  const world = currentWorld()
  const cases = casesOf(useReplica.getState().cases, caseIds)
  const drop = world && dropOn(world, cases, target)
  const isSplit =
    drop?.kind === 'department' &&
    cases.length > 1 &&
    cases.every(one => one.responsibleId === null) &&
    world?.drop.scope.has(drop.department.departmentId)
  if (!isSplit || drop?.kind !== 'department') return carryOut(caseIds, target, isForced)
  beginSplit(caseIds, drop.department.departmentId)
  return true
}

import type { CaseId } from '../../core/domain/id.ts'
import type { Replica } from './replica.ts'

/**
 * Remembers with whom and where cases are when a gesture begins. The answer tells, later, which of
 * them are still there: nobody gives out what somebody else gave out meanwhile without knowing.
 */
export function takenNow(
  replica: Replica,
  caseIds: readonly CaseId[],
): (later: Replica) => readonly CaseId[] {
  const places = new Map(caseIds.map(caseId => [caseId, placeOf(replica, caseId)]))
  return later => caseIds.filter(caseId => placeOf(later, caseId) === places.get(caseId))
}

function placeOf({ cases }: Replica, caseId: CaseId): string {
  const theCase = cases.get(caseId)
  return theCase ? `${theCase.responsibleId} ${theCase.departmentId}` : ''
}

import { v7 } from 'uuid'
import type { ActId, CaseId, DecisionId } from '../../core/domain/id.ts'

/** Ids are made here, before anything is written, so that asking twice does it once. */
export function mintActId(): ActId
export function mintActId(): string {
  return v7()
}

export function mintDecisionId(): DecisionId
export function mintDecisionId(): string {
  return v7()
}

/** One gesture over these cases: an act id and a decision id for each. */
export const mintAct = (caseIds: readonly CaseId[]) => ({
  actId: mintActId(),
  orders: caseIds.map(caseId => ({ decisionId: mintDecisionId(), caseId })),
})

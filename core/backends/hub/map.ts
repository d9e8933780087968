/** The hub's decisions, outcomes and pages, and ours; pure. */
import type { Decision, Fields } from '../../domain/decision.ts'
import { localIdOf } from '../../domain/id.ts'
import type { WorkspaceId } from '../../domain/id.ts'
import type { ChangesResponse, MeResponse, WireDecision, WireOutcome } from '../../hub/protocol.ts'
import type { Me, Outcome, Page } from '../backend.ts'
import { idsFor, localBag, localOrNull } from './map-ids.ts'
import { caseOf, pageOf } from './map-page.ts'

export function wireDecisionOf(decision: Decision): WireDecision {
  return {
    ...decision,
    caseId: localIdOf(decision.caseId),
    want: wireFieldsOf(decision.want),
    base: wireFieldsOf(decision.base),
    issuedBy: { ...decision.issuedBy, employeeId: localIdOf(decision.issuedBy.employeeId) },
    reasons: decision.reasons.map(reason => localBag(reason)),
  }
}

function wireFieldsOf(fields: Fields): WireDecision['want'] {
  return {
    ...(fields.responsible === undefined ? {} : { responsible: localOrNull(fields.responsible) }),
    ...(fields.department === undefined ? {} : { department: localOrNull(fields.department) }),
    ...(fields.deferredUntil === undefined ? {} : { deferredUntil: fields.deferredUntil }),
    ...(fields.status === undefined ? {} : { status: fields.status }),
    ...(fields.statusName === undefined ? {} : { statusName: fields.statusName }),
  }
}

/** What the hub says, in the ids of one workspace. */
export interface HubMap {
  meOf(wire: MeResponse): Me
  pageOf(wire: ChangesResponse): Page
  /** `sent` is the decision the outcome answers. */
  outcomeOf(wire: WireOutcome, sent: Decision): Outcome
}

export function mapFor(workspaceId: WorkspaceId): HubMap {
  const ids = idsFor(workspaceId)
  return {
    meOf: wire => ({
      employeeId: ids.of('employee', wire.employeeId),
      name: wire.name,
      role: wire.role,
      departmentIds: wire.departmentIds.map(local => ids.of('department', local)),
      company: wire.company,
      zone: wire.zone,
      epoch: wire.epoch,
      now: wire.now,
    }),
    pageOf: wire => pageOf(wire, ids),
    outcomeOf: (wire, sent) => ({
      decisionId: sent.decisionId,
      outcome: wire.outcome,
      code: wire.code ?? null,
      current: wire.current ? caseOf(wire.current, ids) : null,
      changedBy: ids.orNull('employee', wire.changedBy ?? null),
      changedAt: wire.changedAt ?? null,
    }),
  }
}

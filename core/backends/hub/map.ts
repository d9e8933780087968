import type { Decision, Fields, Reason } from '../../domain/decision.ts'
import { idOf, localIdOf } from '../../domain/id.ts'
import type { DecisionId, Entity, IdByEntity, WorkspaceId } from '../../domain/id.ts'
/** The hub's records and ours, both ways; ids are bare there and `workspace:entity:id` here. */
import type {
  ChangesResponse,
  MeResponse,
  WireCase,
  WireDecision,
  WireHistory,
  WireOutcome,
} from '../../hub/protocol.ts'
import type { HistoryEntry, Me, Outcome, Page } from '../backend.ts'
import { pageOf } from './map-page.ts'
import type { WholeCase } from './map-page.ts'

type Bag = Readonly<Record<string, string | number | boolean | null>>

/** Names under which reasons and history carry an id, and of what. */
const entityByKey: ReadonlyMap<string, Entity> = new Map([
  ['responsible', 'employee'],
  ['employeeId', 'employee'],
  ['department', 'department'],
  ['departmentId', 'department'],
  ['kindId', 'kind'],
  ['clientId', 'client'],
  ['caseId', 'case'],
])

const localOrNull = (id: string | null): string | null => (id === null ? null : localIdOf(id))

export function wireDecisionOf(decision: Decision): WireDecision {
  return {
    ...decision,
    caseId: localIdOf(decision.caseId),
    want: wireFieldsOf(decision.want),
    base: wireFieldsOf(decision.base),
    issuedBy: { ...decision.issuedBy, employeeId: localIdOf(decision.issuedBy.employeeId) },
    reasons: decision.reasons.map(reason => wireBagOf(reason)),
  }
}

function wireFieldsOf(fields: Fields): WireDecision['want'] {
  return {
    ...(fields.responsible === undefined ? {} : { responsible: localOrNull(fields.responsible) }),
    ...(fields.department === undefined ? {} : { department: localOrNull(fields.department) }),
    ...(fields.deferredUntil === undefined ? {} : { deferredUntil: fields.deferredUntil }),
  }
}

function wireBagOf(bag: Bag): Record<string, string | number | boolean | null> {
  const entries = Object.entries(bag).map(([key, value]) =>
    entityByKey.has(key) && typeof value === 'string' ? [key, localIdOf(value)] : [key, value],
  )
  return Object.fromEntries(entries)
}

/** What the hub says, in the ids of one workspace. */
export interface HubMap {
  meOf(wire: MeResponse): Me
  pageOf(wire: ChangesResponse): Page
  /** `sent` is the decision the outcome answers. */
  outcomeOf(wire: WireOutcome, sent: Decision): Outcome
}

export function mapFor(workspaceId: WorkspaceId): HubMap {
  const id = <E extends Entity>(entity: E, local: string): IdByEntity[E] =>
    idOf(workspaceId, entity, local)
  const idOrNull = <E extends Entity>(entity: E, local: string | null): IdByEntity[E] | null =>
    local === null ? null : idOf(workspaceId, entity, local)
  const bagOf = <T extends Bag>(bag: T): Record<string, T[string]> => {
    const entries = Object.entries(bag).map(([key, value]) => {
      const entity = entityByKey.get(key)
      return entity && typeof value === 'string' ? [key, id(entity, value)] : [key, value]
    })
    return Object.fromEntries(entries)
  }
  const reasonOf = (bag: Bag): Reason => ({
    ...bagOf(bag),
    code: typeof bag.code === 'string' ? bag.code : 'unknown',
  })
  const caseOf = ({ entity: _entity, id: local, ...rest }: WireCase): WholeCase => ({
    ...rest,
    caseId: id('case', local),
    kindId: idOrNull('kind', rest.kindId),
    departmentId: idOrNull('department', rest.departmentId),
    responsibleId: idOrNull('employee', rest.responsibleId),
    clientId: idOrNull('client', rest.clientId),
  })
  const historyOf = (wire: WireHistory): HistoryEntry => ({
    historyId: id('history', wire.id),
    caseId: id('case', wire.caseId),
    at: wire.at,
    employeeId: idOrNull('employee', wire.employeeId),
    decisionId: wire.decisionId !== null && isDecisionId(wire.decisionId) ? wire.decisionId : null,
    verb: wire.verb,
    from: bagOf(wire.from),
    to: bagOf(wire.to),
    ruleId: wire.ruleId,
    ruleVersion: wire.ruleVersion,
    reasons: wire.reasons.map(reasonOf),
  })
  return {
    meOf: wire => ({
      employeeId: id('employee', wire.employeeId),
      name: wire.name,
      role: wire.role,
      departmentIds: wire.departmentIds.map(local => id('department', local)),
      company: wire.company,
      zone: wire.zone,
      epoch: wire.epoch,
      now: wire.now,
    }),
    pageOf: wire => pageOf(wire, { id, idOrNull, caseOf, historyOf }),
    outcomeOf: (wire, sent) => ({
      decisionId: sent.decisionId,
      outcome: wire.outcome,
      code: wire.code ?? null,
      current: wire.current ? caseOf(wire.current) : null,
      changedBy: idOrNull('employee', wire.changedBy ?? null),
      changedAt: wire.changedAt ?? null,
    }),
  }
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const isDecisionId = (text: string): text is DecisionId => uuidPattern.test(text)

/** One page of the hub's changes, sorted into our lists. */
import type { Case, CaseText } from '../../domain/case.ts'
import type { DecisionId, Entity } from '../../domain/id.ts'
import type { ChangesResponse, WireCase, WireRecord } from '../../hub/protocol.ts'
import type { Page } from '../backend.ts'
import type { Ids } from './map-ids.ts'

type WholeCase = Case & Omit<CaseText, 'caseId'>
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] }
type WireOf<E extends Entity> = Extract<WireRecord, { entity: E }>
type Place<E extends Entity> = (page: Mutable<Page>, wire: WireOf<E>, ids: Ids) => void

export function pageOf(wire: ChangesResponse, ids: Ids): Page {
  const page = emptyPage(wire)
  for (const record of wire.records) place(page, record, ids)
  for (const { entity, id, reason } of wire.tombstones)
    if (isEntity(entity)) page.gone.push({ entity, id: ids.of(entity, id), reason })
  return page
}

const emptyPage = (wire: ChangesResponse): Mutable<Page> => ({
  cases: [],
  departments: [],
  posts: [],
  employees: [],
  absences: [],
  substitutions: [],
  kinds: [],
  clients: [],
  history: [],
  gone: [],
  nextCursor: wire.nextCursor,
  isUpToDate: wire.isUpToDate,
  remaining: Math.max(0, wire.remaining),
  epoch: wire.epoch,
  mustRestart: wire.mustRestart,
  now: wire.now,
})

export function caseOf({ entity, id, ...rest }: WireCase, ids: Ids): WholeCase {
  return {
    ...rest,
    caseId: ids.of(entity, id),
    kindId: ids.orNull('kind', rest.kindId),
    departmentId: ids.orNull('department', rest.departmentId),
    responsibleId: ids.orNull('employee', rest.responsibleId),
    clientId: ids.orNull('client', rest.clientId),
  }
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const isDecisionId = (text: string): text is DecisionId => uuidPattern.test(text)

const placeHistory: Place<'history'> = (page, { entity, id, version: _version, ...wire }, ids) =>
  page.history.push({
    ...wire,
    historyId: ids.of(entity, id),
    caseId: ids.of('case', wire.caseId),
    employeeId: ids.orNull('employee', wire.employeeId),
    decisionId: wire.decisionId !== null && isDecisionId(wire.decisionId) ? wire.decisionId : null,
    from: ids.bag(wire.from),
    to: ids.bag(wire.to),
    reasons: wire.reasons.map(ids.reason),
  })

const placeDepartment: Place<'department'> = (page, wire, ids) => {
  const { entity, id, version: _version, parentId, ...rest } = wire
  const departmentId = ids.of(entity, id)
  page.departments.push({ ...rest, departmentId, parentId: ids.orNull('department', parentId) })
}

const placePost: Place<'post'> = (page, { entity, id, version: _version, ...wire }, ids) =>
  page.posts.push({
    ...wire,
    postId: ids.of(entity, id),
    departmentId: ids.of('department', wire.departmentId),
    employeeId: ids.orNull('employee', wire.employeeId),
  })

const placeEmployee: Place<'employee'> = (page, wire, ids) => {
  const { entity, id, version: _version, kindLimits, ...rest } = wire
  const limits = Object.entries(kindLimits).map(
    ([kind, limit]) => [ids.of('kind', kind), limit] as const,
  )
  page.employees.push({
    ...rest,
    employeeId: ids.of(entity, id),
    kindLimits: Object.fromEntries(limits),
  })
}

const placeAbsence: Place<'absence'> = (page, { entity, id, version: _version, ...wire }, ids) =>
  page.absences.push({
    ...wire,
    absenceId: ids.of(entity, id),
    employeeId: ids.of('employee', wire.employeeId),
  })

const placeSubstitution: Place<'substitution'> = (page, wire, ids) => {
  const { entity, id, version: _version, ...rest } = wire
  page.substitutions.push({
    ...rest,
    substitutionId: ids.of(entity, id),
    employeeId: ids.of('employee', rest.employeeId),
    substituteId: ids.of('employee', rest.substituteId),
  })
}

const placeKind: Place<'kind'> = (page, { entity, id, version: _version, ...wire }, ids) =>
  page.kinds.push({
    ...wire,
    kindId: ids.of(entity, id),
    departmentId: ids.orNull('department', wire.departmentId),
  })

const placeClient: Place<'client'> = (page, { entity, id, version: _version, ...wire }, ids) =>
  page.clients.push({
    ...wire,
    clientId: ids.of(entity, id),
    responsibleId: ids.orNull('employee', wire.responsibleId),
  })

/** By entity, so that a new one cannot be forgotten here. */
const places: { readonly [E in Entity]: Place<E> } = {
  case: (page, wire, ids) => page.cases.push(caseOf(wire, ids)),
  history: placeHistory,
  department: placeDepartment,
  post: placePost,
  employee: placeEmployee,
  absence: placeAbsence,
  substitution: placeSubstitution,
  kind: placeKind,
  client: placeClient,
}
const isEntity = (text: string): text is Entity => Object.hasOwn(places, text)

function place<E extends Entity>(page: Mutable<Page>, wire: WireOf<E>, ids: Ids): void {
  const entity: E = wire.entity
  places[entity](page, wire, ids)
}

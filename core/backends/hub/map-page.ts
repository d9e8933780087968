import type { Case, CaseText } from '../../domain/case.ts'
import type { Entity, IdByEntity } from '../../domain/id.ts'
/** One page of the hub's changes, sorted into our lists. */
import type { ChangesResponse, WireCase, WireHistory, WireRecord } from '../../hub/protocol.ts'
import type { HistoryEntry, Page } from '../backend.ts'

export type WholeCase = Case & Omit<CaseText, 'caseId'>
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] }

/** How one workspace names and reads what the hub sends. */
export interface Reader {
  id<E extends Entity>(entity: E, local: string): IdByEntity[E]
  idOrNull<E extends Entity>(entity: E, local: string | null): IdByEntity[E] | null
  caseOf(wire: WireCase): WholeCase
  historyOf(wire: WireHistory): HistoryEntry
}

export function pageOf(wire: ChangesResponse, reader: Reader): Page {
  const page = emptyPage(wire)
  for (const record of wire.records) {
    if (record.entity === 'case') page.cases.push(reader.caseOf(record))
    else if (record.entity === 'history') page.history.push(reader.historyOf(record))
    else placeOrg(record, page, reader)
  }
  for (const { entity, id, reason } of wire.tombstones)
    if (isEntity(entity)) page.gone.push({ entity, id: reader.id(entity, id), reason })
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

/** The whole list by its keys, so that a new entity cannot be forgotten here. */
const entities: Readonly<Record<Entity, true>> = {
  case: true,
  employee: true,
  department: true,
  post: true,
  client: true,
  absence: true,
  substitution: true,
  kind: true,
  history: true,
}
const isEntity = (text: string): text is Entity => Object.hasOwn(entities, text)

type OrgRecord = Exclude<WireRecord, { entity: 'case' | 'history' }>

function placeOrg(record: OrgRecord, page: Mutable<Page>, { id, idOrNull }: Reader): void {
  const { version: _version, ...wire } = record
  switch (wire.entity) {
    case 'department': {
      const { entity, id: local, parentId, ...rest } = wire
      page.departments.push({
        ...rest,
        departmentId: id(entity, local),
        parentId: idOrNull('department', parentId),
      })
      return
    }
    case 'post': {
      const { entity, id: local, departmentId, employeeId, ...rest } = wire
      page.posts.push({
        ...rest,
        postId: id(entity, local),
        departmentId: id('department', departmentId),
        employeeId: idOrNull('employee', employeeId),
      })
      return
    }
    case 'employee': {
      const { entity, id: local, kindLimits, ...rest } = wire
      const limits = Object.entries(kindLimits).map(
        ([kind, limit]) => [id('kind', kind), limit] as const,
      )
      page.employees.push({
        ...rest,
        employeeId: id(entity, local),
        kindLimits: Object.fromEntries(limits),
      })
      return
    }
    case 'absence':
      page.absences.push({
        absenceId: id('absence', wire.id),
        employeeId: id('employee', wire.employeeId),
        kind: wire.kind,
        fromAt: wire.fromAt,
        untilAt: wire.untilAt,
      })
      return
    case 'substitution':
      page.substitutions.push({
        substitutionId: id('substitution', wire.id),
        employeeId: id('employee', wire.employeeId),
        substituteId: id('employee', wire.substituteId),
        fromAt: wire.fromAt,
        untilAt: wire.untilAt,
      })
      return
    case 'kind': {
      const { entity, id: local, departmentId, ...rest } = wire
      page.kinds.push({
        ...rest,
        kindId: id(entity, local),
        departmentId: idOrNull('department', departmentId),
      })
      return
    }
    case 'client':
      page.clients.push({
        clientId: id('client', wire.id),
        name: wire.name,
        responsibleId: idOrNull('employee', wire.responsibleId),
      })
  }
}

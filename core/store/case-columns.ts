import type { Case } from '../domain/case.ts'
import type { CaseColumns } from './tables.ts'

/** In the order of the tables; a test holds them equal to the real columns. */
export const caseColumns = [
  'caseId',
  'number',
  'subject',
  'kindId',
  'source',
  'departmentId',
  'responsibleId',
  'clientId',
  'clientName',
  'status',
  'statusName',
  'deferredUntil',
  'dueAt',
  'priority',
  'weight',
  'effortMs',
  'requiredSkill',
  'createdAt',
  'updatedAt',
  'closedAt',
  'assignedAt',
  'isMasked',
  'version',
] as const satisfies readonly (keyof CaseColumns)[]

export const toCase = (row: CaseColumns): Case => ({ ...row, isMasked: row.isMasked === 1 })

/** Exactly the columns, whatever else the record carries. */
export const toColumns = (theCase: Case): CaseColumns => ({
  caseId: theCase.caseId,
  number: theCase.number,
  subject: theCase.subject,
  kindId: theCase.kindId,
  source: theCase.source,
  departmentId: theCase.departmentId,
  responsibleId: theCase.responsibleId,
  clientId: theCase.clientId,
  clientName: theCase.clientName,
  status: theCase.status,
  statusName: theCase.statusName,
  deferredUntil: theCase.deferredUntil,
  dueAt: theCase.dueAt,
  priority: theCase.priority,
  weight: theCase.weight,
  effortMs: theCase.effortMs,
  requiredSkill: theCase.requiredSkill,
  createdAt: theCase.createdAt,
  updatedAt: theCase.updatedAt,
  closedAt: theCase.closedAt,
  assignedAt: theCase.assignedAt,
  isMasked: theCase.isMasked ? 1 : 0,
  version: theCase.version,
})

import { untilChange } from '../../domain/case.ts'
import { bareId } from '../bare-id.ts'
import type { WireDecision } from '../protocol.ts'
import type { FieldValues } from '../store/cases.ts'
import type { CaseRow } from '../store/tables.ts'

type Fields = WireDecision['want']
const names = ['responsible', 'department', 'deferredUntil', 'status', 'statusName'] as const

/** The fields a decision may name, as the case has them. */
const fieldsOf = (row: CaseRow): Required<Fields> => ({
  responsible: row.responsibleId,
  department: row.departmentId,
  deferredUntil: row.deferredUntil,
  status: row.status,
  statusName: row.statusName,
})

export const namedIn = (fields: Fields): readonly (typeof names)[number][] =>
  names.filter(name => fields[name] !== undefined)

/** Names of the fields where the case is not what `expected` says. */
export function differing(row: CaseRow, expected: Fields): readonly string[] {
  const now = fieldsOf(row)
  return namedIn(expected).filter(name => now[name] !== expected[name])
}

/** The case with the wish carried out; «until it changes» ends with any other change. */
export function withFields(row: CaseRow, want: Fields, at: number): CaseRow {
  const responsibleId =
    want.responsible === undefined ? row.responsibleId : bareId('employee', want.responsible)
  const kept = row.deferredUntil === untilChange ? null : row.deferredUntil
  const status = want.status ?? row.status
  return {
    ...row,
    status,
    statusName: want.statusName === undefined ? row.statusName : want.statusName,
    closedAt: status === row.status ? row.closedAt : status === 'closed' ? at : null,
    responsibleId,
    departmentId: want.department ? bareId('department', want.department) : row.departmentId,
    deferredUntil: want.deferredUntil === undefined ? kept : want.deferredUntil,
    assignedAt:
      responsibleId === row.responsibleId ? row.assignedAt : responsibleId === null ? null : at,
    updatedAt: at,
  }
}

/** What changed between two states of a case, field by field as history tells it. */
export function changesBetween(
  before: CaseRow,
  after: CaseRow,
): { readonly from: FieldValues; readonly to: FieldValues } {
  const from: Record<string, string | number | null> = {}
  const to: Record<string, string | number | null> = {}
  for (const [name, column] of told) {
    if (before[column] === after[column]) continue
    from[name] = before[column]
    to[name] = after[column]
  }
  return { from, to }
}

const told = [
  ['responsible', 'responsibleId'],
  ['department', 'departmentId'],
  ['deferredUntil', 'deferredUntil'],
  ['status', 'status'],
  ['closedAt', 'closedAt'],
  ['statusName', 'statusName'],
  ['subject', 'subject'],
  ['kind', 'kindId'],
  ['client', 'clientId'],
  ['clientName', 'clientName'],
  ['dueAt', 'dueAt'],
  ['priority', 'priority'],
  ['weight', 'weight'],
  ['effortMs', 'effortMs'],
  ['requiredSkill', 'requiredSkill'],
] as const

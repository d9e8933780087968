import type { WireCase, WireHistory, WireRecord } from '../protocol.ts'
import { employeeOf, fieldsIn, flagged, reasonsIn, stringsIn } from '../store/rows.ts'
import type {
  AbsenceRow,
  CaseRow,
  ClientRow,
  DepartmentRow,
  EmployeeRow,
  HistoryRow,
  KindRow,
  PostRow,
  SubstitutionRow,
} from '../store/tables.ts'

/** A case as it crosses the wire; masked: whose load, how heavy and until when, nothing of what it is about. */
export function wireCase(row: CaseRow, isMasked: boolean): WireCase {
  const { caseId, phones, emails, ...rest } = row
  const whole = {
    entity: 'case' as const,
    id: caseId,
    ...rest,
    isMasked,
    phones: isMasked ? [] : stringsIn(phones),
    emails: isMasked ? [] : stringsIn(emails),
  }
  return isMasked ? { ...whole, ...mask } : whole
}

const mask = {
  number: '',
  subject: '',
  text: '',
  source: 'other',
  clientId: null,
  clientName: null,
  statusName: null,
  requiredSkill: null,
  priority: 1,
} as const

export function wireHistory(row: HistoryRow): WireHistory {
  const { historyId, fromFields, toFields, reasons, ...rest } = row
  return {
    entity: 'history',
    id: historyId,
    ...rest,
    from: fieldsIn(fromFields),
    to: fieldsIn(toFields),
    reasons: reasonsIn(reasons),
  }
}

export const wireDepartment = ({ departmentId, ...rest }: DepartmentRow): WireRecord => ({
  entity: 'department',
  id: departmentId,
  ...rest,
})

export const wirePost = ({ postId, isHead, ...rest }: PostRow): WireRecord => ({
  entity: 'post',
  id: postId,
  ...rest,
  isHead: flagged(isHead),
})

export function wireEmployee(row: EmployeeRow): WireRecord {
  const { employeeId, ...rest } = employeeOf(row)
  return {
    entity: 'employee',
    id: employeeId,
    version: row.version,
    ...rest,
    kindLimits: { ...rest.kindLimits },
    skills: [...rest.skills],
    week: rest.week && rest.week.map(day => day.map(span => ({ ...span }))),
  }
}

/** `isWhyKnown` false: that somebody is away is everybody's matter, why is not. */
export const wireAbsence = (
  { absenceId, kind, ...rest }: AbsenceRow,
  isWhyKnown: boolean,
): WireRecord => ({
  entity: 'absence',
  id: absenceId,
  ...rest,
  kind: isWhyKnown ? kind : 'other',
})

export const wireSubstitution = ({ substitutionId, ...rest }: SubstitutionRow): WireRecord => ({
  entity: 'substitution',
  id: substitutionId,
  ...rest,
})

export const wireKind = ({ kindId, doesWaitingStopClock, ...rest }: KindRow): WireRecord => ({
  entity: 'kind',
  id: kindId,
  ...rest,
  doesWaitingStopClock: flagged(doesWaitingStopClock),
})

export const wireClient = ({ clientId, ...rest }: ClientRow): WireRecord => ({
  entity: 'client',
  id: clientId,
  ...rest,
})

import type { CaseStatus } from '../domain/case.ts'
import type { DepartmentId, EmployeeId } from '../domain/id.ts'
import { bareId } from '../hub/bare-id.ts'
import type { CompanyCase, CompanyHistory } from '../hub/company.ts'
import type { DemoClient } from './clients.ts'
import type { DemoKind, DemoLetter } from './kind.ts'
import { filled } from './letters.ts'
import type { Chance } from './random.ts'

/** A case of the invented company before it has a number; people and departments by their ids. */
export interface Draft {
  readonly kind: DemoKind
  readonly letter: DemoLetter
  readonly client: DemoClient
  readonly department: string
  readonly responsible: string | null
  readonly status: CaseStatus
  readonly statusName: string
  readonly createdAt: number
  readonly assignedAt: number | null
  readonly closedAt: number | null
  readonly dueAt: number | null
  readonly deferredUntil: number | null
  readonly priority: number
  readonly weight: number
}

/** From 1, because the hub gives a new case the number after their count. */
const firstNumber = 1

/** Numbers the drafts in the order they came. */
export function casesOf(drafts: readonly Draft[], chance: Chance): CompanyCase[] {
  return drafts
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .map((draft, index) => caseOf(draft, String(firstNumber + index), chance))
}

function caseOf(draft: Draft, number: string, chance: Chance): CompanyCase {
  const { kind, client, responsible, createdAt, assignedAt, closedAt } = draft
  return {
    ...filled(draft.letter, chance, createdAt),
    caseId: bareId('case', number),
    number,
    kindId: bareId('kind', kind.id),
    source: chance.oneOf(kind.sources),
    departmentId: bareId('department', draft.department),
    responsibleId: responsible === null ? null : bareId('employee', responsible),
    clientId: bareId('client', client.id),
    clientName: client.name,
    status: draft.status,
    statusName: draft.statusName,
    deferredUntil: draft.deferredUntil,
    dueAt: draft.dueAt,
    priority: draft.priority,
    weight: draft.weight,
    effortMs: null,
    requiredSkill: draft.letter.skill ?? null,
    createdAt,
    updatedAt: closedAt ?? assignedAt ?? createdAt,
    closedAt,
    assignedAt,
    phones: [client.phone],
    emails: [client.email],
  }
}

/** How a case came, was given out by `headOf` its department and was closed. */
export function* historyOf(
  theCase: CompanyCase,
  headOf: (departmentId: DepartmentId | null) => EmployeeId | null,
): Generator<CompanyHistory> {
  const { caseId, departmentId, responsibleId, createdAt, assignedAt, closedAt } = theCase
  const line = (verb: string, told: Pick<CompanyHistory, 'at' | 'employeeId' | 'from' | 'to'>) => ({
    historyId: bareId('history', `${caseId}-${verb}`),
    caseId,
    decisionId: null,
    verb,
    ...told,
    ruleId: null,
    ruleVersion: null,
    reasons: [],
  })
  const nobody = { responsible: null }
  const born = { department: departmentId, ...nobody }
  yield line('created', { at: createdAt, employeeId: null, from: {}, to: born })
  if (assignedAt !== null) {
    const to = { responsible: responsibleId }
    yield line('assign', { at: assignedAt, employeeId: headOf(departmentId), from: nobody, to })
  }
  if (closedAt !== null) {
    const [from, to] = [{ status: 'open' }, { status: 'closed' }]
    yield line('closed', { at: closedAt, employeeId: responsibleId, from, to })
  }
}

/** When each person last received one of these cases. */
export function lastAssigned(cases: readonly CompanyCase[]): ReadonlyMap<EmployeeId, number> {
  const found = new Map<EmployeeId, number>()
  for (const { responsibleId, assignedAt } of cases)
    if (responsibleId !== null && assignedAt !== null)
      found.set(responsibleId, Math.max(found.get(responsibleId) ?? 0, assignedAt))
  return found
}

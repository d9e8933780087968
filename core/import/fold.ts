import type { CaseStatus } from '../domain/case.ts'
import type { EmployeeId } from '../domain/id.ts'
import type { CompanyCase, CompanyHistory } from '../hub/company.ts'
import type { Entry } from './entry.ts'
import {
  caseIdOf,
  clientIdOf,
  departmentIdOf,
  employeeIdOf,
  historyIdOf,
  kindIdOf,
  rootId,
} from './ids.ts'
import type { CaseEntries } from './staging.ts'

/** The person who is responsible by this row; nobody when it says so. */
export function responsibleOf(entry: Entry): EmployeeId | null {
  return entry.isUnassigned || entry.person === null ? null : employeeIdOf(entry.person)
}

/** The case as its last row leaves it; without a group it belongs to the top. */
export function caseOf(entries: CaseEntries): CompanyCase {
  const last = entries.at(-1) ?? entries[0]
  return {
    caseId: caseIdOf(last.number),
    number: last.number,
    subject: last.subject,
    kindId: last.kind === null ? null : kindIdOf(last.kind),
    source: last.source,
    departmentId: last.department === null ? rootId : departmentIdOf(last.department),
    responsibleId: responsibleOf(last),
    clientId: last.client === null ? null : clientIdOf(last.client),
    clientName: last.client,
    status: statusOf(last),
    statusName: last.statusName,
    deferredUntil: null,
    dueAt: last.dueAt,
    priority: last.priority,
    weight: last.weight ?? 1,
    effortMs: last.effortMs,
    requiredSkill: last.skill,
    createdAt: createdAtOf(entries),
    updatedAt: last.at,
    closedAt: last.isClosed ? (last.closedAt ?? sinceWhen(entries, entry => entry.isClosed)) : null,
    assignedAt: assignedAtOf(entries),
    text: last.text,
    phones: last.phones,
    emails: last.emails,
  }
}

/** When the responsible of the last row became so; null: nobody is. */
export function assignedAtOf(entries: CaseEntries): number | null {
  const last = entries.at(-1) ?? entries[0]
  const responsibleId = responsibleOf(last)
  if (responsibleId === null) return null
  return sinceWhen(entries, entry => responsibleOf(entry) === responsibleId)
}

/** What happened to the case, line by line of the log; rows that changed none of it are left out. */
export function* historyOf(entries: CaseEntries): Generator<CompanyHistory> {
  const caseId = caseIdOf(entries[0].number)
  let before: Changes = {}
  let index = 0
  for (const entry of entries) {
    const after = changesOf(entry)
    const names = Object.keys(after).filter(name => before[name] !== after[name])
    const isFirst = entry === entries[0]
    if (isFirst || names.length > 0) {
      const pick = (changes: Changes) =>
        Object.fromEntries(names.map(name => [name, changes[name] ?? null]))
      yield {
        historyId: historyIdOf(caseId, index),
        caseId,
        at: isFirst ? createdAtOf(entries) : entry.at,
        employeeId: null,
        decisionId: null,
        verb: isFirst ? 'created' : verbOf(names, before, after),
        from: isFirst ? {} : pick(before),
        to: pick(after),
        ruleId: null,
        ruleVersion: null,
        reasons: [],
      }
      index += 1
    }
    before = after
  }
}

type Changes = Readonly<Record<string, string | null>>

function changesOf(entry: Entry): Changes {
  return {
    responsible: responsibleOf(entry),
    department: entry.department === null ? rootId : departmentIdOf(entry.department),
    status: statusOf(entry),
    statusName: entry.statusName,
  }
}

function verbOf(names: readonly string[], before: Changes, after: Changes): string {
  if (names.includes('status') && after['status'] === 'closed') return 'closed'
  if (names.includes('status') && before['status'] === 'closed') return 'reopen'
  if (names.includes('responsible')) return after['responsible'] === null ? 'return' : 'assign'
  return names.includes('department') ? 'pass' : 'status'
}

function statusOf(entry: Entry): CaseStatus {
  if (entry.isClosed) return 'closed'
  if (entry.isAwaitingApproval) return 'awaitingApproval'
  return entry.isWaiting ? 'waiting' : 'open'
}

function createdAtOf(entries: CaseEntries): number {
  const [first] = entries
  return Math.min(first.createdAt ?? first.at, first.at)
}

/** The moment of the earliest row from which `holds` has been true without a break. */
function sinceWhen(entries: CaseEntries, holds: (entry: Entry) => boolean): number {
  const lastFalse = entries.findLastIndex(entry => !holds(entry))
  return (entries[lastFalse + 1] ?? entries[0]).at
}

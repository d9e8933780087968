import { sql } from 'kysely'
import type { Case, CaseText } from '../domain/case.ts'
import type { CaseId, EmployeeId } from '../domain/id.ts'
import { caseColumns, toCase } from './case-columns.ts'
import { fromJson, jsonList, statement, tables } from './db.ts'
import type { HistoryEntry } from './records.ts'
import type { Store } from './store.ts'

export { acquaintedOf, clientOwnersOf } from './acquainted.ts'
export { closedCounts } from './closed-counts.ts'
export { baseCase } from './overlay.ts'

const seen = tables.selectFrom('effective').select(caseColumns)

const one = statement<{ caseId: CaseId }>()(value => seen.where('caseId', '=', value('caseId')))
const some = statement<{ caseIds: string }>()(value =>
  seen.where('caseId', 'in', sql<CaseId>`(select value from json_each(${value('caseIds')}))`),
)
const open = statement()(() => seen.where('status', '<>', sql.lit('closed')))
const openOf = statement<{ employeeIds: string }>()(value =>
  seen
    .where('status', '<>', sql.lit('closed'))
    .where(
      'responsibleId',
      'in',
      sql<EmployeeId>`(select value from json_each(${value('employeeIds')}))`,
    ),
)

/** The case as the head sees it: replica with the outbox laid over. */
export function readCase(store: Store, caseId: CaseId): Case | null {
  const row = store.one(one({ caseId }))
  return row ? toCase(row) : null
}

/** The same for many; those that are not there are missing. */
export const readCases = (store: Store, caseIds: Iterable<CaseId>): Case[] =>
  store.all(some({ caseIds: jsonList(caseIds) })).map(toCase)

/** All cases that are not closed. */
export const openCases = (store: Store): Case[] => store.all(open({})).map(toCase)

export const openCasesOf = (store: Store, employeeIds: Iterable<EmployeeId>): Case[] =>
  store.all(openOf({ employeeIds: jsonList(employeeIds) })).map(toCase)

const known = statement<{ caseId: CaseId }>()(value =>
  tables
    .selectFrom('cases')
    .leftJoin('caseTexts', 'caseTexts.id', 'cases.id')
    .select(['caseTexts.text', 'caseTexts.phonesJson', 'caseTexts.emailsJson'])
    .where('caseId', '=', value('caseId')),
)

/** Empty when the case has none; null when the case is not here. */
export function caseText(store: Store, caseId: CaseId): CaseText | null {
  const row = store.one(known({ caseId }))
  if (!row) return null
  return {
    caseId,
    text: row.text ?? '',
    phones: fromJson<string[]>(row.phonesJson ?? '[]'),
    emails: fromJson<string[]>(row.emailsJson ?? '[]'),
  }
}

const historyOf = statement<{ caseId: CaseId }>()(value =>
  tables
    .selectFrom('history')
    .selectAll()
    .where('caseId', '=', value('caseId'))
    .orderBy('at')
    .orderBy('historyId'),
)

/** Oldest first. */
export const caseHistory = (store: Store, caseId: CaseId): HistoryEntry[] =>
  store.all(historyOf({ caseId })).map(({ fromJson: from, toJson: to, reasonsJson, ...row }) => ({
    ...row,
    from: fromJson<HistoryEntry['from']>(from),
    to: fromJson<HistoryEntry['to']>(to),
    reasons: fromJson<HistoryEntry['reasons']>(reasonsJson),
  }))

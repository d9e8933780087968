import type { Case, CaseText } from '../domain/case.ts'
import type { CaseId, ClientId, EmployeeId } from '../domain/id.ts'
import type { ClosedCounts } from '../domain/load.ts'
import type { HistoryEntry } from './records.ts'
import type { Store } from './store.ts'

/** The case as the head sees it: replica with the outbox laid over. */
export function readCase(store: Store, caseId: CaseId): Case | null {
  throw new Error(`not yet: ${store.folder} ${caseId}`)
}
/** The same for many; those that are not there are missing. */
export function readCases(store: Store, caseIds: Iterable<CaseId>): Case[] {
  throw new Error(`not yet: ${store.folder} ${[...caseIds].length}`)
}
/** The case as the backend last said, without the outbox. */
export function baseCase(store: Store, caseId: CaseId): Case | null {
  throw new Error(`not yet: ${store.folder} ${caseId}`)
}
export function openCases(store: Store): Case[] {
  throw new Error(`not yet: ${store.folder}`)
}
export function openCasesOf(store: Store, employeeIds: Iterable<EmployeeId>): Case[] {
  throw new Error(`not yet: ${store.folder} ${[...employeeIds].length}`)
}
export function caseText(store: Store, caseId: CaseId): CaseText | null {
  throw new Error(`not yet: ${store.folder} ${caseId}`)
}
/** Oldest first. */
export function caseHistory(store: Store, caseId: CaseId): HistoryEntry[] {
  throw new Error(`not yet: ${store.folder} ${caseId}`)
}
/** Closed by person this month, today and in 30 days, in the zone; null: everybody. */
export function closedCounts(
  store: Store,
  employeeIds: Iterable<EmployeeId> | null,
  now: number,
  zone: string,
): Record<EmployeeId, ClosedCounts> {
  throw new Error(`not yet: ${store.folder} ${now} ${zone} ${employeeIds === null}`)
}
/** Who knows which client (responsible of it, or a case of it in 365 days); null: clients of open cases. */
export function acquaintedOf(
  store: Store,
  clientIds: Iterable<ClientId> | null,
  now: number,
): Record<ClientId, EmployeeId[]> {
  throw new Error(`not yet: ${store.folder} ${now} ${clientIds === null}`)
}

import type { Case, Kind } from './case.ts'
import type { CaseId, ClientId, EmployeeId } from './id.ts'
import type { ClosedCounts } from './load.ts'
import type { Org } from './org.ts'

/**
 * What changed in the records a window holds. `cases` are open ones of the scope as the head
 * sees them (replica with the outbox laid over); closed, masked-away and gone ones come in `gone`.
 * Whole lists are sent for what is small (org, kinds); a missing field did not change.
 */
export interface Patch {
  readonly cases: readonly Case[]
  readonly gone: readonly CaseId[]
  readonly org?: Org
  readonly kinds?: readonly Kind[]
  /** By employee id. */
  readonly closed?: Readonly<Record<EmployeeId, ClosedCounts>>
  /** Who knows which client: responsible of the client or had a case of it in 365 days. */
  readonly acquainted?: Readonly<Record<ClientId, readonly EmployeeId[]>>
  /** Who is responsible for which client. */
  readonly clientOwners?: Readonly<Record<ClientId, EmployeeId | null>>
  /** Points a person may hold where nothing else says. */
  readonly defaultLimit?: number
  /** Cases with a decision not yet settled, with the state of that decision. */
  /** Records of the organisation with an edit not yet settled, with the state of that edit. */
  readonly orgPending?: Readonly<Record<string, 'queued' | 'sending' | 'unknown' | 'conflict'>>
  readonly pending?: Readonly<Record<CaseId, 'queued' | 'sending' | 'unknown' | 'conflict'>>
}

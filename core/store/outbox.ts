import type { Decision } from '../domain/decision.ts'
import type { CaseId, DecisionId } from '../domain/id.ts'
import type {
  DecisionRecord,
  Outcome,
  OutboxCounts,
  OutboxItem,
  PendingState,
} from './records.ts'
import type { Store } from './store.ts'

/** At most one a case: its oldest unsettled one, when queued or unknown and due. */
export function dueDecisions(store: Store, now: number, limit: number): Decision[] {
  throw new Error(`not yet: ${store.folder} ${now} ${limit}`)
}
/** Committed before the first byte leaves. */
export function markSending(store: Store, ids: readonly DecisionId[], now: number): void {
  throw new Error(`not yet: ${store.folder} ${now} ${ids.length}`)
}
/** Writes what became of decisions; `current` goes into the replica first. Late repeats change nothing. */
export function settle(store: Store, outcomes: readonly Outcome[], now: number): void {
  throw new Error(`not yet: ${store.folder} ${now} ${outcomes.length}`)
}
/** Not executed: back to the queue, due at `dueAt`. */
export function requeue(store: Store, ids: readonly DecisionId[], why: string, dueAt: number): void {
  throw new Error(`not yet: ${store.folder} ${why} ${dueAt} ${ids.length}`)
}
/** Sent and not answered: to be asked again at `dueAt`. */
export function markUnknown(store: Store, ids: readonly DecisionId[], why: string, dueAt: number): void {
  throw new Error(`not yet: ${store.folder} ${why} ${dueAt} ${ids.length}`)
}
/** Only queued and conflicting ones are cancelled; returns which. */
export function cancelDecisions(store: Store, ids: readonly DecisionId[], why: string): DecisionId[] {
  throw new Error(`not yet: ${store.folder} ${why} ${ids.length}`)
}
/** Forget the backoff: everything that waits is due now. */
export function dueNow(store: Store, now: number): void {
  throw new Error(`not yet: ${store.folder} ${now}`)
}
/** Rejected decisions the head has looked at are no longer counted; null: all. */
export function markSeen(store: Store, ids: readonly DecisionId[] | null): void {
  throw new Error(`not yet: ${store.folder} ${ids === null}`)
}
/** Unfinished ones first, then the newest finished. */
export function outboxItems(store: Store, limit: number): OutboxItem[] {
  throw new Error(`not yet: ${store.folder} ${limit}`)
}
export function outboxCounts(store: Store): OutboxCounts {
  throw new Error(`not yet: ${store.folder}`)
}
/** When the next waiting decision may be tried; null: nothing waits (or only behind a conflict). */
export function nextDueAt(store: Store): number | null {
  throw new Error(`not yet: ${store.folder}`)
}
/** By case, the state of its oldest unsettled decision; null: all cases. */
export function pendingStates(
  store: Store,
  caseIds: Iterable<CaseId> | null,
): Record<CaseId, PendingState> {
  throw new Error(`not yet: ${store.folder} ${caseIds === null}`)
}
/** All decisions about a case, oldest first. */
export function decisionsOf(store: Store, caseId: CaseId): DecisionRecord[] {
  throw new Error(`not yet: ${store.folder} ${caseId}`)
}
export function readDecision(store: Store, decisionId: DecisionId): DecisionRecord | null {
  throw new Error(`not yet: ${store.folder} ${decisionId}`)
}
/** Everything not yet confirmed, for a file the user keeps. */
export function unsentAsJson(store: Store): string {
  throw new Error(`not yet: ${store.folder}`)
}

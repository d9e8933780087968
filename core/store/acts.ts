import type { Decision, Verb } from '../domain/decision.ts'
import type { ActId, DecisionId } from '../domain/id.ts'
import type { StackedAct, UndoState } from './records.ts'
import type { Store } from './store.ts'

export interface Act {
  readonly actId: ActId
  readonly verb: Verb
  /** Name of the person or department it goes to. */
  readonly target: string | null
  readonly decisions: readonly Decision[]
  /** Queued decisions this act takes back before they are sent. */
  readonly cancels?: readonly DecisionId[]
  readonly undoesActId?: ActId
  readonly redoesActId?: ActId
}

/**
 * One durable transaction: decisions, audit events, overlay, undo stack. A repeated actId or
 * decisionId is not recorded twice. A decision of `cancels` that is no longer queued is left as it is.
 */
export function recordAct(store: Store, act: Act): void {
  throw new Error(`not yet: ${store.folder} ${act.actId}`)
}
/** Looks the act up on a fresh connection: the answer to «unknownCommit». */
export function isRecorded(store: Store, actId: ActId): boolean {
  throw new Error(`not yet: ${store.folder} ${actId}`)
}
export function undoState(store: Store): UndoState {
  throw new Error(`not yet: ${store.folder}`)
}
export function actToUndo(store: Store): StackedAct | null {
  throw new Error(`not yet: ${store.folder}`)
}
export function actToRedo(store: Store): StackedAct | null {
  throw new Error(`not yet: ${store.folder}`)
}

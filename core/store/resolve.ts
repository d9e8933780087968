import type { Decision, IssuedBy } from '../domain/decision.ts'
import type { ActId, DecisionId, EmployeeId } from '../domain/id.ts'
import type { Store } from './store.ts'

export interface Resolution {
  readonly decisionId: DecisionId
  readonly actId: ActId
  readonly newDecisionId: DecisionId
  readonly choice:
    | { readonly kind: 'keepTheirs' }
    | { readonly kind: 'insist' }
    | { readonly kind: 'giveTo'; readonly employeeId: EmployeeId }
  readonly issuedBy: IssuedBy
  readonly issuedAt: number
  /** Name of the person or department it goes to. */
  readonly target: string | null
}

/**
 * The head's answer to a conflict, as one transaction. keepTheirs: cancelled with all that
 * depended on it. insist, giveTo: a new decision with base = theirs takes its place.
 * Returns the new decision; null when kept theirs, or when it was no longer a conflict.
 */
export function resolve(store: Store, resolution: Resolution): Decision | null {
  throw new Error(`not yet: ${store.folder} ${resolution.actId}`)
}

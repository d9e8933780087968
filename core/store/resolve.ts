import type { Decision, IssuedBy, Reason } from '../domain/decision.ts'
import type { ActId, DecisionId, EmployeeId } from '../domain/id.ts'
import { recordAct } from './acts.ts'
import { decisionIn, decisionRow, type DecisionRow } from './decision-rows.ts'
import { sameFields } from './fold.ts'
import { theirsOf } from './outbox-items.ts'
import { finalWish } from './settle.ts'
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
  /** The head saw warnings and went on. */
  readonly isOverridden?: boolean
  readonly reasons?: readonly Reason[]
}

/**
 * The head's answer to a conflict, as one transaction. keepTheirs: cancelled with all that was
 * decided on top of it. insist, giveTo: a new decision with base = theirs takes its place (insist
 * wants what the head wanted in the end). Returns the new decision; null when theirs was kept, or
 * when it is no longer a conflict.
 */
export function resolve(store: Store, resolution: Resolution): Decision | null {
  const row = decisionRow(store, resolution.decisionId)
  if (row?.state !== 'conflict') return null
  const { actId, target } = resolution
  if (resolution.choice.kind === 'keepTheirs') {
    recordAct(store, { actId, verb: 'insist', target, decisions: [], cancels: [row.decisionId] })
    return null
  }
  const decision = answer(store, row, resolution)
  recordAct(store, { actId, verb: 'insist', target, decisions: [decision] })
  return decision
}

function answer(store: Store, row: DecisionRow, resolution: Resolution): Decision {
  const { mine } = finalWish(store, row)
  const { choice } = resolution
  const want = choice.kind === 'giveTo' ? { ...mine, responsible: choice.employeeId } : mine
  const old = decisionIn(row)
  return {
    v: 1,
    decisionId: resolution.newDecisionId,
    actId: resolution.actId,
    kind: old.kind,
    verb: 'insist',
    caseId: row.caseId,
    want,
    base: sameFields(want, theirsOf(store, row)),
    issuedBy: resolution.issuedBy,
    issuedAt: resolution.issuedAt,
    undoes: null,
    supersedes: row.decisionId,
    isOverridden: resolution.isOverridden ?? old.isOverridden,
    reasons: resolution.reasons ?? [],
  }
}

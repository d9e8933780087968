import type { CaseStatus } from './case.ts'
import type { ActId, CaseId, DecisionId, DepartmentId, EmployeeId } from './id.ts'

/** One glossary of states everywhere (design, «Undo»). */
export type DecisionState =
  | 'queued'
  | 'sending'
  | 'unknown'
  | 'applied'
  | 'rejected'
  | 'conflict'
  | 'superseded'
  | 'cancelled'

export type DecisionKind = 'set' | 'create' | 'comment' | 'step'

/** The fields a decision may name; a field that is absent is not touched. */
export interface Fields {
  readonly responsible?: EmployeeId | null
  readonly department?: DepartmentId | null
  readonly deferredUntil?: number | null
  readonly status?: CaseStatus
  /** Named only together with `status`: a stage is both. */
  readonly statusName?: string | null
}
export type FieldName = keyof Fields

export interface IssuedBy {
  readonly employeeId: EmployeeId
  readonly ruleId?: string
  readonly ruleVersion?: number
}

/** A sentence as data: `code` names it in words, the rest fills it. */
export interface Reason {
  readonly code: string
  readonly [key: string]: string | number | boolean | null
}

/** The verb the head used; it names the act in words and in undo. */
export type Verb =
  | 'assign'
  | 'return'
  | 'pass'
  | 'take'
  | 'defer'
  | 'progress'
  | 'undo'
  | 'redo'
  | 'insist'

/**
 * What the head (or a rule in the head's name) decided about one case. This shape is stored
 * in the outbox and sent to the hub: a hash test pins it.
 */
export interface Decision {
  readonly v: 1
  readonly decisionId: DecisionId
  readonly actId: ActId
  readonly kind: DecisionKind
  readonly verb: Verb
  readonly caseId: CaseId
  readonly want: Fields
  /** The same fields as they were when the head decided; conflict is judged on these alone. */
  readonly base: Fields
  readonly issuedBy: IssuedBy
  readonly issuedAt: number
  /** The decision this one takes back. */
  readonly undoes: DecisionId | null
  /** The conflicting decision this one insists on. */
  readonly supersedes: DecisionId | null
  /** The head saw warnings and went on; not asked again. */
  readonly isOverridden: boolean
  /** The reasons as they were then. */
  readonly reasons: readonly Reason[]
}

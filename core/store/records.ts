import type { Case, CaseText, Kind } from '../domain/case.ts'
import type { Decision, DecisionState, Fields, Reason, Verb } from '../domain/decision.ts'
import type {
  ActId,
  CaseId,
  ClientId,
  DecisionId,
  DepartmentId,
  EmployeeId,
  Entity,
  HistoryId,
} from '../domain/id.ts'
import type { EditOutcome, OrgEdit } from '../domain/org-edit.ts'
import type { Absence, Department, Employee, Post, Substitution } from '../domain/org.ts'

/**
 * What comes in and what is asked for. The shapes equal those of `backends/backend.ts` and
 * `contract.ts`, which the store may not import; a test holds them assignable.
 */
export interface Client {
  readonly clientId: ClientId
  readonly name: string
  readonly responsibleId: EmployeeId | null
}

export interface HistoryEntry {
  readonly historyId: HistoryId
  readonly caseId: CaseId
  readonly at: number
  readonly employeeId: EmployeeId | null
  readonly decisionId: DecisionId | null
  readonly verb: string
  readonly from: Readonly<Record<string, string | number | null>>
  readonly to: Readonly<Record<string, string | number | null>>
  readonly ruleId: string | null
  readonly ruleVersion: number | null
  readonly reasons: readonly Reason[]
}

export interface Me {
  readonly employeeId: EmployeeId
  readonly name: string
  readonly role: 'head' | 'dispatcher' | 'employee' | 'external' | 'admin'
  readonly departmentIds: readonly DepartmentId[]
  readonly company: string
  readonly zone: string
  readonly epoch: string
  readonly now: number
}

/** A case as it comes: with the long things that are stored apart. */
export type WholeCase = Case & Omit<CaseText, 'caseId'>

export interface Page {
  readonly cases: readonly WholeCase[]
  readonly departments: readonly Department[]
  readonly posts: readonly Post[]
  readonly employees: readonly Employee[]
  readonly absences: readonly Absence[]
  readonly substitutions: readonly Substitution[]
  readonly kinds: readonly Kind[]
  readonly clients: readonly Client[]
  readonly history: readonly HistoryEntry[]
  readonly gone: readonly {
    readonly entity: Entity
    readonly id: string
    readonly reason: string
  }[]
  /** Every open case there is; absent: what has gone is in `gone`. */
  readonly openIds?: readonly CaseId[]
  readonly nextCursor: string
  readonly isUpToDate: boolean
  readonly epoch: string
}

export interface Outcome {
  readonly decisionId: DecisionId
  readonly outcome: 'applied' | 'alreadySo' | 'conflict' | 'rejected'
  readonly code: string | null
  readonly current: WholeCase | null
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
}

/** Where the pull stands. `isLoaded`: the replica has been whole at least once. */
export interface Cursor {
  readonly cursor: string | null
  readonly epoch: string | null
  readonly freshAt: number | null
  readonly isLoaded: boolean
  readonly isRestarting: boolean
}

export type PendingState = 'queued' | 'sending' | 'unknown' | 'conflict'

/** Was, mine and theirs; `mine` includes later unsent decisions that depend on this one. */
export interface Conflict {
  readonly base: Fields
  readonly mine: Fields
  readonly theirs: Fields
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
}

export interface OutboxItem {
  readonly decision: Decision
  readonly state: DecisionState
  readonly attempt: number
  readonly caseNumber: string
  readonly subject: string
  readonly retryAt: number | null
  readonly code: string | null
  readonly conflict: Conflict | null
  /** A rejected one the head has read about. */
  readonly isSeen: boolean
}

/** `waiting`: queued, sending or unknown; `rejected`: not yet looked at. */
export interface OutboxCounts {
  readonly waiting: number
  readonly conflicts: number
  readonly rejected: number
}

export interface ActLabel {
  readonly actId: ActId
  readonly verb: Verb
  readonly count: number
  readonly caseNumber: string
  readonly target: string | null
}
export interface UndoState {
  readonly undo: ActLabel | null
  readonly redo: ActLabel | null
}

/** A decision with what became of it. */
export interface DecisionRecord {
  readonly decision: Decision
  /** The case as it was told with the outcome. */
  readonly told: Fields | null
  readonly state: DecisionState
  readonly attempt: number
  readonly code: string | null
  /** The last thing said about it: why it waits, why it was refused. */
  readonly why: string | null
  /** The instant of that last thing. */
  readonly changedAt: number
}

/** An act with its decisions; for redo only those that were taken back. */
export interface StackedAct extends ActLabel {
  readonly decisions: readonly DecisionRecord[]
}

/** One gesture of the head. */
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

/** An edit as the window shows it. */
export interface EditItem extends Omit<EditOutcome, 'editId' | 'outcome'> {
  readonly edit: OrgEdit
  readonly state: DecisionState
  readonly attempt: number
  /** A rejected one the admin has read about. */
  readonly isSeen: boolean
}

import type { Case, CaseText, Kind } from '../domain/case.ts'
import type { Decision, FieldName, Reason } from '../domain/decision.ts'
import type {
  CaseId,
  ClientId,
  DecisionId,
  DepartmentId,
  EmployeeId,
  Entity,
  HistoryId,
} from '../domain/id.ts'
import type { EditOutcome, OrgEdit, OrgHistoryEntry } from '../domain/org-edit.ts'
import type { Absence, Department, Employee, Post, Substitution } from '../domain/org.ts'
import type { Stage } from '../domain/stage.ts'

/** What a backend can do; the window hides the rest and says so in settings. */
export interface Abilities {
  readonly hasDelta: boolean
  readonly hasNotices: boolean
  readonly hasHistory: boolean
  readonly canDefer: boolean
  readonly canPass: boolean
  /** Stages of a case here, in their order; none: a case stands nowhere and is not moved. */
  readonly stages: readonly Stage[]
  /** The same decision sent twice has one effect by the backend's own promise. */
  readonly isIdempotent: boolean
  /** An admin edits the organisation here; else both calls about it are refused. */
  readonly canEditOrg: boolean
}

export interface Client {
  readonly clientId: ClientId
  readonly name: string
  readonly responsibleId: EmployeeId | null
}

/** One line of a case's history. */
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
  /** The backend's clock at the answer. */
  readonly now: number
}

/** One page of the world, already in our words and ids. */
export interface Page {
  readonly cases: readonly (Case & Omit<CaseText, 'caseId'>)[]
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
  /**
   * Every open case there is, where a backend does not say what has gone: any other open one that
   * lies here is no more to be seen. Told with a page that brings us up to date.
   */
  readonly openIds?: readonly CaseId[]
  readonly nextCursor: string
  readonly isUpToDate: boolean
  readonly remaining: number
  readonly epoch: string
  readonly mustRestart: boolean
  readonly now: number
}

/** What became of one decision. */
export interface Outcome {
  readonly decisionId: DecisionId
  readonly outcome: 'applied' | 'alreadySo' | 'conflict' | 'rejected'
  readonly code: OutcomeCode | null
  readonly current: (Case & Omit<CaseText, 'caseId'>) | null
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
}
export type OutcomeCode =
  | 'changed'
  /** Applied, and meanwhile somebody else had decided otherwise: theirs is gone. */
  | 'overwrote'
  | 'employeeDismissed'
  /** Said by the console itself before sending: went on leave since the head decided. */
  | 'employeeAbsent'
  | 'closed'
  | 'deleted'
  | 'forbidden'
  | 'invalid'

/** A decision on its way out, with what an earlier attempt left behind. */
export interface Sending {
  readonly decision: Decision
  /** Sent before, and nobody knows whether it was carried out. */
  readonly isDoubtful: boolean
  /** What the backend asked to keep before its last write; null: no write of it has ever left. */
  readonly witness: string | null
}

/** What a backend must find again after a crash, by decision; durable when the call returns. */
export type KeepWitnesses = (witnesses: ReadonlyMap<DecisionId, string>) => void

/** A decision of which nothing is settled yet; it is sent again after `againAfterMs`. */
export interface Unsettled {
  readonly decisionId: DecisionId
  readonly outcome:
    /** It left, and nobody knows. */
    | 'unknown'
    /** Nothing of it left this time: it is what it was before. */
    | 'notSent'
    /** There is evidence that what left earlier had no effect: as if it had never left. */
    | 'notDone'
  /** Why, for the log. */
  readonly code: string
  readonly againAfterMs: number
}

/** What was done to the organisation, the newest first. */
export interface OrgHistory {
  readonly entries: readonly OrgHistoryEntry[]
  readonly isMore: boolean
}

/** One connected system. Every method throws BackendError and nothing else. */
export interface Backend {
  readonly abilities: Abilities
  /** Fields a decision may name here. */
  readonly fields: readonly FieldName[]
  me(signal: AbortSignal): Promise<Me>
  pull(cursor: string | null, limit: number, signal: AbortSignal): Promise<Page>
  /** At most 50, at most one a case; outcomes in the same order. */
  push(
    sendings: readonly Sending[],
    keep: KeepWitnesses,
    signal: AbortSignal,
  ): Promise<readonly (Outcome | Unsettled)[]>
  /** One edit; refused with code `tooOld` by a backend that knows none. */
  editOrg(edit: OrgEdit, signal: AbortSignal): Promise<EditOutcome>
  orgHistory(limit: number, signal: AbortSignal): Promise<OrgHistory>
  /** Ms that so many decisions take at least under the backend's own limits; null: not known yet. */
  leastMs?(waiting: number): number | null
  /** Calls `onNotice` whenever something changed; ends when the stream does. */
  listen(onNotice: () => void, signal: AbortSignal): Promise<void>
}

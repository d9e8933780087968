import type { Generated } from 'kysely'
import type { CaseSource, CaseStatus } from '../domain/case.ts'
import type { DecisionState, Verb } from '../domain/decision.ts'
import type {
  AbsenceId,
  ActId,
  CaseId,
  ClientId,
  DecisionId,
  DepartmentId,
  EditId,
  EmployeeId,
  Entity,
  HistoryId,
  KindId,
  PostId,
  SubstitutionId,
} from '../domain/id.ts'
import type { AbsenceKind } from '../domain/org.ts'

/** Booleans are 0 and 1; columns ending in `Json` hold JSON; instants are UTC milliseconds. */
export interface CaseColumns {
  caseId: CaseId
  number: string
  subject: string
  kindId: KindId | null
  source: CaseSource
  departmentId: DepartmentId | null
  responsibleId: EmployeeId | null
  clientId: ClientId | null
  clientName: string | null
  status: CaseStatus
  statusName: string | null
  deferredUntil: number | null
  dueAt: number | null
  priority: number
  weight: number
  effortMs: number | null
  requiredSkill: string | null
  createdAt: number
  updatedAt: number
  closedAt: number | null
  assignedAt: number | null
  isMasked: number
  version: number
}

/** replica.db: only what the backend said. */
export interface ReplicaTables {
  cases: CaseColumns & { id: Generated<number> }
  /** Who had which case of which client, '' is nobody; `id` is that of the case's row. */
  closedCases: { closedAt: number; id: number; employeeId: EmployeeId | '' }
  clientCases: { clientId: ClientId; id: number; employeeId: EmployeeId; closedAt: number | null }
  caseTexts: { id: number; text: string; phonesJson: string; emailsJson: string }
  departments: {
    departmentId: DepartmentId
    parentId: DepartmentId | null
    name: string
    defaultLimit: number | null
    hoursPerPoint: number | null
    zone: string | null
  }
  posts: {
    postId: PostId
    departmentId: DepartmentId
    name: string
    employeeId: EmployeeId | null
    isHead: number
  }
  employees: {
    employeeId: EmployeeId
    name: string
    isExternal: number
    isDismissed: number
    limit: number | null
    kindLimitsJson: string
    skillsJson: string
    weekJson: string | null
    isDayOpen: number | null
    lastAssignedAt: number | null
  }
  absences: {
    absenceId: AbsenceId
    employeeId: EmployeeId
    kind: AbsenceKind
    fromAt: number
    untilAt: number
  }
  substitutions: {
    substitutionId: SubstitutionId
    employeeId: EmployeeId
    substituteId: EmployeeId
    fromAt: number
    untilAt: number
  }
  kinds: {
    kindId: KindId
    name: string
    weight: number
    departmentId: DepartmentId | null
    doesWaitingStopClock: number
  }
  clients: { clientId: ClientId; name: string; responsibleId: EmployeeId | null }
  history: {
    caseId: CaseId
    historyId: HistoryId
    at: number
    employeeId: EmployeeId | null
    decisionId: DecisionId | null
    verb: string
    fromJson: string
    toJson: string
    ruleId: string | null
    ruleVersion: number | null
    reasonsJson: string
  }
  /** One row: where the pull stands; written in the same transaction as its rows. */
  stream: {
    id: number
    cursor: string | null
    epoch: string | null
    freshAt: number | null
    isLoaded: number
    isRestarting: number
    /** Cases up to this row are in the search index, but for those in searchQueue. */
    searchedUpTo: number
    /** clientCases and closedCases were filled after the first load, and are kept up since. */
    isTidy: number
    /** How often the pull began anew: a page from before is not finished after. */
    restarts: number
  }
  /** What has come since a restart of the pull began; the rest is swept at its end. */
  restartSeen: { entity: Entity; id: string }
  /** Rows whose words changed since they were indexed. */
  searchQueue: { id: number }
  /** The full-text index: `rowid` is `cases.id`. */
  caseSearch: { rowid: number; words: string; caseSearch: Generated<string> }
}

/** outbox.db: what the head decided; never rebuilt. */
export interface OutboxTables {
  decisions: {
    seq: Generated<number>
    decisionId: DecisionId
    actId: ActId
    caseId: CaseId
    caseNumber: string
    subject: string
    /** The Decision as it is sent; never changes. */
    contentJson: string
    /** Earlier unsent decisions whose effect this one was decided on. */
    dependsOnJson: string
    undoes: DecisionId | null
    state: DecisionState
    attempt: number
    /** The next attempt; 0: at once. */
    dueAt: number
    /** It left once and nobody knows what became of it: only evidence may end it. */
    isDoubtful: number
    /** Nothing more can come of it: terminal, and the replica shows the effect. */
    isSettled: number
    isSeen: number
    resultVersion: number | null
    /** Up-to-date pages since an outcome that showed no case. */
    pagesSince: number
    code: string | null
    theirsJson: string | null
    changedBy: EmployeeId | null
    theirsAt: number | null
    /** Of the last transition. */
    why: string
    changedAt: number
    /** What the backend asked to keep before its last write of this decision. */
    witness: string | null
  }
  /** Append-only: every transition with its why. */
  decisionEvents: {
    n: Generated<number>
    /** Of a decision, or of an edit of the organisation. */
    decisionId: DecisionId | EditId
    at: number
    fromState: DecisionState | null
    toState: DecisionState
    why: string
    evidenceJson: string | null
  }
  acts: {
    actId: ActId
    verb: Verb
    /** The act as named on the undo stack: a redone act keeps its first verb. */
    labelVerb: Verb
    target: string | null
    caseNumber: string
    count: number
    at: number
    undoesActId: ActId | null
    redoesActId: ActId | null
    stack: 'done' | 'undone' | 'off'
    position: number
  }
  /** What an admin decided about the organisation. */
  orgEdits: {
    seq: Generated<number>
    editId: EditId
    recordId: string
    /** The OrgEdit as it is sent; never changes. */
    contentJson: string
    state: DecisionState
    attempt: number
    /** It left once and nobody knows what became of it: only evidence may end it. */
    isDoubtful: number
    isSettled: number
    isSeen: number
    reasonsJson: string
    theirsJson: string | null
    changedBy: EmployeeId | null
    theirsAt: number | null
    changedAt: number
  }
  /** The fold of unsettled decisions over their cases; `baseJson` is the case underneath. */
  overlay: CaseColumns & { baseJson: string }
  preferences: { name: string; valueJson: string }
}

/** The view every read goes through: replica rows not in overlay, and overlay rows. */
export interface Views {
  effective: CaseColumns
}

export type Tables = ReplicaTables & OutboxTables & Views

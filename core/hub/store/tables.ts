import type { CaseSource, CaseStatus } from '../../domain/case.ts'
import type {
  AbsenceId,
  CaseId,
  ClientId,
  DepartmentId,
  EmployeeId,
  HistoryId,
  KindId,
  PostId,
  SubstitutionId,
} from '../../domain/id.ts'
import type { AbsenceKind } from '../../domain/org.ts'

/** 0 or 1: every database has integers, not every one has booleans. */
export type Flag = 0 | 1

export interface DepartmentRow {
  departmentId: DepartmentId
  parentId: DepartmentId | null
  name: string
  defaultLimit: number | null
  hoursPerPoint: number | null
  zone: string | null
  version: number
}
export interface PostRow {
  postId: PostId
  departmentId: DepartmentId
  name: string
  employeeId: EmployeeId | null
  isHead: Flag
  version: number
}
/** `kindLimits`, `skills` and `week` are JSON. */
export interface EmployeeRow {
  employeeId: EmployeeId
  name: string
  isExternal: Flag
  isDismissed: Flag
  limit: number | null
  kindLimits: string
  skills: string
  week: string | null
  isDayOpen: Flag | null
  lastAssignedAt: number | null
  version: number
}
export interface AbsenceRow {
  absenceId: AbsenceId
  employeeId: EmployeeId
  kind: AbsenceKind
  fromAt: number
  untilAt: number
  version: number
}
export interface SubstitutionRow {
  substitutionId: SubstitutionId
  employeeId: EmployeeId
  substituteId: EmployeeId
  fromAt: number
  untilAt: number
  version: number
}
export interface KindRow {
  kindId: KindId
  name: string
  weight: number
  departmentId: DepartmentId | null
  doesWaitingStopClock: Flag
  version: number
}
export interface ClientRow {
  clientId: ClientId
  name: string
  responsibleId: EmployeeId | null
  version: number
}
/** Every case has a department: nothing is routed to nobody. `phones` and `emails` are JSON. */
export interface CaseRow {
  caseId: CaseId
  number: string
  subject: string
  text: string
  phones: string
  emails: string
  kindId: KindId | null
  source: CaseSource
  departmentId: DepartmentId
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
  version: number
}
/** `fromFields`, `toFields` and `reasons` are JSON. Never changed, never removed. */
export interface HistoryRow {
  historyId: HistoryId
  caseId: CaseId
  at: number
  employeeId: EmployeeId | null
  decisionId: string | null
  verb: string
  fromFields: string
  toFields: string
  ruleId: string | null
  ruleVersion: number | null
  reasons: string
  version: number
}
/** Records that are no more, so that a pull can say so. */
export interface RemovalRow {
  entity: string
  id: string
  version: number
}
/** What was asked once and what came of it, kept for ever: `id` is a decision's or a request's. */
export interface AppliedRow {
  id: string
  contentHash: string
  outcome: string
  at: number
}
/** `digest` is the SHA-256 of the secret; `scopes` is JSON; the secret itself is nowhere. */
export interface TokenRow {
  tokenId: string
  prefix: string
  digest: string
  employeeId: EmployeeId | null
  role: TokenRole
  scopes: string
  label: string
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  revokedAt: number | null
}
/** `person`: the rights follow from the org; `admin` sees everything and decides nothing; `agent` is a machine. */
export type TokenRole = 'person' | 'admin' | 'agent'

/** Who somebody is at the company's sign-in provider: an e-mail or another claim's value. */
export interface IdentityRow {
  identity: string
  employeeId: EmployeeId
}
export interface DispatcherRow {
  employeeId: EmployeeId
  departmentId: DepartmentId
  fromAt: number | null
  untilAt: number | null
}
/** `detail` is JSON; `hash` chains each row to the one before. */
export interface AuditRow {
  seq: number
  at: number
  actor: string
  verb: string
  entity: string
  entityId: string
  detail: string
  hash: string
}

export interface Tables {
  departments: DepartmentRow
  posts: PostRow
  employees: EmployeeRow
  absences: AbsenceRow
  substitutions: SubstitutionRow
  kinds: KindRow
  clients: ClientRow
  cases: CaseRow
  history: HistoryRow
  removals: RemovalRow
  applied: AppliedRow
  tokens: TokenRow
  dispatchers: DispatcherRow
  identities: IdentityRow
  audit: AuditRow
  counters: { name: 'version' | 'number' | 'audit' | 'org'; value: number }
  meta: { key: MetaKey; value: string }
}
export type MetaKey = 'schema' | 'epoch' | 'company' | 'zone' | 'ownerId' | 'auditKey' | 'auditHead'

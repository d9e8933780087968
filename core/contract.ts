/** Every question, answer and event between a window and the core. */
import { z } from 'zod'
import { type OrgAnswers, type OrgPending, orgArgs } from './contract-org.ts'
import { type PortalAnswers, portalArgs } from './contract-portal.ts'
import type { ProductionCalendar } from './domain/calendar.ts'
import type { Case, CaseText, Kind } from './domain/case.ts'
import type { Decision, DecisionState, Fields, Reason, Verb } from './domain/decision.ts'
import type {
  ActId,
  CaseId,
  ClientId,
  DecisionId,
  DepartmentId,
  EmployeeId,
  WorkspaceId,
} from './domain/id.ts'
import type { ClosedCounts } from './domain/load.ts'
import type { Org } from './domain/org.ts'
import type { Patch } from './domain/patch.ts'
import type { PlanRow } from './domain/plan.ts'
import type { Stage as CaseStage } from './domain/stage.ts'

const id = <T extends string>() => z.string().min(3).max(300) as unknown as z.ZodType<T>
const uuid = <T extends string>() => z.uuid() as unknown as z.ZodType<T>
const instant = z.int().min(0).max(8_640_000_000_000_000)
const languages = z.enum(['ru', 'en'])

/** One decision to make: its id is made in the window before it is asked for. */
const order = z.strictObject({ decisionId: uuid<DecisionId>(), caseId: id<CaseId>() })
/** One gesture of the head over one or many cases; `isOverridden`: go on over a warning. */
const act = { actId: uuid<ActId>(), orders: z.array(order).min(1).max(10_000) }
const isOverridden = z.optional(z.boolean())

export const args = {
  ...orgArgs,
  ...portalArgs,
  /** What this console is: may be asked before a workspace is open. */
  hello: z.strictObject({}),
  /** First run and settings: doors into a workspace. */
  startDemo: z.strictObject({}),
  openSpace: z.strictObject({ workspaceId: z.string().min(1).max(64) }),
  unlock: z.strictObject({ passphrase: z.string().min(1).max(1000) }),
  /** An empty token asks only whether a hub is there and how people come in. */
  probeHub: z.strictObject({ url: z.string().max(2000), token: z.string().max(500) }),
  connectHub: z.strictObject({ url: z.string().max(2000), token: z.string().max(500) }),
  /** A portal of Bitrix24 by the address of an incoming webhook, which is a secret. */
  probePortal: z.strictObject({ webhook: z.string().max(2000) }),
  connectPortal: z.strictObject({
    webhook: z.string().max(2000),
    /** Make the field in which a decision leaves its mark, or use it. */
    isMarked: z.boolean(),
  }),
  /** Through the company's sign-in instead of a token; the pages the browser shows are in `language`. */
  beginSignIn: z.strictObject({ url: z.string().max(2000), language: languages }),
  awaitSignIn: z.strictObject({ signInId: z.uuid() }),
  cancelSignIn: z.strictObject({ signInId: z.uuid() }),
  connectSignedIn: z.strictObject({ signInId: z.uuid() }),
  /** An upload in pieces, so that a large file never sits in one message. */
  uploadStart: z.strictObject({ name: z.string().max(500), size: z.int().min(0) }),
  uploadPiece: z.strictObject({ uploadId: z.uuid(), base64: z.string().max(2_000_000) }),
  importPreview: z.strictObject({
    uploadId: z.uuid(),
    mapping: z.string().max(100),
    asOf: z.nullable(z.string().max(40)),
  }),
  importRun: z.strictObject({
    uploadId: z.uuid(),
    mapping: z.string().max(100),
    asOf: z.nullable(z.string().max(40)),
  }),
  cancelWork: z.strictObject({ workId: z.string().max(100) }),

  /** The records of the open workspace. */
  open: z.strictObject({}),
  caseDetail: z.strictObject({ caseId: id<CaseId>() }),
  search: z.strictObject({ text: z.string().max(1000), limit: z.int().min(1).max(500) }),

  assign: z.strictObject({ ...act, employeeId: id<EmployeeId>(), isOverridden }),
  take: z.strictObject({ ...act, isOverridden }),
  returnToInbox: z.strictObject(act),
  pass: z.strictObject({ ...act, departmentId: id<DepartmentId>() }),
  /** `until` in UTC ms, or `untilChange`; null takes a case out of deferral. */
  defer: z.strictObject({ ...act, until: z.nullable(instant) }),
  progress: z.strictObject({ ...act, stageId: z.string().max(300) }),
  closedLately: z.strictObject({}),
  /** One new decision id for each decision taken back; more than needed may be given. */
  undo: z.strictObject({
    actId: uuid<ActId>(),
    decisionIds: z.array(uuid<DecisionId>()).max(10_000),
  }),
  redo: z.strictObject({
    actId: uuid<ActId>(),
    decisionIds: z.array(uuid<DecisionId>()).max(10_000),
  }),

  /** Begins or changes the draft of a plan for these cases; `kept`: what the head chose, null: nobody. */
  proposePlan: z.strictObject({
    caseIds: z.array(id<CaseId>()).min(1).max(10_000),
    kept: z
      .array(z.strictObject({ caseId: id<CaseId>(), employeeId: z.nullable(id<EmployeeId>()) }))
      .max(10_000),
    /** Only among the people of this department and those below; absent: among all of the scope. */
    departmentId: z.optional(id<DepartmentId>()),
  }),
  /** The draft as it would be now. */
  openPlan: z.strictObject({}),
  dropPlan: z.strictObject({}),
  /** One act over many people; what cannot be given stays in the draft. */
  applyPlan: z.strictObject({
    actId: uuid<ActId>(),
    orders: z
      .array(z.strictObject({ ...order.shape, employeeId: id<EmployeeId>(), isOverridden }))
      .min(1)
      .max(10_000),
  }),

  outbox: z.strictObject({ limit: z.int().min(1).max(1000) }),
  resolveConflict: z.strictObject({
    decisionId: uuid<DecisionId>(),
    actId: uuid<ActId>(),
    newDecisionId: uuid<DecisionId>(),
    choice: z.union([
      z.strictObject({ kind: z.literal('keepTheirs') }),
      z.strictObject({ kind: z.literal('insist') }),
      z.strictObject({ kind: z.literal('giveTo'), employeeId: id<EmployeeId>() }),
    ]),
  }),
  /** The head has read why these were rejected; they are no longer counted. */
  markSeen: z.strictObject({ decisionIds: z.array(uuid<DecisionId>()).max(10_000) }),
  /** Wakes the loops: forget the backoff and try now. */
  syncNow: z.strictObject({}),
  /** The head says that the backend, though another than before, is the right one. */
  acceptEpoch: z.strictObject({}),
  exportUnsent: z.strictObject({}),
  backup: z.strictObject({}),
  /** Makes a new recovery code for the key in the keychain; the one before no longer opens. */
  newRecoveryCode: z.strictObject({}),
  settings: z.strictObject({}),
  saveSettings: z.strictObject({
    language: z.optional(languages),
    theme: z.optional(z.enum(['auto', 'light', 'dark'])),
    defaultLimit: z.optional(z.number().min(0).max(1000)),
    /** By kind id; null: no weight of one's own, as the case says. */
    kindWeights: z.optional(z.record(z.string().max(300), z.nullable(z.number().min(0).max(1000)))),
    limits: z.optional(z.record(z.string().max(300), z.nullable(z.number().min(0).max(1000)))),
  }),
  /** What the desktop may show of the window, in its language: two counts, nothing about the cases. */
  tellDesktop: z.strictObject({
    waiting: z.int().min(0).max(1_000_000),
    arrived: z.int().min(0).max(1_000_000),
    language: languages,
  }),
  /** The window says what it caught, so that it reaches the log. */
  reportProblem: z.strictObject({ message: z.string().max(2000) }),
}

export type Arg<K extends keyof typeof args> = z.infer<(typeof args)[K]>

export interface SpaceInfo {
  readonly workspaceId: WorkspaceId
  readonly kind: 'demo' | 'import' | 'hub' | 'bitrix24'
  readonly title: string
}

/** What the window must show first. */
export type Stage =
  | { readonly kind: 'firstRun' }
  /** The key is not to be had from the keychain: a passphrase is asked for; `isNew`: chosen now. */
  | {
      readonly kind: 'locked'
      readonly isNew: boolean
      readonly reason: string
      readonly isWrong: boolean
    }
  | { readonly kind: 'ready'; readonly space: SpaceInfo }
  /** The core cannot work here; `reason` is a code in words. */
  | { readonly kind: 'failed'; readonly reason: Reason }

export interface Hello {
  readonly version: string
  readonly stage: Stage
  readonly language: 'ru' | 'en' | null
  readonly theme: 'auto' | 'light' | 'dark'
  readonly spaces: readonly SpaceInfo[]
  readonly mappings: readonly {
    readonly name: string
    readonly title: string
    readonly needsAsOf: boolean
  }[]
}

export interface Me {
  readonly employeeId: EmployeeId
  readonly name: string
  readonly role: 'head' | 'dispatcher' | 'employee' | 'external' | 'admin'
  /** Departments of the scope, without those below them. */
  readonly departmentIds: readonly DepartmentId[]
}

export interface Snapshot {
  readonly space: SpaceInfo
  /** null until the first page has come. */
  readonly me: Me | null
  readonly zone: string
  readonly calendar: ProductionCalendar
  readonly org: Org
  readonly kinds: readonly Kind[]
  /** Open cases of the scope as the head sees them. */
  readonly cases: readonly Case[]
  readonly closed: Readonly<Record<EmployeeId, ClosedCounts>>
  readonly acquainted: Readonly<Record<ClientId, readonly EmployeeId[]>>
  /** Who is responsible for which client, where it is known. */
  readonly clientOwners: Readonly<Record<ClientId, EmployeeId | null>>
  readonly pending: Readonly<Record<CaseId, 'queued' | 'sending' | 'unknown' | 'conflict'>>
  /** May this person edit the organisation from here? */
  readonly canEditOrg: boolean
  /** Can a case be put off in this backend? */
  readonly canDefer: boolean
  readonly orgPending: OrgPending
  readonly defaultLimit: number
  /** Stages of the cases' way in this backend, in their order. */
  readonly stages: readonly CaseStage[]
  readonly sync: SyncStatus
  readonly undo: UndoState
  readonly mended: Mended | null
}

/** The file of decisions was not what it should be when the space was opened. */
export interface Mended {
  /** When the copy was made that took its place; null: it stayed. */
  readonly restoredAt: number | null
  /** How many of the last decisions made here are in no file. */
  readonly lost: number
}

export interface SyncStatus {
  readonly link:
    | { readonly kind: 'idle' | 'loading' | 'offline' | 'slow' | 'unauthorised' | 'epochChanged' }
    | { readonly kind: 'failed'; readonly reason: string }
  /** When the replica was last known to be up to date; null: never. */
  readonly freshAt: number | null
  /** The next attempt when the network failed. */
  readonly retryAt: number | null
  readonly waiting: number
  /** How long it takes to send all that waits, at the pace so far; null: not known. */
  readonly sendLeftMs: number | null
  readonly conflicts: number
  /** Rejected and not yet looked at. */
  readonly rejected: number
  readonly load: {
    readonly done: number
    readonly total: number
    readonly leftMs: number | null
  } | null
  /** Backend's clock minus ours, when known. */
  readonly clockOffsetMs: number | null
}

/** The names of the acts that would be taken back or done again. */
export interface UndoState {
  readonly undo: ActLabel | null
  readonly redo: ActLabel | null
}
export interface ActLabel {
  readonly actId: ActId
  readonly verb: Verb
  readonly count: number
  readonly caseNumber: string
  /** Name of the person or department it went to. */
  readonly target: string | null
}

/** What an act did: N selected, N changed, or those that did not with their reasons. */
export interface ActResult {
  readonly actId: ActId
  readonly done: readonly CaseId[]
  readonly refused: readonly { readonly caseId: CaseId; readonly reasons: readonly Reason[] }[]
  readonly label: ActLabel | null
}

export interface CaseDetail {
  readonly theCase: Case
  readonly text: CaseText | null
  readonly history: readonly HistoryLine[]
}
export interface HistoryLine {
  readonly at: number
  readonly who: string | null
  readonly verb: string
  /** Names of the person or department before and after; null: nobody. Of a deferral the instant in ms as digits. */
  readonly from: string | null
  readonly to: string | null
  readonly reasons: readonly Reason[]
  readonly rule: string | null
  /** Not yet confirmed by the backend. */
  readonly state: DecisionState | null
}

export interface OutboxItem {
  readonly decision: Decision
  readonly state: DecisionState
  readonly attempt: number
  readonly caseNumber: string
  readonly subject: string
  readonly retryAt: number | null
  /** Set when rejected or conflicting. */
  readonly code: string | null
  readonly conflict: Conflict | null
  /** A rejected one the head has read about. */
  readonly isSeen?: boolean
}
/** Was, mine and theirs, side by side. */
export interface Conflict {
  readonly base: Fields
  readonly mine: Fields
  readonly theirs: Fields
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
}

/** A plan of the draft's cases that can still be given, and how the world moved since it was drafted. */
export interface PlanAnswer {
  /** The department among whose people the cases are split; null: all of the scope. */
  readonly departmentId: DepartmentId | null
  readonly caseIds: readonly CaseId[]
  readonly rows: readonly PlanRow[]
  readonly left: readonly CaseId[]
  readonly draftedAt: number
  readonly moved: PlanMoved
}
export interface PlanMoved {
  /** Cases of the draft that are no longer to be given out, of so many. */
  readonly given: number
  readonly total: number
  /** Who has gone away since, and who has come back. */
  readonly away: readonly EmployeeId[]
  readonly back: readonly EmployeeId[]
}

export interface Settings {
  readonly language: 'ru' | 'en' | null
  readonly theme: 'auto' | 'light' | 'dark'
  readonly defaultLimit: number
  readonly kindWeights: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, number | null>>
  readonly space: SpaceInfo | null
  readonly backend: {
    readonly kind: string
    readonly address: string
    readonly can: readonly string[]
    readonly cannot: readonly string[]
  }
  readonly dataFolder: string
  readonly isEncrypted: boolean
  readonly keyHolder: 'keychain' | 'passphrase' | 'file' | 'none'
  readonly lastBackupAt: number | null
}

export interface Probe {
  readonly isAllowed: boolean
  /** The hub offers to sign in with a browser whoever has no token that fits. */
  readonly canSignIn: boolean
  readonly me: Me | null
  readonly company: string | null
  /**
   * Sentences as data: what is allowed, what is missing, what is wrong. Each says its
   * `level: 'allowed' | 'missing' | 'wrong'`; `code` is one of `firstRun.probe.*` in words: reached {address},
   * signedIn {name}, role {role}, departments {count}, canGiveOut, cannotGiveOut, noDepartments,
   * badAddress, unreachable {address}, slow, notAHub, wrongToken, noRight, tlsFailed,
   * otherProtocol {theirs, ours}, plainHttp, alreadyConnected {title}, canSignIn, tokenNeeded,
   * signInRefused, signInFailed, signInLost, signInLate, signInStopped; of a portal
   * portalReached {address}, webhookOf {name}, scopeMissing {scope}, scopeLacking {scope},
   * headed {count}, notHead, marked, canMark, cannotMark, portalLimits, badWebhook, notAWebhook, notAPortal,
   * wrongWebhook, planBlocked, portalGone.
   */
  readonly findings: readonly Reason[]
}

export interface ImportCounts {
  readonly rows: number
  readonly skipped: readonly {
    readonly line: number
    readonly field: string
    readonly value: string
    readonly reason: Reason
  }[]
  readonly departments: number
  readonly employees: number
  readonly cases: {
    readonly total: number
    readonly unassigned: number
    readonly assigned: number
    readonly waiting: number
    readonly closed: number
  }
}
export interface ImportPreview {
  readonly counts: ImportCounts | null
  readonly problem: {
    readonly line: number
    readonly field: string
    readonly value: string
    readonly reason: Reason
  } | null
  readonly sample: readonly (readonly string[])[]
}

/** Closed in the last week, the newest first. */
export interface ClosedLately {
  readonly cases: readonly Case[]
  readonly isMore: boolean
}

export interface SearchAnswer {
  readonly cases: readonly Case[]
  readonly isMore: boolean
}

export interface Answers extends OrgAnswers, PortalAnswers {
  hello: Hello
  startDemo: Stage
  openSpace: Stage
  unlock: Stage
  probeHub: Probe
  connectHub: Stage
  probePortal: Probe
  connectPortal: Stage
  /** `address` is to be opened in a browser. */
  beginSignIn: { readonly signInId: string; readonly address: string }
  /** Answers when the person is back, has waited too long, or it was stopped. */
  awaitSignIn: Probe
  cancelSignIn: null
  connectSignedIn: Stage
  uploadStart: { readonly uploadId: string }
  uploadPiece: { readonly received: number }
  importPreview: ImportPreview
  importRun: { readonly stage: Stage; readonly preview: ImportPreview }
  cancelWork: null
  open: Snapshot
  caseDetail: CaseDetail | null
  search: SearchAnswer
  assign: ActResult
  take: ActResult
  returnToInbox: ActResult
  pass: ActResult
  defer: ActResult
  progress: ActResult
  closedLately: ClosedLately
  undo: ActResult
  redo: ActResult
  proposePlan: PlanAnswer
  /** null: there is no draft, or nothing is left of it. */
  openPlan: PlanAnswer | null
  dropPlan: null
  applyPlan: ActResult
  outbox: readonly OutboxItem[]
  resolveConflict: ActResult
  markSeen: null
  syncNow: null
  acceptEpoch: null
  /** A file for the user to save. */
  exportUnsent: { readonly name: string; readonly text: string }
  backup: { readonly path: string; readonly bytes: number }
  newRecoveryCode: { readonly code: string }
  settings: Settings
  saveSettings: Settings
  tellDesktop: null
  reportProblem: null
}

export interface Events {
  changed: Patch
  sync: SyncStatus
  undo: UndoState
  stage: Stage
  /** Long work: done of total, in the unit the word for `name` says. */
  progress: {
    readonly workId: string
    readonly name: string
    readonly done: number
    readonly total: number | null
  }
  /** A second start asks this one to show itself. */
  show: null
  /** The system was asked to open `nachalo://case/<number>`. */
  openCase: { readonly number: string }
}

/** The window's view. */
export type Calls = { [K in keyof typeof args]: (arg: Arg<K>) => Promise<Answers[K]> }
/** The core's view. */
export type Handlers = {
  [K in keyof typeof args]: (arg: Arg<K>) => Answers[K] | Promise<Answers[K]>
}

import type { CaseId, ClientId, DepartmentId, EmployeeId, KindId } from './id.ts'

/** One state per case, the first that holds, in this order (design, «State of a case»). */
export type CaseState =
  | 'closed'
  | 'awaitingApproval'
  | 'deferred'
  | 'waiting'
  | 'overdue'
  | 'inWork'

/** What the backend says of a case; the state follows from it and from the clock. */
export type CaseStatus = 'open' | 'waiting' | 'awaitingApproval' | 'closed'

/** «Until the case changes»: the largest instant a Date can hold. */
export const untilChange = 8_640_000_000_000_000

/**
 * One piece of work as every part of the program holds it. Instants are UTC milliseconds;
 * `null` means unknown or nobody. `priority`: 0 low, 1 normal, 2 high, 3 urgent.
 * `weight` is in load points. `version` orders changes of the backend.
 */
export interface Case {
  readonly caseId: CaseId
  readonly number: string
  readonly subject: string
  readonly kindId: KindId | null
  readonly source: CaseSource
  readonly departmentId: DepartmentId | null
  readonly responsibleId: EmployeeId | null
  readonly clientId: ClientId | null
  readonly clientName: string | null
  readonly status: CaseStatus
  /** Text the backend uses for the status («Ждёт клиента»), shown as it is. */
  readonly statusName: string | null
  readonly deferredUntil: number | null
  readonly dueAt: number | null
  readonly priority: number
  readonly weight: number
  /** Planned work in milliseconds; null: weight × the department's hours per point. */
  readonly effortMs: number | null
  readonly requiredSkill: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly closedAt: number | null
  readonly assignedAt: number | null
  /** Only kind, weight and due are known: I may not read this case, but its load counts. */
  readonly isMasked: boolean
  readonly version: number
}

export type CaseSource = 'mail' | 'phone' | 'web' | 'internal' | 'other'

/** What is long and asked for one case at a time. */
export interface CaseText {
  readonly caseId: CaseId
  readonly text: string
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

/** A sort of work; `departmentId` is where a case of this kind goes when it names none itself. */
export interface Kind {
  readonly kindId: KindId
  readonly name: string
  readonly weight: number
  /** The head's own weight for cases of this kind, set in this console; absent: as the case says. */
  readonly localWeight?: number
  readonly departmentId: DepartmentId | null
  readonly doesWaitingStopClock: boolean
}

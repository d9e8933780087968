import type { Values } from './values.ts'

/** Numbers of the built-in entities (bitrix24.md 3.1); a smart process has its own from 128 up. */
export const lead = 1
export const deal = 2
export const contact = 3
export const company = 4

/** A lead, deal, contact, company or item of a smart process; fields in camelCase, moments as ms. */
export interface Item {
  readonly id: number
  readonly entityTypeId: number
  readonly values: Values
}

export interface Person {
  readonly id: number
  readonly isActive: boolean
  readonly name: string
  readonly lastName: string
  readonly post: string
  readonly departments: readonly number[]
  readonly kind: 'employee' | 'extranet'
  /** Of the whole portal. */
  readonly isAdmin: boolean
  readonly innerPhone: string
  readonly registeredAt: number
  readonly changedAt: number
  readonly day: WorkDay
}

/** What timeman says of somebody's day; `untracked`: no working time is kept (bitrix24.md 3.4). */
export interface WorkDay {
  readonly status: 'OPENED' | 'CLOSED' | 'PAUSED' | 'EXPIRED'
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly isTracked: boolean
}

export interface Department {
  readonly id: number
  readonly name: string
  readonly parent: number | null
  readonly headId: number | null
}

/** An entry of a calendar, or of the absence chart (`isFromHr`). */
export interface Absence {
  readonly id: number
  readonly userId: number
  readonly name: string
  readonly from: number
  readonly until: number
  readonly accessibility: 'busy' | 'absent' | 'quest' | 'free'
  readonly isFromHr: boolean
  /** The end in UTC is wrong for what repeats (bitrix24.md 3.4). */
  readonly isRecurring?: boolean
  /** Whole days, the last one included. */
  readonly isWholeDay?: boolean
}

export interface Task {
  readonly id: number
  readonly title: string
  readonly description: string
  /** 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred. */
  readonly status: number
  readonly responsibleId: number
  readonly createdBy: number
  readonly changedBy: number
  readonly accomplices: readonly number[]
  readonly auditors: readonly number[]
  readonly groupId: number
  readonly flowId: number | null
  readonly stageId: number
  readonly deadline: number | null
  readonly createdDate: number
  readonly changedDate: number
  readonly activityDate: number
  readonly closedDate: number | null
  /** `D_12`, `T80_6`: what the task is about. */
  readonly bindings: readonly string[]
}

export interface TaskChange {
  readonly id: number
  readonly taskId: number
  readonly at: number
  readonly field: string
  readonly from: string
  readonly to: string
  readonly userId: number
}

export interface Group {
  readonly id: number
  readonly name: string
  readonly ownerId: number
  readonly members: readonly number[]
}

export interface DynamicType {
  /** Not the entityTypeId: custom fields are named by this one. */
  readonly id: number
  readonly entityTypeId: number
  readonly title: string
}

export interface Category {
  readonly id: number
  readonly entityTypeId: number
  readonly name: string
  readonly sort: number
  readonly isDefault: boolean
}

/** A stage, or an entry of another directory. */
export interface Status {
  readonly id: number
  readonly entityId: string
  readonly statusId: string
  readonly name: string
  readonly sort: number
  readonly color: string
  readonly semantics: 'P' | 'S' | 'F' | null
  readonly categoryId: number | null
}

export interface StageMove {
  readonly id: number
  readonly entityTypeId: number
  /** 1 created, 2 on the way, 3 final, 5 another funnel. */
  readonly typeId: number
  readonly ownerId: number
  readonly at: number
  readonly categoryId: number
  readonly semantics: string
  readonly stageId: string
}

export interface CustomField {
  readonly id: number
  /** `CRM_DEAL`, `CRM_LEAD`, `CRM_<id of the type>`. */
  readonly entityId: string
  readonly fieldName: string
  readonly userTypeId: string
  readonly isMultiple: boolean
  readonly labels: Values
}

export interface Activity {
  readonly id: number
  readonly ownerTypeId: number
  readonly ownerId: number
  readonly typeId: number
  readonly providerId: string
  readonly providerTypeId: string
  readonly subject: string
  readonly description: string
  readonly responsibleId: number
  readonly authorId: number
  readonly isCompleted: boolean
  readonly direction: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly deadline: number | null
}

export interface Comment {
  readonly id: number
  readonly entityType: string
  readonly entityId: number
  readonly authorId: number
  readonly text: string
  readonly at: number
}

export interface Notice {
  readonly id: number
  readonly userId: number
  readonly fromId: number
  readonly message: string
  readonly tag: string
  readonly at: number
}

export interface PhoneCall {
  readonly id: number
  readonly userId: number
  readonly phone: string
  /** 1 out, 2 in. */
  readonly type: number
  readonly seconds: number
  readonly at: number
  readonly code: string
  readonly entityType: string
  readonly entityId: number
}

/** Whose hand did something, and by which way. */
export interface Author {
  readonly userId: number
  readonly via: 'rest' | 'hand' | 'robot'
  readonly method: string
}

/** One write carried out; `isChanged` is false when nothing was different. */
export interface Write {
  readonly at: number
  readonly by: number
  readonly via: Author['via']
  readonly method: string
  readonly what: 'item' | 'task' | 'activity' | 'comment' | 'notice' | 'field' | 'person'
  readonly entityTypeId: number | null
  readonly id: number
  readonly fields: Values
  readonly isChanged: boolean
}

/** What a window and the core say about editing the organisation; part of `contract.ts`. */
import { z } from 'zod'
import type { DecisionState, Reason } from './domain/decision.ts'
import type { EmployeeId } from './domain/id.ts'
import type { OrgEdit, OrgFields, OrgHistoryEntry } from './domain/org-edit.ts'

const id = z.string().min(1).max(300)
const nullableId = z.nullable(id)
const instant = z.int().min(0).max(8_640_000_000_000_000)
/** Wider than what is right, so that a person hears why it is not. */
const number = z.number().min(-1e9).max(1e9)
const fields = z.strictObject({
  name: z.optional(z.string().max(1000)),
  parentId: z.optional(nullableId),
  defaultLimit: z.optional(z.nullable(number)),
  hoursPerPoint: z.optional(z.nullable(number)),
  zone: z.optional(z.nullable(z.string().max(100))),
  departmentId: z.optional(id),
  employeeId: z.optional(nullableId),
  isHead: z.optional(z.boolean()),
  isExternal: z.optional(z.boolean()),
  isDismissed: z.optional(z.boolean()),
  limit: z.optional(z.nullable(number)),
  kindLimits: z.optional(z.record(z.string().max(300), number)),
  skills: z.optional(z.array(z.string().max(1000)).max(1000)),
  kind: z.optional(z.enum(['vacation', 'sick', 'trip', 'other'])),
  substituteId: z.optional(id),
  fromAt: z.optional(instant),
  untilAt: z.optional(instant),
})

/** One change of one record; without `base` it is meant on what the window shows. */
const wish = z.strictObject({
  editId: z.uuid(),
  entity: z.enum(['department', 'post', 'employee', 'absence', 'substitution']),
  id,
  kind: z.enum(['add', 'set', 'remove']),
  want: fields,
  base: z.optional(fields),
  takesBack: z.optional(z.uuid()),
})

export const orgArgs = {
  /** One gesture of an admin: all of its edits, or none. */
  editOrg: z.strictObject({ edits: z.array(wish).min(1).max(50) }),
  orgEdits: z.strictObject({ limit: z.int().min(1).max(1000) }),
  /** `newEditId` is used only by `insist`. */
  answerOrgEdit: z.strictObject({
    editId: z.uuid(),
    newEditId: z.uuid(),
    choice: z.enum(['cancel', 'keepTheirs', 'insist', 'seen']),
  }),
  /** Asked from the backend itself. */
  orgHistory: z.strictObject({ limit: z.int().min(1).max(1000) }),
}

export interface EditResult {
  readonly isDone: boolean
  /** Why not, with the `field` of the edit each reason is about. */
  readonly refused: readonly { readonly editId: string; readonly reasons: readonly Reason[] }[]
}

/** An edit on its way, or one of the last that were. */
export interface OrgEditItem {
  readonly edit: OrgEdit
  readonly state: DecisionState
  readonly attempt: number
  readonly reasons: readonly Reason[]
  /** The record as somebody else left it. */
  readonly theirs: OrgFields | null
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
  readonly isSeen: boolean
}

export type OrgHistoryAnswer =
  | {
      readonly kind: 'told'
      readonly entries: readonly OrgHistoryEntry[]
      readonly isMore: boolean
    }
  /** No network, no right, or a backend that keeps none. */
  | { readonly kind: 'offline' | 'forbidden' | 'none' }

export interface OrgAnswers {
  editOrg: EditResult
  orgEdits: readonly OrgEditItem[]
  answerOrgEdit: { readonly isDone: boolean }
  orgHistory: OrgHistoryAnswer
}

/** By record id, the state of what is not settled about it. */
export type OrgPending = Readonly<Record<string, 'queued' | 'sending' | 'unknown' | 'conflict'>>

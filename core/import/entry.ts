import type { CaseSource } from '../domain/case.ts'

/** What one row says of a case, before ids: names as the file has them, instants in UTC ms. */
export interface Entry {
  readonly number: string
  readonly line: number
  readonly at: number
  /** Orders rows of the same moment. */
  readonly order: number
  readonly createdAt: number | null
  readonly closedAt: number | null
  readonly dueAt: number | null
  readonly statusName: string | null
  readonly isClosed: boolean
  readonly isUnassigned: boolean
  readonly isWaiting: boolean
  readonly isAwaitingApproval: boolean
  readonly department: string | null
  /** The person the row names, also when it says that nobody is responsible. */
  readonly person: string | null
  readonly client: string | null
  readonly subject: string
  readonly text: string
  readonly kind: string | null
  readonly source: CaseSource
  readonly priority: number
  /** In load points; null: the weight of the kind. */
  readonly weight: number | null
  readonly effortMs: number | null
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly skill: string | null
}

export type Standing = 'closed' | 'unassigned' | 'waiting' | 'assigned'

/** The partition of the counts: the first that holds. */
export function standingOf(entry: Entry): Standing {
  if (entry.isClosed) return 'closed'
  if (entry.isUnassigned) return 'unassigned'
  return entry.isWaiting ? 'waiting' : 'assigned'
}

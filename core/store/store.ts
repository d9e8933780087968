import type { CaseId, ClientId, EmployeeId, WorkspaceId } from '../domain/id.ts'
import type { Backup } from './backup.ts'
import type { Query, Ran } from './db.ts'

/**
 * What a committed transaction changed. `caseIds`: cases a window may hold (open before or
 * after); `closedOf`: people whose closed counts moved; `clientIds`: clients whose
 * acquaintances may have moved.
 */
export interface Touched {
  readonly caseIds: ReadonlySet<CaseId>
  readonly isOrgTouched: boolean
  readonly areKindsTouched: boolean
  readonly closedOf: ReadonlySet<EmployeeId>
  readonly clientIds: ReadonlySet<ClientId>
  readonly isOutboxTouched: boolean
}

/** The same while it is being collected inside a transaction. */
export interface Touching extends Touched {
  readonly caseIds: Set<CaseId>
  isOrgTouched: boolean
  areKindsTouched: boolean
  readonly closedOf: Set<EmployeeId>
  readonly clientIds: Set<ClientId>
  isOutboxTouched: boolean
}

export const untouched = (): Touching => ({
  caseIds: new Set(),
  isOrgTouched: false,
  areKindsTouched: false,
  closedOf: new Set(),
  clientIds: new Set(),
  isOutboxTouched: false,
})

export interface TransactOptions {
  /**
   * A COMMIT that failed may have happened: on a fresh connection, did it? Without this the
   * failure is thrown, which is only right for what may be done again.
   */
  readonly isDone?: () => boolean
  /** Several transactions of one piece of work collect here what the caller tells at its end. */
  readonly collect?: Touching
}

/** One open workspace: outbox.db with replica.db attached, held by this process alone. */
export interface Store {
  readonly workspaceId: WorkspaceId
  readonly folder: string
  readonly isEncrypted: boolean
  /** The replica did not open, was damaged or newer: it was renamed and a new one begun. */
  readonly wasReplicaSetAside: boolean
  /** The backup the outbox was restored from at this opening, or null. */
  readonly restoredFrom: string | null
  /** The damaged or older outbox set aside at this opening, or null. */
  readonly outboxSetAside: string | null
  /** How many of the last decisions made here are missing since this opening. */
  readonly lostDecisions: number
  now(): number
  close(): void
  /** A fresh connection, for after a COMMIT that failed. */
  reopen(): void
  /** Called after each commit that changed something; returns how to stop. */
  onTouched(listener: (touched: Touched) => void): () => void
  all<Row>(query: Query<Row>): Row[]
  one<Row>(query: Query<Row>): Row | undefined
  run(query: Query<unknown>): Ran
  /** SQL without an answer that no builder writes: an index, a checkpoint. */
  execute(sql: string): void
  /** One BEGIN IMMEDIATE … COMMIT, never yielding; inside another it joins that one. */
  transact<Result>(change: (touching: Touching) => Result, options?: TransactOptions): Result
  /** Tells the listeners what a `collect` has gathered. */
  tell(touching: Touching): void
  backUp(): Backup
}

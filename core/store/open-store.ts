import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkspaceId } from '../domain/id.ts'
import { backUpDatabase } from './backup.ts'
import { connect } from './connection.ts'
import { openLock, sqliteCodeOf, type Database, type Query, type Runner } from './db.ts'
import { StoreError } from './errors.ts'
import { forgetDamage, lockName, noteDamage, wasDamageNoted } from './files.ts'
import { lastSeqSql, openMark, type Mark } from './mark.ts'
import { readyOutbox, readyReplica } from './open-files.ts'
import { refoldAll } from './overlay.ts'
import { recover } from './recover.ts'
import {
  untouched,
  type Store,
  type Touched,
  type Touching,
  type TransactOptions,
} from './store.ts'
import { isDamageError, worldError } from './world-error.ts'

export type { Store, Touched } from './store.ts'
export { StoreError } from './errors.ts'

/** `folder`: the workspace's own; made when missing. `key`: 32 bytes, null only for the demo. */
export interface StoreOptions {
  readonly folder: string
  readonly workspaceId: WorkspaceId
  readonly key: Buffer | null
  readonly now: () => number
}

/**
 * Opens a workspace, mending what can be mended: a damaged replica is set aside and begun anew, a
 * damaged outbox restored from its newest backup. Throws StoreError and changes nothing when
 * another process holds the folder, the key does not fit or a newer version wrote it.
 */
export function openStore(options: StoreOptions): Store {
  const { folder, key } = options
  const lock = hold(folder)
  try {
    const place = { folder, key, now: options.now(), isSuspect: wasDamageNoted(folder) }
    const outbox = readyOutbox(place)
    const wasReplicaSetAside = readyReplica(place)
    forgetDamage(folder)
    const store = new OpenStore(options, lock, {
      wasReplicaSetAside,
      restoredFrom: outbox.restoredFrom,
      outboxSetAside: outbox.setAside,
      lostDecisions: outbox.lostDecisions,
    })
    recover(store)
    return store
  } catch (error) {
    lock.close()
    throw worldError(error, folder)
  }
}

function hold(folder: string): Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return openLock(join(folder, lockName))
  } catch (error) {
    if (sqliteCodeOf(error) === 'SQLITE_BUSY')
      throw new StoreError('inUse', 'another process holds this folder', {
        path: folder,
        cause: error,
      })
    throw worldError(error, folder)
  }
}

interface Mended {
  readonly wasReplicaSetAside: boolean
  readonly restoredFrom: string | null
  readonly outboxSetAside: string | null
  readonly lostDecisions: number
}

class OpenStore implements Store {
  readonly workspaceId: WorkspaceId
  readonly folder: string
  readonly isEncrypted: boolean
  readonly wasReplicaSetAside: boolean
  readonly restoredFrom: string | null
  readonly outboxSetAside: string | null
  readonly lostDecisions: number
  readonly now: () => number
  readonly #key: Buffer | null
  readonly #lock: Database
  readonly #mark: Mark
  readonly #listeners = new Set<(touched: Touched) => void>()
  #runner: Runner
  #touching: Touching | null = null
  /** A COMMIT over both files failed: one of them may be ahead of the other. */
  #isHalf = false

  constructor({ folder, workspaceId, key, now }: StoreOptions, lock: Database, mended: Mended) {
    this.workspaceId = workspaceId
    this.folder = folder
    this.isEncrypted = key !== null
    this.now = now
    this.wasReplicaSetAside = mended.wasReplicaSetAside
    this.restoredFrom = mended.restoredFrom
    this.outboxSetAside = mended.outboxSetAside
    this.lostDecisions = mended.lostDecisions
    this.#key = key
    this.#lock = lock
    this.#runner = connect(folder, key)
    this.#mark = openMark(folder)
    this.#markLast()
  }

  close(): void {
    this.#runner.database.close()
    this.#mark.close()
    this.#lock.close()
  }

  reopen(): void {
    if (this.#touching) throw new Error('reopened inside a transaction')
    this.#runner.database.close()
    this.#runner = this.#told(() => connect(this.folder, this.#key))
  }

  onTouched(listener: (touched: Touched) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  all<Row>(query: Query<Row>): Row[] {
    return this.#told(() => this.#live().all(query))
  }

  one<Row>(query: Query<Row>): Row | undefined {
    return this.#told(() => this.#live().one(query))
  }

  run(query: Query<unknown>) {
    return this.#told(() => this.#live().run(query))
  }

  execute(sql: string): void {
    this.#told(() => this.#live().database.exec(sql))
  }

  backUp() {
    return backUpDatabase(this.#live().database, {
      folder: this.folder,
      key: this.#key,
      now: this.now(),
    })
  }

  transact<Result>(change: (touching: Touching) => Result, options: TransactOptions = {}): Result {
    if (this.#touching) return change(this.#touching)
    if (this.#isHalf) this.#mendHalf()
    const touching = options.collect ?? untouched()
    const result = this.#whole(change, touching, options)
    if (!options.collect) this.tell(touching)
    return result
  }

  tell(touching: Touching): void {
    if (isAnyTouched(touching)) for (const listener of this.#listeners) listener(touching)
  }

  #whole<Result>(
    change: (touching: Touching) => Result,
    touching: Touching,
    { isDone }: TransactOptions,
  ): Result {
    let result: Result
    this.execute('BEGIN IMMEDIATE')
    this.#touching = touching
    try {
      result = change(touching)
    } catch (error) {
      this.#rollBack()
      throw error
    } finally {
      this.#touching = null
    }
    try {
      this.execute('COMMIT')
    } catch (error) {
      if (!this.#isCommitted(isDone, error)) throw error
    }
    if (touching.isOutboxTouched) this.#markLast()
    return result
  }

  #markLast(): void {
    const last = this.#live().one<{ seq: number }>({ sql: lastSeqSql, parameters: [] })
    this.#mark.write(last?.seq ?? 0)
  }

  /** After a COMMIT that failed nothing but a fresh connection knows what is on the disk. */
  #isCommitted(isDone: (() => boolean) | undefined, cause: unknown): boolean {
    this.#isHalf = true
    try {
      this.reopen()
      return isDone?.() ?? false
    } catch {
      throw new StoreError('unknownCommit', 'it is not known whether this was stored', {
        path: this.folder,
        cause,
      })
    }
  }

  /** A connection that could not be opened again (a full disk) is tried again at the next question. */
  #live(): Runner {
    if (!this.#runner.database.open && this.#lock.open)
      this.#runner = connect(this.folder, this.#key)
    return this.#runner
  }

  #mendHalf(): void {
    this.#isHalf = false
    try {
      refoldAll(this)
    } catch (error) {
      this.#isHalf = true
      throw error
    }
  }

  #rollBack(): void {
    // Some failures (a full disk) have rolled back by themselves.
    if (this.#runner.database.inTransaction) this.execute('ROLLBACK')
  }

  #told<Result>(act: () => Result): Result {
    try {
      return act()
    } catch (error) {
      if (isDamageError(error)) noteDamage(this.folder)
      throw worldError(error, this.folder)
    }
  }
}

const isAnyTouched = ({ caseIds, closedOf, clientIds, ...flags }: Touched): boolean =>
  caseIds.size + closedOf.size + clientIds.size > 0 ||
  flags.isOrgTouched ||
  flags.areKindsTouched ||
  flags.isOutboxTouched

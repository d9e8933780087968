/** The store of the product over a disk that costs nothing: thousands of lives in one process. */
import type { WorkspaceId } from '../../domain/id.ts'
import { effectiveView } from '../../store/connection.ts'
import { openDatabase, Runner } from '../../store/db.ts'
import { migrate, outboxMigrations, replicaMigrations } from '../../store/migrate.ts'
import { untouched } from '../../store/store.ts'
import type { Store, Touched, Touching } from '../../store/store.ts'

export interface MemoryStore {
  readonly store: Store
  readonly runner: Runner
  /** As if just installed. */
  clear(): void
}

const kept = ['decisions', 'decisionEvents', 'acts', 'overlay', 'meta', 'cases', 'closedCases']

export function openMemoryStore(workspaceId: WorkspaceId, now: () => number): MemoryStore {
  const runner = runnerInMemory()
  const store = storeOver(runner, workspaceId, now)
  const filled = kept.filter(name =>
    runner.database
      .prepare(
        `SELECT 1 FROM (SELECT name FROM sqlite_schema UNION SELECT name FROM replica.sqlite_schema) WHERE name = ?`,
      )
      .get(name),
  )
  const emptying = filled.map(name => runner.database.prepare(`DELETE FROM ${name}`))
  const restart = runner.database.prepare('DELETE FROM sqlite_sequence')
  return {
    store,
    runner,
    clear() {
      for (const statement of emptying) statement.run()
      restart.run()
    },
  }
}

function runnerInMemory(): Runner {
  const database = openDatabase(':memory:', null, { synchronous: 'FULL' })
  migrate(database, outboxMigrations)
  // Nothing is ever deleted in the product: these would forbid to begin anew.
  database.exec('DROP TRIGGER decisionIsKept; DROP TRIGGER eventIsKept')
  const replica = openDatabase(':memory:', null, { synchronous: 'FULL' })
  migrate(replica, replicaMigrations)
  database.exec(`ATTACH ':memory:' AS replica`)
  for (const { sql } of schemaOf(new Runner(replica)))
    database.exec(sql.replace(/^(CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER)) /, '$1 replica.'))
  database.exec('INSERT INTO replica.stream VALUES (1, NULL, NULL, NULL, 0, 0, 0, 0, 0)')
  replica.close()
  database.exec(effectiveView)
  return new Runner(database)
}

const schemaOf = (runner: Runner) =>
  runner.all<{ sql: string }>({
    sql: `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'caseSearch%'
      AND name NOT LIKE 'sqlite%'`,
    parameters: [],
  })

function storeOver(runner: Runner, workspaceId: WorkspaceId, now: () => number): Store {
  const { database } = runner
  const listeners = new Set<(touched: Touched) => void>()
  const [begin, commit, back] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map(sql =>
    database.prepare(sql),
  )
  let open: Touching | null = null
  const tell = (touching: Touching) => {
    if (!touching.isOutboxTouched && touching.caseIds.size === 0) return
    for (const listener of listeners) listener(touching)
  }
  return {
    workspaceId,
    folder: '',
    isEncrypted: false,
    wasReplicaSetAside: false,
    restoredFrom: null,
    outboxSetAside: null,
    lostDecisions: 0,
    now,
    close: () => database.close(),
    reopen: () => {},
    onTouched(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    all: query => runner.all(query),
    one: query => runner.one(query),
    run: query => runner.run(query),
    execute: sql => void database.exec(sql),
    backUp: () => {
      throw new Error('nothing to back up in memory')
    },
    transact(change, options = {}) {
      if (open) return change(open)
      const touching = options.collect ?? untouched()
      begin?.run()
      open = touching
      try {
        const result = change(touching)
        open = null
        commit?.run()
        if (!options.collect) tell(touching)
        return result
      } catch (error) {
        open = null
        if (database.inTransaction) back?.run()
        throw error
      }
    },
    tell,
  }
}

import { numberOf, type Database } from './db.ts'
import { StoreError } from './errors.ts'
import { sql as outbox001 } from './migrations/outbox-001-begin.ts'
import { sql as outbox002 } from './migrations/outbox-002-org-edits.ts'
import { sql as outbox003 } from './migrations/outbox-003-witness.ts'
import { sql as replica001 } from './migrations/replica-001-begin.ts'

/** Forward only; a released one is never edited. Number n brings a file to `user_version` n. */
export const outboxMigrations: readonly string[] = [outbox001, outbox002, outbox003]
export const replicaMigrations: readonly string[] = [replica001]

export const versionOf = (database: Database): number => numberOf(database, 'PRAGMA user_version')

/** Brings a file up to date, one transaction a step; throws `newer` when it is ahead of us. */
export function migrate(database: Database, migrations: readonly string[]): void {
  const from = versionOf(database)
  if (from > migrations.length)
    throw new StoreError('newer', `written by a newer version (${from})`, { path: database.name })
  for (const [offset, sql] of migrations.slice(from).entries()) {
    database.exec('BEGIN IMMEDIATE')
    database.exec(sql)
    database.pragma(`user_version=${from + offset + 1}`)
    database.exec('COMMIT')
  }
}

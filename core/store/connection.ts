import { join } from 'node:path'
import { caseColumns } from './case-columns.ts'
import { attach, openDatabase, Runner } from './db.ts'
import { outboxName, replicaName } from './files.ts'

/**
 * outbox.db as `main` (FULL) and replica.db attached (NORMAL). Every read of cases goes to the
 * view `effective`: replica rows that are not in overlay, and the overlay's.
 */
export function connect(folder: string, key: Buffer | null): Runner {
  const database = openDatabase(join(folder, outboxName), key, { synchronous: 'FULL' })
  try {
    attach(database, join(folder, replicaName), 'replica', key)
    for (const pragma of pragmas) database.pragma(pragma)
    database.exec(effectiveView)
    return new Runner(database)
  } catch (error) {
    database.close()
    throw error
  }
}

const pragmas = [
  'replica.synchronous=NORMAL',
  'replica.cache_size=-32768',
  // The length of the log tells how much waits for a checkpoint.
  'replica.journal_size_limit=0',
  // A long log makes one long checkpoint, and the head's next act would wait for it.
  'wal_autocheckpoint=2000',
  'main.cache_size=-16384',
]

const columns = caseColumns.join(', ')

/** The cases as the head sees them. */
export const effectiveView = `CREATE TEMP VIEW effective AS
  SELECT ${columns} FROM replica.cases WHERE caseId NOT IN (SELECT caseId FROM main.overlay)
  UNION ALL SELECT ${columns} FROM main.overlay`

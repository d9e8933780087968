import { join } from 'node:path'
import { openLock, sqliteCodeOf } from './db.ts'
import { lockName } from './files.ts'

/** Holds a data folder for this process alone, whatever kills it; null when another holds it. */
export function lockFolder(folder: string): { release(): void } | null {
  try {
    const lock = openLock(join(folder, lockName))
    return { release: () => lock.close() }
  } catch (error) {
    if (sqliteCodeOf(error) === 'SQLITE_BUSY') return null
    throw error
  }
}

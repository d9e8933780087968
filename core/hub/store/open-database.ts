import type { Database } from './database.ts'
import { isPostgres } from './place.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens a hub's database wherever it is: the path of a file or a `postgres://` address. A hub in a
 * file does not wait for what only PostgreSQL needs.
 */
export async function openDatabase(place: string): Promise<Database> {
  if (!isPostgres(place)) return openSqlite(place)
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(place)
}

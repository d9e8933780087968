import type { Database } from './database.ts'
import { isPostgres } from './place.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** Opens a hub's database wherever it is: the path of a file or a `postgres://` address. */
export const openDatabase = (place: string): Database =>
  isPostgres(place) ? openPostgres(place) : openSqlite(place)

import Sqlite from 'better-sqlite3'
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
} from 'kysely'
import type { Tables } from './tables.ts'

export type Database = Sqlite.Database
export interface Ran {
  readonly changes: number
  readonly lastInsertRowid: number
}

/** A Kysely builder (or a compiled query): it is compiled here and run at once. */
export type Query<Row> = CompiledQuery<Row> | { compile(): CompiledQuery<Row> }

/** Writes SQL; never runs it. */
export const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** JSON that this program wrote itself. */
export function fromJson<Value>(text: string): Value {
  return JSON.parse(text) as Value
}

/** The raw 256-bit key as SQLCipher writes it; throws on anything but 32 bytes. */
export function keyLiteral(key: Buffer): string {
  const hex = key.toString('hex')
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error('a database key has 32 bytes')
  return `x'${hex}'`
}

/**
 * Opens a file (or ':memory:'), encrypted when there is a key. Page-authenticated SQLCipher 4
 * under the raw key; WAL; every pragma is set on every open, for SQLite remembers none of them.
 */
export function openDatabase(
  path: string,
  key: Buffer | null,
  options: { readonly synchronous: 'FULL' | 'NORMAL' },
): Database {
  const database = new Sqlite(path)
  try {
    if (key) {
      database.pragma(`cipher='sqlcipher'`)
      database.pragma('legacy=4')
      database.pragma(`key="${keyLiteral(key)}"`)
    }
    database.pragma('temp_store=MEMORY')
    database.pragma('journal_mode=WAL')
    database.pragma(`synchronous=${options.synchronous}`)
    for (const pragma of everyOpen) database.pragma(pragma)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const everyOpen = [
  'fullfsync=ON',
  'checkpoint_fullfsync=ON',
  'foreign_keys=ON',
  'cell_size_check=ON',
  'trusted_schema=OFF',
  'mmap_size=0',
  'busy_timeout=5000',
]

/** SQLite's own code of what was thrown, as SQLITE_FULL, or null. */
export function sqliteCodeOf(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError ? error.code : null
}

import { closeSync, existsSync, openSync, readSync } from 'node:fs'
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

/** SQL with its values, ready to run; `Row` is what it answers. */
export interface Query<Row> {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Only for the compiler: what a row looks like. */
  readonly row?: Row
}

/** Writes SQL; never runs it. */
export const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** What Kysely's builders and its `sql` have in common. */
interface Compilable<Row> {
  compile(writer: Kysely<Tables>): CompiledQuery<Row>
}

/** Stands in a query for a value that comes later. */
class Hole {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query compiled once, at the first use: `statement<{ id: CaseId }>()(value => …
 * value('id') …)` gives a function from the values to something to run.
 */
export function statement<Values extends object = object>() {
  return <Row>(
    build: (
      value: <Name extends keyof Values & string>(name: Name) => Values[Name],
    ) => Compilable<Row>,
  ) => {
    let compiled: { sql: string; parameters: readonly unknown[] } | null = null
    return (values: Values): Query<Row> => {
      compiled ??= build(name => new Hole(name) as never).compile(tables)
      const { sql, parameters } = compiled
      const given = values as Readonly<Record<string, unknown>>
      return { sql, parameters: parameters.map(p => (p instanceof Hole ? given[p.name] : p)) }
    }
  }
}

/** A record of holes for an insert of many columns. */
export const holesFor = <Columns extends object>(
  names: readonly (keyof Columns & string)[],
  value: (name: keyof Columns & string) => unknown,
): Columns => Object.fromEntries(names.map(name => [name, value(name)])) as Columns

/** JSON that this program wrote itself. */
export function fromJson<Value>(text: string): Value {
  return JSON.parse(text) as Value
}

/** A list as one parameter, for `in (select value from json_each(…))`. */
export const jsonList = (values: Iterable<string | number>): string => JSON.stringify([...values])

/** The raw 256-bit key as SQLCipher writes it; throws on anything but 32 bytes. */
export function keyLiteral(key: Buffer): string {
  const hex = key.toString('hex')
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error('a database key has 32 bytes')
  return `x'${hex}'`
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

/**
 * Opens a file (or ':memory:'), encrypted when there is a key: page-authenticated SQLCipher 4
 * under the raw key. WAL. Every pragma is set on every open, for SQLite remembers none of them.
 */
export function openDatabase(
  path: string,
  key: Buffer | null,
  options: { readonly synchronous: 'FULL' | 'NORMAL' },
): Database {
  if (key === null) refuseSealed(path)
  const database = new Sqlite(path)
  try {
    unlock(database, key)
    database.pragma('journal_mode=WAL')
    database.pragma(`synchronous=${options.synchronous}`)
    for (const pragma of everyOpen) database.pragma(pragma)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const plainHeader = 'SQLite format 3\0'

/** Opened without its key an encrypted file is taken for nonsense, and SQLite throws its log away. */
function refuseSealed(path: string): void {
  if (path === ':memory:' || !existsSync(path)) return
  const header = Buffer.alloc(plainHeader.length)
  const file = openSync(path, 'r')
  const read = readSync(file, header)
  closeSync(file)
  if (read > 0 && header.toString('latin1') !== plainHeader)
    throw new Sqlite.SqliteError('file is not a database', 'SQLITE_NOTADB')
}

/** Opens a file only to look: nothing is written beside it. */
export function openForReading(path: string, key: Buffer | null): Database {
  const database = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    unlock(database, key)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** A file holding nothing, whose exclusive lock lives as long as this process. */
export function openLock(path: string): Database {
  const database = new Sqlite(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Adds a second file under a name, with the same key: ATTACH does not hand it on reliably. */
export function attach(database: Database, path: string, name: string, key: Buffer | null): void {
  if (key)
    database
      .prepare('ATTACH ? AS replica KEY ?'.replace('replica', name))
      .run(path, keyLiteral(key))
  else database.prepare(`ATTACH ? AS ${name}`).run(path)
}

function unlock(database: Database, key: Buffer | null): void {
  if (key) {
    database.pragma(`cipher='sqlcipher'`)
    database.pragma('legacy=4')
    database.pragma(`key="${keyLiteral(key)}"`)
  }
  // The default would spill plain text of an encrypted database into temporary files.
  database.pragma('temp_store=MEMORY')
}

/** One number that a pragma or a count answers. */
export function numberOf(database: Database, sql: string): number {
  return Number(database.prepare(sql).pluck().get())
}

/** `ok`, or what is wrong. */
export function quickCheck(database: Database): string {
  return String(database.prepare('PRAGMA quick_check(1)').pluck().get())
}

/** SQLite's own code of what was thrown, as SQLITE_FULL, or null. */
export function sqliteCodeOf(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError ? error.code : null
}

/** Runs queries at once on one connection; statements are prepared once by their text. */
export class Runner {
  readonly database: Database
  readonly #statements = new Map<string, Sqlite.Statement>()

  constructor(database: Database) {
    this.database = database
  }

  prepared(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    const made = this.database.prepare(sql)
    this.#statements.set(sql, made)
    return made
  }

  all<Row>({ sql, parameters }: Query<Row>): Row[] {
    return this.prepared(sql).all(...parameters) as Row[]
  }

  one<Row>({ sql, parameters }: Query<Row>): Row | undefined {
    return this.prepared(sql).get(...parameters) as Row | undefined
  }

  run({ sql, parameters }: Query<unknown>): Ran {
    const { changes, lastInsertRowid } = this.prepared(sql).run(...parameters)
    return { changes, lastInsertRowid: Number(lastInsertRowid) }
  }
}

/** The one file of the hub that knows SQLite. */
import { openSync, closeSync, fsyncSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  sql,
} from 'kysely'
import type { FileDatabase, Flavour, Row } from './database.ts'
import { insertInto } from './insert-into.ts'
import type { Tables } from './tables.ts'

/** A transaction takes the writer's lock at once, so that what it read cannot change before it writes. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }
  override createDriver(): Driver {
    return new ImmediateDriver(this.#config)
  }
}

const flavour: Flavour = {
  types: { text: 'text', whole: 'integer', real: 'real' },
  locksRows: false,
  finish: table => table.modifyEnd(sql`strict`),
  guardAudit: async db => {
    for (const act of ['update', 'delete'])
      await sql`create trigger ${sql.raw(`audit_refuses_${act}`)} before ${sql.raw(act)} on audit
        begin select raise(abort, 'the audit log is append-only'); end`.execute(db)
  },
  hasTables: async db => (await db.introspection.getTables()).some(table => table.name === 'meta'),
  // Whoever is inside a transaction is alone already.
  holdSchema: async () => undefined,
  settle: async () => undefined,
}

/** How the file is opened: `bulk` trades durability for speed and is only for a file nobody has yet. */
export interface SqliteOptions {
  readonly isBulk?: boolean
  readonly mustExist?: boolean
}

/** Opens (or makes) a hub's file; the schema is not looked at. */
export function openSqlite(path: string, options: SqliteOptions = {}): FileDatabase {
  const file = new Sqlite(path, { fileMustExist: options.mustExist ?? false, timeout: 5000 })
  file.pragma(`journal_mode = ${options.isBulk ? 'OFF' : 'WAL'}`)
  file.pragma(`synchronous = ${options.isBulk ? 'OFF' : 'FULL'}`)
  for (const pragma of [
    'foreign_keys = ON',
    'temp_store = MEMORY',
    'cell_size_check = ON',
    'trusted_schema = OFF',
  ])
    file.pragma(pragma)
  file.pragma('mmap_size = 0')
  file.pragma('cache_size = -32000')
  const bulk: FileDatabase['bulk'] = query => {
    const statement = file.prepare(query.sql)
    return parameters => void statement.run(parameters)
  }
  return {
    db: new Kysely<Tables>({ dialect: new ImmediateDialect({ database: remembering(file) }) }),
    flavour,
    rows: (trx, table, by) =>
      trx.selectFrom(table).selectAll().orderBy(sql.ref(by)).$castTo<Row>().stream(),
    insertAll: async (trx, table, rows) => {
      const put = bulk(insertInto(trx, table, Object.keys(rows[0] ?? {})))
      for (const row of rows) put(Object.values(row))
    },
    bulk,
    keep: async schema => {
      const kept = `${path}.schema-${schema}-${Date.now()}`
      copyTo(file, kept)
      return kept
    },
    // One process holds the file, one transaction at a time: nothing passes, nobody else is told.
    isPassing: () => false,
    tell: async () => undefined,
    hear: async () => undefined,
    faults: async () => faultsOf(file),
    copyTo: async target => copyTo(file, target),
    close: async () => void file.close(),
  }
}

/** A statement is prepared once: Kysely would do it at every execution. */
function remembering(file: Sqlite.Database): SqliteDialectConfig['database'] {
  const prepared = new Map<string, Sqlite.Statement>()
  return {
    close: () => void file.close(),
    prepare: text => {
      const found = prepared.get(text) ?? file.prepare(text)
      prepared.delete(text)
      prepared.set(text, found)
      const [oldest] = prepared.keys()
      if (prepared.size > 200 && oldest !== undefined) prepared.delete(oldest)
      return found
    },
  }
}

function faultsOf(file: Sqlite.Database): readonly string[] {
  const rows = file.prepare<[], string>('pragma quick_check').pluck().all()
  const orphans = file.prepare('pragma foreign_key_check').all()
  const faults = rows.filter(line => line !== 'ok')
  return orphans.length > 0 ? [...faults, `foreign keys: ${orphans.length}`] : faults
}

function copyTo(file: Sqlite.Database, target: string): void {
  file.prepare('vacuum into ?').run(target)
  checkCopy(target)
}

/** Throws when a file just written is not sound; else it is on the disk. */
export function checkCopy(path: string): void {
  const copy = new Sqlite(path, { readonly: true })
  const faults = faultsOf(copy)
  copy.close()
  if (faults.length > 0) throw new Error(`the copy is not sound: ${faults[0]}`)
  flush(path)
}

/** Returns when the bytes of a file are on the disk. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Puts a whole copy under a key: SQLCipher 4 by the raw 256-bit key, page by page with its seal. */
export function encryptCopy(path: string, key: Buffer): void {
  const copy = new Sqlite(path, { fileMustExist: true })
  copy.pragma('journal_mode = DELETE')
  copy.pragma("cipher = 'sqlcipher'")
  copy.pragma('legacy = 4')
  copy.pragma(`rekey = "x'${key.toString('hex')}'"`)
  copy.close()
  flush(path)
}

/** Takes the key off a copy again; throws when the key is another one or the copy is not sound. */
export function decryptCopy(path: string, key: Buffer | null): void {
  const copy = new Sqlite(path, { fileMustExist: true })
  try {
    if (key) {
      copy.pragma("cipher = 'sqlcipher'")
      copy.pragma('legacy = 4')
      copy.pragma(`key = "x'${key.toString('hex')}'"`)
    }
    const faults = faultsOf(copy)
    if (faults.length > 0) throw new Error(`the copy is not sound: ${faults[0]}`)
    if (key) copy.pragma("rekey = ''")
  } finally {
    copy.close()
  }
  flush(path)
}

/** Did the database itself refuse, by its own code? */
export const isDatabaseFault = (error: unknown): boolean => error instanceof Sqlite.SqliteError

/** Holds a file for the life of the process; null: another process holds it. The system frees it when we die. */
export function holdFile(path: string): { release(): void } | null {
  const file = new Sqlite(path, { timeout: 0 })
  try {
    file.pragma('journal_mode = DELETE')
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
  return { release: () => void file.close() }
}

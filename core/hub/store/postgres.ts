/** The one file of the hub that knows PostgreSQL's SQL. */
import { randomUUID } from 'node:crypto'
import {
  Kysely,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import { z } from 'zod'
import { type Concern, concernSchema } from './concern.ts'
import { copyRows, tableNames } from './copy-rows.ts'
import type { Database, Flavour, Row } from './database.ts'
import { safeAddress } from './place.ts'
import { listenOn } from './postgres-ear.ts'
import { postgresFault } from './postgres-faults.ts'
import { checkCopy, openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** PostgreSQL has no text with a zero in it: it is told as what any unreadable character is. */
const readable = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value

class ReadableCompiler extends PostgresQueryCompiler {
  protected override appendValue(parameter: unknown): void {
    super.appendValue(readable(parameter))
  }
}

class ReadableDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new ReadableCompiler()
  }
}

/** Any number will do, so long as every hub has the same. */
const schemaLock = 7_301_842
const channel = 'nachalo_hub'

const flavour: Flavour = {
  // Ordered by code points wherever the database was made, as SQLite does.
  types: { text: sql`text collate "C"`, whole: 'bigint', real: 'double precision' },
  locksRows: true,
  finish: table => table,
  guardAudit: async db => {
    await sql`create or replace function audit_refuses() returns trigger language plpgsql as
      $$ begin raise exception 'the audit log is append-only'; end $$`.execute(db)
    await sql`create trigger audit_refuses before update or delete or truncate on audit
      for each statement execute function audit_refuses()`.execute(db)
  },
  hasTables: async db => {
    const { rows } = await sql<{ found: boolean }>`
      select to_regclass('meta') is not null as found`.execute(db)
    return rows[0]?.found ?? false
  },
  holdSchema: async trx =>
    void (await sql`select pg_advisory_xact_lock(${schemaLock})`.execute(trx)),
  settle: async db => {
    await sql`vacuum (analyze) ${sql.join(tableNames.map(name => sql.table(name)))}`.execute(db)
  },
}

/** Settings of every connection: what was committed is on the disk, and nobody holds the others up for ever. */
const session = [
  'synchronous_commit=on',
  'default_transaction_isolation=read\\ committed',
  'lock_timeout=7s',
  'idle_in_transaction_session_timeout=10s',
]

function configOf(place: string): PoolConfig {
  return {
    connectionString: safeAddress(place),
    application_name: 'nachalo-hub',
    options: session.map(setting => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    max: 10,
    // What is asked together goes down the connection together, not each after the answer before.
    pipeline: true,
    types: {
      // Counts and moments stay far below 2^53.
      getTypeParser: (id, format) =>
        id === types.builtins.INT8 ? Number : types.getTypeParser(id, format),
    },
  }
}

/** Opens a database; the schema is not looked at. Nothing is asked of the server yet. Throws `BadAddress`. */
export function openPostgres(place: string): Database {
  const config = configOf(place)
  const pool = new Pool(config)
  // An idle connection that breaks is replaced when the next one is needed.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new ReadableDialect({ pool }) })
  const me = randomUUID()
  const ears: { close(): Promise<void> }[] = []
  let closed: Promise<void> | null = null
  const database: Database = {
    db,
    flavour,
    rows: rowsOf,
    insertAll,
    faults: () => faultsOf(db),
    copyTo: path => copyToFile(database, path),
    keep: schema => keep(db, schema),
    isPassing: error => ['40001', '40P01'].includes(postgresFault(error) ?? ''),
    tell: async (trx, concern) => {
      await sql`select pg_notify(${channel}, ${letterOf(me, concern)})`.execute(trx)
    },
    hear: async listener => {
      const ear = await listenOn(config, channel, said => {
        const { from, concern } = readLetter(said)
        if (from !== me) listener(concern)
      })
      ears.push(ear)
    },
    close: () =>
      (closed ??= Promise.all([...ears.map(ear => ear.close()), pool.end()]).then(nothing)),
  }
  return database
}

const nothing = () => undefined

/** The server takes no longer ones. */
const letterBytes = 7_900
const letterSchema = z.strictObject({ from: z.string(), concern: concernSchema })

function letterOf(from: string, concern: Concern): string {
  const letter = JSON.stringify({ from, concern })
  return Buffer.byteLength(letter) > letterBytes ? JSON.stringify({ from, concern: 'all' }) : letter
}

/** What cannot be read (or was missed) may concern anybody. */
function readLetter(said: string): z.infer<typeof letterSchema> {
  try {
    return letterSchema.parse(JSON.parse(said))
  } catch {
    return { from: '', concern: 'all' }
  }
}

async function* rowsOf(trx: Kysely<Tables>, table: keyof Tables, by: string): AsyncGenerator<Row> {
  const cursor = sql.id(`rows_${randomUUID()}`)
  await sql`declare ${cursor} no scroll cursor for
    select * from ${sql.table(table)} order by ${sql.ref(by)}`.execute(trx)
  for (;;) {
    const { rows } = await sql<Row>`fetch 1000 from ${cursor}`.execute(trx)
    yield* rows
    if (rows.length < 1000) break
  }
  await sql`close ${cursor}`.execute(trx)
}

const rowsAtOnce = 500

/** As JSON a whole batch is one parameter, and the table itself says of which types its columns are. */
async function insertAll(
  trx: Kysely<Tables>,
  table: keyof Tables,
  rows: readonly Row[],
): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map(column => sql.ref(column)))
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const batch = JSON.stringify(rows.slice(start, start + rowsAtOnce), (_, value) =>
      readable(value),
    )
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${batch}::json)`.execute(
      trx,
    )
  }
}

/** What the server itself has noticed: pages whose checksum is wrong, indexes that are not whole. */
async function faultsOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'checksums: ' || checksum_failures as fault from pg_stat_database
      where datname = current_database() and checksum_failures > 0
    union all
    select 'index: ' || indexrelid::regclass from pg_index
      where not indisvalid and indrelid::regclass::text in (${tables()})`.execute(db)
  return rows.map(row => row.fault)
}

const tables = (): RawBuilder<unknown> =>
  sql`select tablename from pg_tables where schemaname = current_schema()`

/** A copy is a hub in a file: it is checked, encrypted, opened and restored like any other. */
async function copyToFile(database: Database, path: string): Promise<void> {
  const file = openSqlite(path, { isBulk: true })
  try {
    await copyRows(database, file)
  } finally {
    await file.close()
  }
  checkCopy(path)
}

/** A copy of every table in a schema of its own beside them. */
async function keep(db: Kysely<Tables>, schema: number): Promise<string> {
  const name = `backup_${schema}_${Date.now()}_${randomUUID().slice(0, 4)}`
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      const { rows } = await sql<{ tablename: string }>`${tables()}`.execute(trx)
      await trx.schema.createSchema(name).execute()
      for (const { tablename } of rows)
        await sql`create table ${sql.table(`${name}.${tablename}`)} as table ${sql.table(tablename)}`.execute(
          trx,
        )
    })
  return name
}

import { once } from 'node:events'
import { createWriteStream, readFileSync, renameSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import {
  wireAbsence,
  wireCase,
  wireClient,
  wireDepartment,
  wireEmployee,
  wireHistory,
  wireKind,
  wirePost,
  wireSubstitution,
} from '../changes/wire.ts'
import { wireRecordSchema } from '../protocol.ts'
import { asAtOneMoment, tableNames, tableOrder } from './copy-rows.ts'
import type { Database, FileDatabase } from './database.ts'
import { caseFaults } from './faults.ts'
import { identify } from './hub-store.ts'
import { insertInto } from './insert-into.ts'
import { madeAt } from './made-at.ts'
import { migrate, newestSchema } from './migrations.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const dumpSchema = z.strictObject({
  format: z.literal('nachalo-hub'),
  schema: z.literal(1),
  tables: z.partialRecord(z.enum(tableNames), z.array(rowSchema)),
})

/** Where and why a file is not a hub: `cases[3].status`. */
export class BadDump extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'BadDump'
  }
}

/** Writes the whole hub as one JSON file, a row a line; how many rows. */
export async function writeDump(database: Database, path: string): Promise<number> {
  const draft = `${path}.part`
  const file = createWriteStream(draft, { mode: 0o600 })
  const put = async (text: string) => {
    if (!file.write(text)) await once(file, 'drain')
  }
  const rows = await asAtOneMoment(database, trx => putTables(database, trx, put))
  file.end()
  await once(file, 'close')
  renameSync(draft, path)
  return rows
}

async function putTables(
  database: Database,
  trx: Kysely<Tables>,
  put: (text: string) => Promise<void>,
): Promise<number> {
  let rows = 0
  await put('{"format":"nachalo-hub","schema":1,"tables":{')
  for (const [place, name] of tableNames.entries()) {
    await put(`${place === 0 ? '' : ','}\n"${name}":[`)
    let isFirst = true
    for await (const row of database.rows(trx, name, tableOrder[name])) {
      await put(`${isFirst ? '' : ','}\n${JSON.stringify(row)}`)
      isFirst = false
      rows += 1
    }
    await put(']')
  }
  await put('}}\n')
  return rows
}

/**
 * Makes a hub at a place from a dump, checked whole before anything is put there. Throws `BadDump`;
 * then nothing has changed.
 */
export async function readDump(path: string, place: string): Promise<number> {
  const tables = parsedDump(path)
  return madeAt(place, async draft => {
    const database = openSqlite(draft, { isBulk: true })
    try {
      await migrate(database)
      const rows = await database.db.transaction().execute(trx => fill(database, trx, tables))
      await identify(database.db)
      await checkAll(database.db)
      return rows
    } finally {
      await database.close()
    }
  })
}

type Dump = z.infer<typeof dumpSchema>['tables']

function parsedDump(path: string): Dump {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new BadDump(error instanceof SyntaxError ? 'JSON' : path)
  }
  const result = dumpSchema.safeParse(content)
  if (result.success) return result.data.tables
  throw new BadDump(result.error.issues[0]?.path.join('.') || 'format')
}

async function fill(database: FileDatabase, trx: Kysely<Tables>, tables: Dump): Promise<number> {
  const known = new Map(
    (await trx.introspection.getTables()).map(table => [
      table.name,
      table.columns.map(one => one.name),
    ]),
  )
  let version = 0
  let total = 0
  for (const name of tableNames) {
    const rows = tables[name]
    if (!rows) continue
    if (name === 'meta' || name === 'counters') await trx.deleteFrom(name).execute()
    const columns = known.get(name) ?? []
    const put = database.bulk(insertInto(trx, name, columns))
    for (const [place, row] of rows.entries()) {
      const foreign = Object.keys(row).find(column => !columns.includes(column))
      if (foreign !== undefined) throw new BadDump(`${name}[${place}].${foreign}`)
      if (columns.includes('version')) row['version'] ??= version + 1
      version = Math.max(version, Number(row['version'] ?? 0))
      putRow(
        put,
        columns.map(column => row[column] ?? null),
        `${name}[${place}]`,
      )
      total += 1
    }
  }
  // The rows may come from an older program: the tables they are in now do not.
  const schema = { key: 'schema', value: String(newestSchema) } as const
  await trx
    .insertInto('meta')
    .values(schema)
    .onConflict(same => same.column('key').doUpdateSet(schema))
    .execute()
  await trx
    .insertInto('counters')
    .values((['audit', 'number', 'org', 'version'] as const).map(name => ({ name, value: 0 })))
    .onConflict(same => same.column('name').doNothing())
    .execute()
  await trx
    .updateTable('counters')
    .set({ value: version })
    .where('name', '=', 'version')
    .where('value', '<', version)
    .execute()
  return total
}

function putRow(
  put: (row: readonly unknown[]) => void,
  values: readonly unknown[],
  place: string,
): void {
  try {
    put(values)
  } catch (error) {
    // The database knows which column must be there and of which type; its sentence names it.
    throw new BadDump(`${place}: ${error instanceof Error ? error.message : ''}`)
  }
}

/** Every record must be one the hub could send, and every reference must lead somewhere. */
async function checkAll(db: Kysely<Tables>): Promise<void> {
  await checkTable(db.selectFrom('departments').selectAll().stream(), wireDepartment)
  await checkTable(db.selectFrom('posts').selectAll().stream(), wirePost)
  await checkTable(db.selectFrom('employees').selectAll().stream(), wireEmployee)
  await checkTable(db.selectFrom('absences').selectAll().stream(), row => wireAbsence(row, true))
  await checkTable(db.selectFrom('substitutions').selectAll().stream(), wireSubstitution)
  await checkTable(db.selectFrom('kinds').selectAll().stream(), wireKind)
  await checkTable(db.selectFrom('clients').selectAll().stream(), wireClient)
  await checkTable(db.selectFrom('cases').selectAll().stream(), row => wireCase(row, false))
  await checkTable(db.selectFrom('history').selectAll().stream(), wireHistory)
  const [fault] = await caseFaults(db)
  if (fault) throw new BadDump(fault.detail)
}

async function checkTable<Row>(
  rows: AsyncIterable<Row>,
  wired: (row: Row) => unknown,
): Promise<void> {
  for await (const row of rows) {
    const result = wireRecordSchema.safeParse(wiredOrNothing(row, wired))
    if (!result.success)
      throw new BadDump(
        `${JSON.stringify(row).slice(0, 100)}: ${result.error.issues[0]?.path.join('.') ?? ''}`,
      )
  }
}

function wiredOrNothing<Row>(row: Row, wired: (row: Row) => unknown): unknown {
  try {
    return wired(row)
  } catch {
    // A column that should be JSON is not: the check of the record says so.
    return null
  }
}

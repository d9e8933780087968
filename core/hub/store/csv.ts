import { once } from 'node:events'
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { asAtOneMoment, tableNames, tableOrder } from './copy-rows.ts'
import type { Database, Row } from './database.ts'
import type { Tables } from './tables.ts'

/** What proves that somebody may do something has no business in a spreadsheet. */
const secretTables: ReadonlySet<keyof Tables> = new Set(['meta'])
const secretColumns: ReadonlySet<string> = new Set(['digest'])

/** A spreadsheet takes text that begins so for a formula, in the ordinary signs and in the wide ones. */
const likeFormula = /^[=+\-@\t\r\n＝＋－＠]/

/** One value by RFC 4180; text that looks like a formula is told from one by an apostrophe before it. */
export function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = likeFormula.test(value) ? `'${value}` : value
  return safe === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map(csvField).join(',')}\r\n`

/**
 * Writes a new folder with a CSV file a table, all as they were at one moment: UTF-8 with a mark,
 * CRLF, nothing for null, `""` for no text. Without keys and digests of tokens. How many rows.
 */
export async function writeCsv(database: Database, folder: string): Promise<number> {
  const draft = `${folder}.part`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  try {
    const rows = await asAtOneMoment(database, async trx => {
      const columns = await columnsOf(trx)
      let total = 0
      for (const name of tableNames.filter(one => !secretTables.has(one)))
        total += await writeTable(
          join(draft, `${name}.csv`),
          columns.get(name) ?? [],
          database.rows(trx, name, tableOrder[name]),
        )
      return total
    })
    renameSync(draft, folder)
    return rows
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The columns of each table that may be told. */
async function columnsOf(trx: Kysely<Tables>): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await trx.introspection.getTables()
  return new Map(
    tables
      // Copies made before a migration lie in schemas of their own.
      .filter(({ schema }) => !schema?.startsWith('backup_'))
      .map(({ name, columns }) => [
        name,
        columns.map(column => column.name).filter(column => !secretColumns.has(column)),
      ]),
  )
}

async function writeTable(
  path: string,
  columns: readonly string[],
  rows: AsyncIterable<Row>,
): Promise<number> {
  const file = createWriteStream(path, { mode: 0o600 })
  let count = 0
  file.write(`\ufeff${csvLine(columns)}`)
  for await (const row of rows) {
    const values = columns.map(column => row[column] ?? null)
    if (!file.write(csvLine(values))) await once(file, 'drain')
    count += 1
  }
  file.end()
  await once(file, 'close')
  return count
}

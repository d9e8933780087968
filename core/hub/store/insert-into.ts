import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** An insert of one row whose values come later, in the order of `columns`. */
export function insertInto(
  db: Kysely<Tables>,
  table: keyof Tables,
  columns: readonly string[],
): CompiledQuery {
  const names = sql.join(columns.map(column => sql.ref(column)))
  const values = sql.join(columns.map(() => sql`${null}`))
  return sql`insert into ${sql.table(table)} (${names}) values (${values})`.compile(db)
}

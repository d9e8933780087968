import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

const versioned = [
  'kinds',
  'departments',
  'posts',
  'employees',
  'absences',
  'substitutions',
  'cases',
  'clients',
  'history',
  'removals',
] as const

export type VersionedTable = (typeof versioned)[number]

/** Which tables have anything of the stretch: one question instead of one for each. */
export async function tablesWithin(
  db: Kysely<Tables>,
  since: number,
  upto: number,
): Promise<ReadonlySet<VersionedTable>> {
  const { rows } = await sql<{ name: VersionedTable }>`${sql.join(
    versioned.map(
      table => sql`select ${sql.lit(table)} as name where exists (
        select 1 from ${sql.table(table)} where version > ${since} and version <= ${upto})`,
    ),
    sql` union all `,
  )}`.execute(db)
  return new Set(rows.map(row => row.name))
}

/** The version at which `size` records after `since` end; null: there are fewer. */
export async function windowEnd(
  db: Kysely<Tables>,
  since: number,
  size: number,
): Promise<number | null> {
  const parts = versioned.map(table =>
    db
      .selectFrom(
        db
          .selectFrom(table)
          .select('version')
          .where('version', '>', since)
          .orderBy('version')
          .limit(size)
          .as('part'),
      )
      .select('version'),
  )
  const [first, ...rest] = parts
  if (!first) return null
  const all = rest.reduce((union, part) => union.unionAll(part), first)
  const row = await db
    .selectFrom(all.as('records'))
    .select('version')
    .orderBy('version')
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst()
  return row?.version ?? null
}

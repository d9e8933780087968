import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Name = Tables['counters']['name']

/** Takes the next value of a counter and holds its row until the transaction ends. */
export async function nextOf(trx: Kysely<Tables>, name: Name): Promise<number> {
  const { value } = await trx
    .updateTable('counters')
    .set(eb => ({ value: eb('value', '+', 1) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

/** How far a counter has come. */
export async function counterOf(db: Kysely<Tables>, name: Name): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}

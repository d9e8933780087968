import type { Kysely } from 'kysely'
import { contentHash } from '../store/cases.ts'
import type { Tables } from '../store/tables.ts'

/** The same id came with other content; nothing of the request was carried out. */
export class OtherContent extends Error {
  readonly id: string
  constructor(id: string) {
    super('the same id with other content')
    this.name = 'OtherContent'
    this.id = id
  }
}

/** What is to be carried out once under an id made by whoever asks. */
export interface Asked {
  readonly id: string
  readonly content: object
}

/** Throws `OtherContent` when one of them came before, or comes twice, with other content. */
export async function refuseOtherContent(db: Kysely<Tables>, all: readonly Asked[]): Promise<void> {
  if (all.length === 0) return
  const rows = await db
    .selectFrom('applied')
    .select(['id', 'contentHash'])
    .where(
      'id',
      'in',
      all.map(({ id }) => id),
    )
    .execute()
  const known = new Map(rows.map(row => [row.id, row.contentHash]))
  for (const { id, content } of all) {
    const hash = contentHash(content)
    if ((known.get(id) ?? hash) !== hash) throw new OtherContent(id)
    known.set(id, hash)
  }
}

/** What came of it the first time, as JSON; null: it did not come yet. Throws `OtherContent`. */
export async function firstOutcome(
  trx: Kysely<Tables>,
  { id, content }: Asked,
): Promise<string | null> {
  const row = await trx.selectFrom('applied').selectAll().where('id', '=', id).executeTakeFirst()
  if (row && row.contentHash !== contentHash(content)) throw new OtherContent(id)
  return row?.outcome ?? null
}

/** What came of it is kept for ever, so that it is never carried out again. */
export async function keepOutcome(
  trx: Kysely<Tables>,
  { id, content }: Asked,
  outcome: object,
  at: number,
): Promise<void> {
  const row = { id, contentHash: contentHash(content), outcome: JSON.stringify(outcome), at }
  await trx.insertInto('applied').values(row).execute()
}

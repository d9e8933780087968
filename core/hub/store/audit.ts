import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import { nextOf } from './counters.ts'
import type { AuditRow, Tables } from './tables.ts'
import { together } from './together.ts'

/** What the log keeps of an act: ids and field names, never a client's text. */
export interface AuditEntry {
  readonly at: number
  /** `employee:<id>`, `token:<id>`, `hub`. */
  readonly actor: string
  readonly verb: string
  readonly entity: string
  readonly entityId: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Adds a row whose hash covers the row before it; in the transaction of the act itself. */
export async function audit(trx: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const [seq, chain] = await together(nextOf(trx, 'audit'), chainOf(trx))
  const row = { ...entry, seq, detail: JSON.stringify(entry.detail) }
  const hash = hashOf(chain.key, chain.head, row)
  await together(
    trx
      .insertInto('audit')
      .values({ ...row, hash })
      .execute(),
    trx.updateTable('meta').set({ value: hash }).where('key', '=', 'auditHead').execute(),
  )
}

/** Sentences about rows changed, removed, added or moved by hand; empty: the chain holds. */
export async function auditFaults(db: Kysely<Tables>): Promise<readonly string[]> {
  const { key, head } = await chainOf(db)
  const { value: last } = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'audit')
    .executeTakeFirstOrThrow()
  let expected = 1
  let previous = ''
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>=', expected)
      .orderBy('seq')
      .limit(5000)
      .execute()
    for (const { hash, ...row } of rows) {
      if (row.seq !== expected) return [`audit: row ${expected} is missing`]
      if (hash !== hashOf(key, previous, row)) return [`audit: row ${row.seq} was changed`]
      previous = hash
      expected += 1
    }
    if (rows.length < 5000) break
  }
  return expected - 1 === last && previous === head
    ? []
    : [`audit: the last rows are missing after ${expected - 1}`]
}

const hashOf = (key: string, previous: string, row: Omit<AuditRow, 'hash'>): string =>
  createHmac('sha256', key)
    .update(
      JSON.stringify([
        previous,
        row.seq,
        row.at,
        row.actor,
        row.verb,
        row.entity,
        row.entityId,
        row.detail,
      ]),
    )
    .digest('hex')

async function chainOf(db: Kysely<Tables>): Promise<{ key: string; head: string }> {
  const rows = await db
    .selectFrom('meta')
    .selectAll()
    .where('key', 'in', ['auditKey', 'auditHead'])
    .execute()
  const value = (key: string) => rows.find(row => row.key === key)?.value ?? ''
  return { key: value('auditKey'), head: value('auditHead') }
}

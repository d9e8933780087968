import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { CaseId, EmployeeId } from '../../domain/id.ts'
import { bareId } from '../bare-id.ts'
import { concernOf } from './concern.ts'
import type { Writing } from './hub-store.ts'
import type { CaseRow, HistoryRow, Tables } from './tables.ts'
import { nothing, together } from './together.ts'

/** Values of named fields before or after a change. */
export type FieldValues = Readonly<Record<string, string | number | null>>

/** A reason as it came over the wire. */
export type ReasonData = Readonly<Record<string, string | number | boolean | null>>

/** What happened to a case, before the store gives it a version. */
export interface Happening {
  readonly historyId: string
  readonly verb: string
  readonly employeeId: EmployeeId | null
  readonly decisionId: string | null
  readonly from: FieldValues
  readonly to: FieldValues
  readonly ruleId: string | null
  readonly ruleVersion: number | null
  readonly reasons: readonly ReasonData[]
}

export async function readCase(db: Kysely<Tables>, caseId: CaseId): Promise<CaseRow | null> {
  return (
    (await db.selectFrom('cases').selectAll().where('caseId', '=', caseId).executeTakeFirst()) ??
    null
  )
}

/** Writes a case new or changed with the line of history that says why; whoever received it is marked. */
export async function writeCase(
  writing: Writing,
  before: CaseRow | null,
  after: Omit<CaseRow, 'version'>,
  happening: Happening,
): Promise<CaseRow> {
  const version = await writing.version(concernOf(before, after))
  const { trx, at } = writing
  const row = { ...after, version }
  const isReceived = row.responsibleId !== null && row.responsibleId !== before?.responsibleId
  await together(
    before
      ? trx.updateTable('cases').set(row).where('caseId', '=', row.caseId).execute()
      : trx.insertInto('cases').values(row).execute(),
    trx
      .insertInto('history')
      .values(historyRow(row.caseId, happening, at, version))
      .execute(),
    isReceived
      ? trx
          .updateTable('employees')
          .set({ lastAssignedAt: at, version })
          .where('employeeId', '=', row.responsibleId)
          .execute()
      : nothing,
  )
  return row
}

function historyRow(caseId: CaseId, happening: Happening, at: number, version: number): HistoryRow {
  const { historyId, from, to, reasons, verb, employeeId, decisionId, ruleId, ruleVersion } =
    happening
  return {
    historyId: bareId('history', historyId),
    caseId,
    at,
    verb,
    employeeId,
    decisionId,
    ruleId,
    ruleVersion,
    fromFields: JSON.stringify(from),
    toFields: JSON.stringify(to),
    reasons: JSON.stringify(reasons),
    version,
  }
}

/** Who last changed one of the fields of a case, and when; null: nobody since it was made known. */
export async function lastChange(
  db: Kysely<Tables>,
  caseId: CaseId,
  fields: readonly string[],
): Promise<{ readonly employeeId: EmployeeId | null; readonly at: number } | null> {
  const rows = await db
    .selectFrom('history')
    .select(['employeeId', 'at', 'toFields'])
    .where('caseId', '=', caseId)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
  return (
    rows.find(row => fields.some(field => Object.hasOwn(JSON.parse(row.toFields), field))) ?? null
  )
}

/** The same content gives the same hash whatever the order of its keys. */
export function contentHash(content: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(content)))
    .digest('hex')
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, ordered(inner)])
}

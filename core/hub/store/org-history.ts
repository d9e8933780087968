import type { Kysely } from 'kysely'
import type { EmployeeId } from '../../domain/id.ts'
import {
  type OrgAddress,
  type OrgEdit,
  type OrgFields,
  type OrgEntity,
} from '../../domain/org-edit.ts'
import { bareId } from '../bare-id.ts'
import type { AuditRow, Tables } from './tables.ts'

/** The verb under which the log keeps an edit that was carried out. */
export const editVerb = 'editOrg'

/** What was done to one record of the organisation. */
export interface OrgHistoryEntry {
  readonly editId: string
  readonly at: number
  /** null: a token that is nobody's. */
  readonly employeeId: EmployeeId | null
  readonly entity: OrgEntity
  readonly id: string
  readonly kind: OrgEdit['kind']
  /** The fields it named, before and after. */
  readonly from: OrgFields
  readonly to: OrgFields
  readonly takesBack: string | null
}
/** Of an entry, what the log keeps as its detail. */
export type EditDetail = Pick<OrgHistoryEntry, 'editId' | 'kind' | 'from' | 'to' | 'takesBack'>

/** The newest edits first, at most `limit`. */
export async function orgHistory(
  db: Kysely<Tables>,
  limit: number,
): Promise<readonly OrgHistoryEntry[]> {
  const rows = await editRows(db).limit(limit).execute()
  return rows.map(entryOf)
}

/** The last edit of a record that named one of these fields; null: none did. */
export async function lastOrgChange(
  db: Kysely<Tables>,
  { entity, id }: OrgAddress,
  fields: readonly string[],
): Promise<OrgHistoryEntry | null> {
  const rows = await editRows(db)
    .where('entity', '=', entity)
    .where('entityId', '=', id)
    .limit(100)
    .execute()
  const isNamed = ({ to, from }: OrgHistoryEntry) => fields.some(name => name in to || name in from)
  return rows.map(entryOf).find(isNamed) ?? null
}

const editRows = (db: Kysely<Tables>) =>
  db.selectFrom('audit').selectAll().where('verb', '=', editVerb).orderBy('seq', 'desc')

function entryOf(row: AuditRow): OrgHistoryEntry {
  // The detail was written by `editOrg` of this program, of the shape EditDetail names.
  const { editId, kind, from, to, takesBack }: EditDetail = JSON.parse(row.detail)
  const [, employee = null] = /^employee:(\S*) token:/.exec(row.actor) ?? []
  return {
    editId,
    at: row.at,
    employeeId: bareId('employee', employee),
    entity: entityNamed(row.entity),
    id: row.entityId,
    kind,
    from,
    to,
    takesBack,
  }
}

const entities = ['department', 'post', 'employee', 'absence', 'substitution'] as const
const entityNamed = (name: string): OrgEntity =>
  entities.find(entity => entity === name) ?? 'department'

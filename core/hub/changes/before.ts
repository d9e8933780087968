import type { Kysely } from 'kysely'
import type { CaseStatus } from '../../domain/case.ts'
import type { CaseId } from '../../domain/id.ts'
import { bareId } from '../bare-id.ts'
import type { Placed } from '../rights/may.ts'
import { fieldsIn } from '../store/rows.ts'
import type { CaseRow, HistoryRow, Tables } from '../store/tables.ts'

type FieldValues = Readonly<Record<string, string | number | null>>

/** A stretch of versions, both ends included. */
export interface Stretch {
  readonly from: number
  readonly upto: number
}

/**
 * The places each case had from version `from` to version `upto`, the newest first: history told
 * backwards from what the case is now. null: it was not there yet.
 */
export async function placesWithin(
  db: Kysely<Tables>,
  cases: readonly CaseRow[],
  stretch: Stretch,
): Promise<ReadonlyMap<CaseId, readonly (Placed | null)[]>> {
  const places = new Map<CaseId, readonly (Placed | null)[]>()
  for (let start = 0; start < cases.length; start += 500) {
    const chunk = cases.slice(start, start + 500)
    const later = await db
      .selectFrom('history')
      .select(['caseId', 'verb', 'fromFields', 'version'])
      .where(
        'caseId',
        'in',
        chunk.map(row => row.caseId),
      )
      .where('version', '>', stretch.from)
      .orderBy('version', 'desc')
      .execute()
    const byCase = Map.groupBy(later, row => row.caseId)
    for (const row of chunk)
      places.set(row.caseId, rolledBack(row, byCase.get(row.caseId) ?? [], stretch.upto))
  }
  return places
}

/** `later`: newest first. */
function rolledBack(
  now: CaseRow,
  later: readonly Pick<HistoryRow, 'verb' | 'fromFields' | 'version'>[],
  upto: number,
): readonly (Placed | null)[] {
  const places: (Placed | null)[] = []
  let placed: Placed | null = now
  for (const { verb, fromFields, version } of later) {
    if (version <= upto) places.push(placed)
    placed = placed && verb !== 'created' ? withFields(placed, fieldsIn(fromFields)) : null
  }
  return [...places, placed]
}

function withFields(placed: Placed, from: FieldValues): Placed {
  const { department, responsible, status, closedAt } = from
  return {
    departmentId:
      typeof department === 'string' ? bareId('department', department) : placed.departmentId,
    responsibleId:
      typeof responsible === 'string'
        ? bareId('employee', responsible)
        : responsible === null
          ? null
          : placed.responsibleId,
    status: isStatus(status) ? status : placed.status,
    closedAt: typeof closedAt === 'number' ? closedAt : closedAt === null ? null : placed.closedAt,
  }
}

const isStatus = (value: unknown): value is CaseStatus =>
  value === 'open' || value === 'waiting' || value === 'awaitingApproval' || value === 'closed'

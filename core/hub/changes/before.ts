import type { Kysely } from 'kysely'
import type { CaseStatus } from '../../domain/case.ts'
import type { CaseId } from '../../domain/id.ts'
import { bareId } from '../bare-id.ts'
import type { Placed } from '../rights/may.ts'
import { fieldsIn } from '../store/rows.ts'
import type { CaseRow, HistoryRow, Tables } from '../store/tables.ts'

type FieldValues = Readonly<Record<string, string | number | null>>

/**
 * Where cases stood at `floor` (a version): history told backwards from what they are now.
 * A case that was not there yet is absent from the answer.
 */
export async function placedAt(
  db: Kysely<Tables>,
  cases: readonly CaseRow[],
  floor: number,
): Promise<ReadonlyMap<CaseId, Placed>> {
  const placed = new Map<CaseId, Placed>()
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
      .where('version', '>', floor)
      .orderBy('version', 'desc')
      .execute()
    const byCase = Map.groupBy(later, row => row.caseId)
    for (const row of chunk) {
      const before = rolledBack(row, byCase.get(row.caseId) ?? [])
      if (before) placed.set(row.caseId, before)
    }
  }
  return placed
}

/** `later`: newest first. */
function rolledBack(
  now: CaseRow,
  later: readonly Pick<HistoryRow, 'verb' | 'fromFields'>[],
): Placed | null {
  let placed: Placed | null = now
  for (const { verb, fromFields } of later) {
    if (verb === 'created') return null
    placed = withFields(placed, fieldsIn(fromFields))
  }
  return placed
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

import { BackendError } from '../errors.ts'
import { idIn, timeIn } from './record.ts'
import type { Bag } from './record.ts'

/** Nobody, as the portal says it (bitrix24.md 3.1, 4.9). */
const nobody: ReadonlySet<unknown> = new Set([null, undefined, 0, '0', '', false])

/**
 * Who is responsible by a row; null: nobody. Throws `broken` when the row is not one that can be
 * believed: what would be taken for «gone to somebody else» must not come from garbage.
 */
export function ownerIn(typeId: number | 'task', row: Bag): number | null {
  const [owner, changed] =
    typeId === 'task' ? ['responsibleId', 'changedDate'] : ['assignedById', 'updatedTime']
  const id = idIn(row, owner)
  const isNobody = id === null && nobody.has(row[owner])
  const isDated = timeIn(row, changed) !== null || timeIn(row, 'createdDate') !== null
  if ((id === null && !isNobody) || !isDated) throw senselessRow(typeId)
  return id
}

export const senselessRow = (typeId: number | 'task'): BackendError =>
  new BackendError('broken', `a row of ${typeId} that makes no sense`, { code: 'badAnswer' })

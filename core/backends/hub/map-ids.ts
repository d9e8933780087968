/** The hub's ids are bare, ours read `workspace:entity:id`. */
import type { Reason } from '../../domain/decision.ts'
import { idOf, localIdOf } from '../../domain/id.ts'
import type { Entity, IdByEntity, WorkspaceId } from '../../domain/id.ts'

type Value = string | number | boolean | null
export type Bag = Readonly<Record<string, Value>>

/** Names under which reasons and history carry an id, and of what. */
const entityByKey: ReadonlyMap<string, Entity> = new Map([
  ['responsible', 'employee'],
  ['employeeId', 'employee'],
  ['department', 'department'],
  ['departmentId', 'department'],
  ['kindId', 'kind'],
  ['clientId', 'client'],
  ['caseId', 'case'],
])

export const localOrNull = (id: string | null): string | null =>
  id === null ? null : localIdOf(id)

/** A reason names people and departments in words (`department`), and carries ids as `…Id`. */
const isIdInReason = (key: string): boolean => key.endsWith('Id')

/** The ids in a reason, made bare. */
export function localBag(bag: Bag): Record<string, Value> {
  const entries = Object.entries(bag).map(([key, value]) =>
    isIdInReason(key) && entityByKey.has(key) && typeof value === 'string'
      ? [key, localIdOf(value)]
      : [key, value],
  )
  return Object.fromEntries(entries)
}

/** Makes the ids of one workspace. */
export interface Ids {
  of<E extends Entity>(entity: E, local: string): IdByEntity[E]
  orNull<E extends Entity>(entity: E, local: string | null): IdByEntity[E] | null
  /** The ids in a line of history, made whole. */
  bag<V extends Value>(bag: Readonly<Record<string, V>>): Record<string, V | string>
  reason(bag: Bag): Reason
}

export function idsFor(workspaceId: WorkspaceId): Ids {
  const whole = <T extends Value>(key: string, value: T): T | string => {
    const entity = entityByKey.get(key)
    return entity && typeof value === 'string' ? idOf(workspaceId, entity, value) : value
  }
  const ids: Ids = {
    of: (entity, local) => idOf(workspaceId, entity, local),
    orNull: (entity, local) => (local === null ? null : idOf(workspaceId, entity, local)),
    bag: bag =>
      Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, whole(key, value)])),
    reason: bag => ({
      ...Object.fromEntries(
        Object.entries(bag).map(([key, value]) => [
          key,
          isIdInReason(key) ? whole(key, value) : value,
        ]),
      ),
      code: typeof bag.code === 'string' ? bag.code : 'unknown',
    }),
  }
  return ids
}

import type { Entity, IdByEntity } from '../domain/id.ts'

/** An id as it came over the wire, taken for an id of that entity: in the hub ids are bare. */
export function bareId<E extends Entity>(entity: E, id: string): IdByEntity[E]
export function bareId<E extends Entity>(entity: E, id: string | null): IdByEntity[E] | null
export function bareId(_entity: Entity, id: string | null): string | null {
  return id
}

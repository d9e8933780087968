import type { Arg, OutboxItem } from '../contract.ts'
import { outboxItems } from '../store/outbox.ts'
import type { Desk } from './desk.ts'

/** The outbox item by item: what waits first, then what was finished last. */
export function outbox(desk: Desk, { limit }: Arg<'outbox'>): readonly OutboxItem[] {
  return outboxItems(desk.store, limit)
}

import type { Arg, OutboxItem } from '../contract.ts'
import { markSeen, outboxItems } from '../store/outbox.ts'
import type { Desk } from './desk.ts'

/** The outbox item by item; rejected ones shown here have been looked at. */
export function outbox(desk: Desk, { limit }: Arg<'outbox'>): readonly OutboxItem[] {
  const items = outboxItems(desk.store, limit)
  const rejected = items.filter(item => item.state === 'rejected')
  if (rejected.length > 0)
    markSeen(
      desk.store,
      rejected.map(item => item.decision.decisionId),
    )
  return items
}

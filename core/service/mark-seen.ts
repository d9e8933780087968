import type { Arg } from '../contract.ts'
import { markSeen as write } from '../store/outbox.ts'
import type { Desk } from './desk.ts'

/** The head has read why these were rejected. */
export function markSeen(desk: Desk, { decisionIds }: Arg<'markSeen'>): null {
  write(desk.store, decisionIds)
  return null
}

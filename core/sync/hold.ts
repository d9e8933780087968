import type { Decision } from '../domain/decision.ts'
import { awayAt } from '../store/away.ts'
import { readDecision, settle } from '../store/outbox.ts'
import type { Line } from './line.ts'

/**
 * Of what is about to leave, whatever gives a case to somebody who has gone on leave since: it stays
 * and the head is asked, as about a conflict. An override of the head's is not asked about again, nor
 * is what may have arrived already.
 */
export function holdForAbsent(line: Line, due: readonly Decision[]): void {
  const asked = due.filter(one => !one.isOverridden && one.undoes === null)
  const receivers = new Set(asked.flatMap(({ want }) => want.responsible ?? []))
  if (receivers.size === 0) return
  const now = line.now() + (line.clockOffsetMs ?? 0)
  const away = awayAt(line.store, receivers, now)
  const held = asked.filter(
    ({ decisionId, want }) =>
      want.responsible &&
      away.has(want.responsible) &&
      readDecision(line.store, decisionId)?.state === 'queued',
  )
  if (held.length > 0) settle(line.store, held.map(asConflict), line.now())
}

const asConflict = ({ decisionId }: Decision) => ({
  decisionId,
  outcome: 'conflict' as const,
  code: 'employeeAbsent' as const,
  current: null,
  changedBy: null,
  changedAt: null,
})

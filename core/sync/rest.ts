import type { Unsettled } from '../backends/backend.ts'
import { markUnknown, queueAnew, requeue } from '../store/outbox.ts'
import type { Line } from './line.ts'

/**
 * Writes down that nothing is settled about a decision yet, and lets it rest. Rests are timed by
 * elapsed time and forgotten at a restart: whoever must wait out something waits anew then.
 */
export function rest(line: Line, { decisionId, outcome, code, againAfterMs }: Unsettled): void {
  // Pauses are counted in parts of a millisecond; what is stored is whole.
  const restMs = Math.ceil(againAfterMs)
  const dueAt = line.now() + restMs
  const write = { unknown: markUnknown, notSent: requeue, notDone: queueAnew }[outcome]
  write(line.store, [decisionId], code, dueAt)
  if (restMs <= 0) return
  line.resting.add(decisionId)
  void line.sleep(restMs, line.stop).then(() => {
    line.resting.delete(decisionId)
    line.push.bell.work()
  })
}

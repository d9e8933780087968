import type { Outcome, Sending, Unsettled } from '../backend.ts'
import { aimOf, judge, outcomeOf } from './judge.ts'
import type { Aim, Here, Verdict } from './judge.ts'
import type { Look } from './look.ts'
import { isSeenTwice, usualManners } from './trace.ts'
import type { Manners, Trace } from './trace.ts'
import { evidenceOf, isOverwritten, readWitness } from './witness.ts'
import type { Witness } from './witness.ts'
import type { World } from './world.ts'

/** What to do about a decision, now that its case was looked at. */
export type Step =
  | { readonly kind: 'answer'; readonly answer: Outcome | Unsettled; readonly turn?: number | null }
  | { readonly kind: 'write'; readonly aim: Aim; readonly look: Here }

interface Memory {
  readonly trace: Trace
  /** Monotonic ms. */
  readonly elapsed: number
  readonly manners?: Manners
}

/**
 * The heart of writing without idempotency keys (sync.md 2.5): a write whose answer was lost is
 * never repeated before the portal can no longer carry it out and three looks found no trace of it;
 * whatever speaks against a write counts when it was seen twice, further apart than a read may lag.
 */
export function stepFor(world: World, sending: Sending, look: Look, memory: Memory): Step {
  const { decision, isDoubtful, witness } = sending
  if (isDoubtful && witness !== null) return doubted(world, sending, look, memory)
  const aim = aimOf(world, decision)
  const verdict = judge(world, decision, aim, look)
  if (verdict.kind === 'go' && aim && look.kind === 'here') return { kind: 'write', aim, look }
  return against(world, sending, { look, verdict }, memory)
}

/** Something left: is there a trace of it? */
function doubted(world: World, sending: Sending, look: Look, memory: Memory): Step {
  const { decision } = sending
  const { trace, elapsed, manners = usualManners } = memory
  const { quarantineMs, glanceMs, staleMs, looksNeeded } = manners
  trace.doubtfulSince ??= elapsed
  const witness = readWitness(sending.witness ?? '')
  const who = { decisionId: decision.decisionId, me: world.me }
  const evidence = look.kind === 'here' ? evidenceOf(witness, who, look) : null
  if (evidence?.kind === 'done') {
    const code = isOverwritten(witness, evidence.before) ? ('overwrote' as const) : null
    const done = outcomeOf(world, decision, { outcome: 'applied', code }, look)
    return { kind: 'answer', answer: done, turn: evidence.turn }
  }
  if (trace.confirmedAt !== null) {
    if (elapsed - trace.confirmedAt < staleMs)
      return unsettled(sending, 'unknown', 'noLineYet', staleMs)
    // Said to be done and no line of it: it was so already when our write came.
    return answer(outcomeOf(world, decision, { outcome: 'applied', code: null }, look))
  }
  const left = trace.doubtfulSince + quarantineMs - elapsed
  if (left > 0) return unsettled(sending, 'unknown', 'quarantine', Math.min(left, glanceMs))
  if (trace.misses === 0 || elapsed - trace.missedAt >= staleMs) {
    trace.misses += 1
    trace.missedAt = elapsed
  }
  if (trace.misses < looksNeeded) return unsettled(sending, 'unknown', 'noTraceYet', staleMs)
  if (look.kind === 'hidden') return answer(vanished(world, sending, witness))
  if (evidence?.kind === 'untold') {
    const isSo = look.kind === 'here' && look.raw === witness?.target
    const what = isSo
      ? { outcome: 'alreadySo' as const, code: null }
      : { outcome: 'conflict' as const, code: 'changed' as const }
    return answer(outcomeOf(world, decision, what, look))
  }
  forget(trace)
  return unsettled(sending, 'notDone', 'noTrace', 0)
}

/** Sent to where we do not see and then out of sight: that was our write; else the head is asked. */
function vanished(world: World, { decision }: Sending, witness: Witness | null): Outcome {
  const isOurs = witness !== null && !world.owners.has(witness.target)
  const what = isOurs
    ? { outcome: 'applied' as const, code: null }
    : { outcome: 'conflict' as const, code: 'changed' as const }
  return outcomeOf(world, decision, what, { kind: 'hidden' })
}

/** The case is not as the head saw it; a first look may be of some seconds ago. */
function against(
  world: World,
  sending: Sending,
  { look, verdict }: { readonly look: Look; readonly verdict: Verdict },
  { trace, elapsed, manners = usualManners }: Memory,
): Step {
  const { staleMs } = manners
  const seen = JSON.stringify([verdict, look.kind === 'here' ? [look.raw, look.case.status] : null])
  if (!isSeenTwice(trace, seen, { elapsed, staleMs }))
    return unsettled(sending, 'notSent', 'lookAgain', staleMs)
  const what =
    verdict.kind === 'conflict' || verdict.kind === 'rejected'
      ? { outcome: verdict.kind, code: verdict.code }
      : { outcome: 'alreadySo' as const, code: null }
  return answer(outcomeOf(world, sending.decision, what, look))
}

function forget(trace: Trace): void {
  trace.doubtfulSince = null
  trace.misses = 0
  trace.missedAt = 0
  trace.seen = null
  trace.seenAt = 0
}

const answer = (settled: Outcome | Unsettled): Step => ({ kind: 'answer', answer: settled })

const unsettled = (
  { decision: { decisionId } }: Sending,
  outcome: Unsettled['outcome'],
  code: string,
  againAfterMs: number,
): Step => answer({ decisionId, outcome, code, againAfterMs })

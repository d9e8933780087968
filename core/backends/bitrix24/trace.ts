import type { DecisionId } from '../../domain/id.ts'

/**
 * What this process remembers of a decision under way. Elapsed times by the monotonic clock; all of
 * it begins anew after a restart, which only makes us wait longer.
 */
export interface Trace {
  /** Since when nobody knows whether its write was carried out; null: it is known. */
  doubtfulSince: number | null
  /** When the portal said that it is done, without showing what; null: it never did. */
  confirmedAt: number | null
  /** Looks after the quarantine that showed nothing, and when the last one was. */
  misses: number
  missedAt: number
  /** What was seen that speaks against writing, and when first; a portal may show it too late. */
  seen: string | null
  seenAt: number
}

/** Whatever speaks against a write counts when it was seen twice, further apart than a read may lag. */
export function isSeenTwice(
  trace: Trace,
  seen: string,
  { elapsed, staleMs: lag }: { readonly elapsed: number; readonly staleMs: number },
): boolean {
  if (trace.seen !== seen) {
    trace.seen = seen
    trace.seenAt = elapsed
  }
  return elapsed - trace.seenAt >= lag
}

const most = 2_000

export function createTraces() {
  const traces = new Map<DecisionId, Trace>()
  return {
    of(id: DecisionId): Trace {
      const known = traces.get(id)
      if (known) return known
      const begun: Trace = {
        doubtfulSince: null,
        confirmedAt: null,
        misses: 0,
        missedAt: 0,
        seen: null,
        seenAt: 0,
      }
      traces.set(id, begun)
      // A decision that was cancelled never ends here.
      if (traces.size > most) traces.delete(traces.keys().next().value ?? id)
      return begun
    },
    end: (id: DecisionId) => void traces.delete(id),
  }
}

/** The longest a request may still be carried out after we gave up: 60 s (bitrix24.md 2.3) and some. */
const quarantineMs = 65_000
/** A read may be this late and more (sync.md 2.5); what it says counts when a second one agrees. */
export const staleMs = 6_000
const looksNeeded = 3
/** How often somebody looks during the quarantine: most lost answers are to writes that were made. */
export const glanceMs = 10_000

/** How patient a carrier is; anything less than the usual loses or doubles decisions. */
export interface Manners {
  readonly quarantineMs: number
  readonly staleMs: number
  readonly looksNeeded: number
  readonly glanceMs: number
}
export const usualManners: Manners = { quarantineMs, staleMs, looksNeeded, glanceMs }

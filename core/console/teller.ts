import { untouched } from '../store/store.ts'
import type { Touched, Touching } from '../store/store.ts'

export interface Teller {
  /** A commit changed this: told at once, or with what else comes in the pause after the last telling. */
  note(touched: Touched): void
  /** What the head did is never kept waiting. */
  tellNow(): void
  close(): void
}

/**
 * A decision goes through several commits in a few milliseconds (made, sent, applied, pulled); the
 * window draws the first at once and the others together.
 */
export function createTeller(tell: (touched: Touched) => void, pauseMs = 100): Teller {
  let gathered: Touching | null = null
  let pause: NodeJS.Timeout | null = null
  const tellNow = () => {
    if (!gathered) return
    const all = gathered
    gathered = null
    if (pause) clearTimeout(pause)
    pause = setTimeout(() => {
      pause = null
      tellNow()
    }, pauseMs)
    tell(all)
  }
  return {
    note(touched) {
      gathered ??= untouched()
      add(gathered, touched)
      if (!pause) tellNow()
    },
    tellNow,
    close() {
      if (pause) clearTimeout(pause)
      gathered = pause = null
    },
  }
}

function add(all: Touching, touched: Touched): void {
  for (const name of ['caseIds', 'closedOf', 'clientIds'] as const)
    for (const id of touched[name]) (all[name] as Set<string>).add(id)
  for (const name of ['isOrgTouched', 'areKindsTouched', 'isOutboxTouched'] as const)
    all[name] ||= touched[name]
}

import { create } from 'zustand'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { core } from './core.ts'
import { type Replica, useReplica } from './replica.ts'
import { remembering } from './world.ts'

/** Cases closed in the last days, while a view that shows them is open. */
interface ClosedLately {
  readonly cases: readonly Case[]
  /** There are more than these. */
  readonly isMore: boolean
}

const none: ClosedLately = { cases: [], isMore: false }

export const useClosedLately = create<ClosedLately>(() => none)

const restMs = 250

/** Asks for them now and whenever something may have been closed or opened again; returns how to stop. */
export function watchClosed(): () => void {
  let isStopped = false
  let isAsking = false
  let isStale = false
  const ask = async (): Promise<void> => {
    if (isAsking) {
      isStale = true
      return
    }
    isAsking = true
    isStale = false
    // Without the core there is nothing newer to show; the next change asks again.
    const answer = await core.closedLately({}).catch(() => null)
    if (!isStopped && answer) useClosedLately.setState(answer)
    await new Promise(resolve => {
      setTimeout(resolve, restMs)
    })
    isAsking = false
    if (isStale && !isStopped) void ask()
  }
  const unsubscribe = useReplica.subscribe((replica, before) => {
    if (facts.some(name => replica[name] !== before[name])) void ask()
  })
  void ask()
  return () => {
    isStopped = true
    unsubscribe()
    useClosedLately.setState(none)
  }
}

const facts = ['cases', 'closed', 'pending', 'space'] as const satisfies readonly (keyof Replica)[]

const together = remembering(
  (open: ReadonlyMap<CaseId, Case>, closed: readonly Case[]): ReadonlyMap<CaseId, Case> =>
    closed.length === 0
      ? open
      : new Map([...closed.map(one => [one.caseId, one] as const), ...open]),
)

/** The open cases and those closed lately that are shown; an open one is what it says. */
export const useKnownCases = (): ReadonlyMap<CaseId, Case> =>
  together(
    useReplica(replica => replica.cases),
    useClosedLately(({ cases }) => cases),
  )

/** The same outside of drawing. */
export const knownCases = (): ReadonlyMap<CaseId, Case> =>
  together(useReplica.getState().cases, useClosedLately.getState().cases)

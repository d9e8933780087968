import { useEffect, useMemo, useRef, useState } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { useView } from '../state/view.ts'

const checkMs = 1000

export interface Held {
  /** The cases the list shows. */
  readonly shown: readonly Case[]
  /** How many came meanwhile and wait for a moment that disturbs nobody. */
  readonly count: number
  letIn(): void
}

/**
 * Keeps what arrives out of the list while somebody works in it: nothing moves under the pointer.
 * `isCalm` says whether the list may move now.
 */
export function useHeld(cases: readonly Case[], isCalm: () => boolean): Held {
  const [admitted, setAdmitted] = useState<ReadonlySet<CaseId>>(() => idsOf(cases))
  const lastDone = useView(view => view.lastDone)
  const isFirst = useRef(admitted.size === 0)
  const mine = useMemo(() => new Set(lastDone), [lastDone])
  const waiting = useMemo(
    () => cases.filter(({ caseId }) => !admitted.has(caseId) && !mine.has(caseId)),
    [cases, admitted, mine],
  )
  const letIn = () => setAdmitted(known => new Set([...known, ...idsOf(cases)]))
  useEffect(() => {
    if (cases.length === 0) return
    if (waiting.length === 0) {
      if (cases.some(({ caseId }) => !admitted.has(caseId))) letIn()
      return
    }
    if (isFirst.current || isCalm()) {
      isFirst.current = false
      letIn()
      return
    }
    const timer = setInterval(() => isCalm() && letIn(), checkMs)
    return () => clearInterval(timer)
  })
  const shown = useMemo(
    () => cases.filter(({ caseId }) => admitted.has(caseId) || mine.has(caseId)),
    [cases, admitted, mine],
  )
  return { shown, count: waiting.length, letIn }
}

const idsOf = (cases: readonly Case[]) => new Set(cases.map(({ caseId }) => caseId))

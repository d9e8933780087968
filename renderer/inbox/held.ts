import { useEffect, useMemo, useState } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { useView } from '../state/view.ts'

const checkMs = 500

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
  if (admitted.size === 0 && cases.length > 0) setAdmitted(idsOf(cases))
  const mine = useView(view => view.mine)
  const waiting = useMemo(
    () => cases.filter(({ caseId }) => !admitted.has(caseId) && !mine.has(caseId)),
    [cases, admitted, mine],
  )
  const letIn = () => setAdmitted(known => new Set([...known, ...idsOf(cases)]))
  useEffect(() => {
    if (waiting.length === 0) return
    const check = () => isCalm() && letIn()
    const atOnce = setTimeout(check)
    const timer = setInterval(check, checkMs)
    return () => {
      clearTimeout(atOnce)
      clearInterval(timer)
    }
  })
  const shown = useMemo(
    () => cases.filter(({ caseId }) => admitted.has(caseId) || mine.has(caseId)),
    [cases, admitted, mine],
  )
  return { shown, count: waiting.length, letIn }
}

const idsOf = (cases: readonly Case[]) => new Set(cases.map(({ caseId }) => caseId))

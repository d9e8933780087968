import { create } from 'zustand'
import type { CaseDetail } from '../../core/contract.ts'
import type { CaseId } from '../../core/domain/id.ts'
import type { Patch } from '../../core/domain/patch.ts'
import { core, on } from '../state/core.ts'
import { useView } from '../state/view.ts'
import { failureOf } from '../ui/attempt.ts'

/** What was asked about the open case: its text and history, which the window does not hold. */
export interface Detail {
  readonly caseId: CaseId | null
  /** null: not answered yet, or there is no such case (then `isAnswered`). */
  readonly detail: CaseDetail | null
  readonly isAnswered: boolean
  readonly problem: string | null
}

const nothing: Detail = { caseId: null, detail: null, isAnswered: false, problem: null }

export const useDetail = create<Detail>(() => nothing)

/** Asks again about the open case; an answer about another one comes too late and is dropped. */
export function askAgain(): void {
  const { caseId } = useDetail.getState()
  if (caseId === null) return
  const isStillOpen = () => useDetail.getState().caseId === caseId
  core.caseDetail({ caseId }).then(
    detail => isStillOpen() && useDetail.setState({ detail, isAnswered: true, problem: null }),
    (error: unknown) => isStillOpen() && useDetail.setState({ problem: failureOf(error) }),
  )
}

function follow(caseId: CaseId | null): void {
  if (useDetail.getState().caseId === caseId) return
  useDetail.setState({ ...nothing, caseId })
  askAgain()
}

const isAbout = ({ cases, gone, pending }: Patch, caseId: CaseId | null): boolean =>
  caseId !== null &&
  (pending !== undefined ||
    gone.includes(caseId) ||
    cases.some(changed => changed.caseId === caseId))

useView.subscribe(view => follow(view.openCaseId))
on('changed', patch => isAbout(patch, useDetail.getState().caseId) && askAgain())
follow(useView.getState().openCaseId)

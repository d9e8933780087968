import type { CaseSource } from '../domain/case.ts'

/** A sort of work of the invented company and the letters it comes with. */
export interface DemoKind {
  readonly id: string
  readonly name: string
  readonly weight: number
  /** Where a case of this kind goes. */
  readonly department: string
  /** Who else may do it, department by department. */
  readonly doneIn: readonly string[]
  readonly sources: readonly CaseSource[]
  readonly doesWaitingStopClock?: boolean
  readonly letters: readonly DemoLetter[]
}
/** `{client}` `{order}` `{house}` `{village}` `{plot}` `{sum}` `{date}` are filled in. */
export interface DemoLetter {
  readonly skill?: string
  readonly subject: string
  readonly text: string
}

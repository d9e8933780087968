import { isOverdue, stateOf } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId, EmployeeId } from '../../core/domain/id.ts'
import type { Filters } from '../state/view.ts'

export interface Wanted {
  readonly filters: Filters
  /** Folded text; empty: everything. */
  readonly text: string
  /** Cases the core found by what the window does not hold (text, phones). */
  readonly foundIds: ReadonlySet<CaseId>
  readonly lastLookAt: number
  readonly now: number
}

export const fold = (text: string): string =>
  text.trim().toLocaleLowerCase('ru').replaceAll('ё', 'е')

/** Which of the cases the chips and the search leave. */
export function filtered(cases: readonly Case[], wanted: Wanted): readonly Case[] {
  return cases.filter(theCase => passes(theCase, wanted) && isFound(theCase, wanted))
}

function passes(theCase: Case, { filters, lastLookAt, now }: Wanted): boolean {
  const { kindIds, sources, isOverdueOnly, isNewOnly } = filters
  if (kindIds.size > 0 && (theCase.kindId === null || !kindIds.has(theCase.kindId))) return false
  if (sources.size > 0 && !sources.has(theCase.source)) return false
  if (isOverdueOnly && !isOverdue(theCase, now)) return false
  return !isNewOnly || theCase.createdAt > lastLookAt
}

function isFound(theCase: Case, { text, foundIds }: Wanted): boolean {
  const { caseId, number, subject, clientName } = theCase
  if (text === '' || foundIds.has(caseId)) return true
  const held = folded.get(theCase) ?? fold(`${number} ${subject} ${clientName ?? ''}`)
  folded.set(theCase, held)
  return text.split(/\s+/).every(part => held.includes(part.replace(/^№/, '')))
}

/** Folding ten thousand rows at every letter is what one would feel. */
const folded = new WeakMap<Case, string>()

/** Open cases I do myself and that are not put off. */
export function mineToDo(cases: Iterable<Case>, me: EmployeeId, now: number): readonly Case[] {
  return [...cases].filter(
    theCase => theCase.responsibleId === me && stateOf(theCase, now) !== 'deferred',
  )
}

export const isFiltered = ({ kindIds, sources, isOverdueOnly, isMineOnly, isNewOnly }: Filters) =>
  kindIds.size > 0 || sources.size > 0 || isOverdueOnly || isMineOnly || isNewOnly

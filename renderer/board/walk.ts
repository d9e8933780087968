import type { CaseId } from '../../core/domain/id.ts'
import type { Column, Stage } from '../../core/domain/stage.ts'

/** Where a card lies: the column and the place in it, both from 0. */
export interface Spot {
  readonly column: number
  readonly place: number
}

export function spotOf(columns: readonly Column[], caseId: CaseId | null): Spot | null {
  if (caseId === null) return null
  for (const [column, { cases }] of columns.entries()) {
    const place = cases.findIndex(theCase => theCase.caseId === caseId)
    if (place >= 0) return { column, place }
  }
  return null
}

/** The card at the spot, or the last one above it; null: the column is empty. */
export function caseAt(columns: readonly Column[], { column, place }: Spot): CaseId | null {
  const cases = columns[column]?.cases ?? []
  return cases[Math.max(0, Math.min(place, cases.length - 1))]?.caseId ?? null
}

/** The first card of the board. */
export function firstCase(columns: readonly Column[]): CaseId | null {
  return columns.find(({ cases }) => cases.length > 0)?.cases[0]?.caseId ?? null
}

/** The nearest card to the left (-1) or right (1), at the same height; null: there is none. */
export function caseBeside(
  columns: readonly Column[],
  { column, place }: Spot,
  side: -1 | 1,
): CaseId | null {
  for (let next = column + side; columns[next]; next += side) {
    const found = caseAt(columns, { column: next, place })
    if (found !== null) return found
  }
  return null
}

/** Who takes the focus when a card has left: the one that now lies there, else the nearest column's. */
export function heirAt(columns: readonly Column[], spot: Spot): CaseId | null {
  return caseAt(columns, spot) ?? caseBeside(columns, spot, -1) ?? caseBeside(columns, spot, 1)
}

/** The cards of one column from one to the other, whichever lies above. */
export function casesBetween(
  columns: readonly Column[],
  one: CaseId,
  other: CaseId,
): readonly CaseId[] {
  const [from, to] = [spotOf(columns, one), spotOf(columns, other)]
  if (!from || !to || from.column !== to.column) return [other]
  const [first, last] = [Math.min(from.place, to.place), Math.max(from.place, to.place)]
  return (columns[from.column]?.cases ?? []).slice(first, last + 1).map(({ caseId }) => caseId)
}

/** The next stage that can be entered, from this one on to the left (-1) or right (1). */
export function stageBeside(
  stages: readonly Stage[],
  from: Stage | null,
  side: -1 | 1,
): Stage | null {
  const inOrder = side < 0 ? stages.toReversed() : stages
  const place = inOrder.findIndex(({ stageId }) => stageId === from?.stageId)
  return place < 0 ? null : (inOrder.slice(place + 1).find(({ canEnter }) => canEnter) ?? null)
}

/** The card of this id as the page has it in its text. */
export function caseNamed(columns: readonly Column[], text: string | undefined): CaseId | null {
  for (const { cases } of columns)
    for (const { caseId } of cases) if (caseId === text) return caseId
  return null
}

import type { CaseId, EmployeeId } from '../../core/domain/id.ts'
import { carryOut, personTarget } from '../state/drops.ts'
import { useReplica } from '../state/replica.ts'
import { casesOf } from '../state/select.ts'
import { select, useView } from '../state/view.ts'
import type { Cell, HeatTable, PersonLine } from './heat-table.ts'

/** The cases of a cell that may be moved: what is masked stays where it is. */
function movable({ caseIds }: Cell): readonly CaseId[] {
  return casesOf(useReplica.getState().cases, caseIds).flatMap(one =>
    one.isMasked ? [] : one.caseId,
  )
}

/** A cell with something selected takes the whole selection along, any other its own cases. */
export function carriedFrom(cell: Cell): readonly CaseId[] | null {
  const { selection } = useView.getState()
  if (cell.caseIds.some(caseId => selection.has(caseId))) return [...selection]
  const own = movable(cell)
  return own.length > 0 ? own : null
}

/** Gives the cases; what a person holds already stays there without a word. */
export function giveTo(caseIds: readonly CaseId[], target: string, isForced: boolean): void {
  const moved = casesOf(useReplica.getState().cases, caseIds)
    .filter(one => one.responsibleId === null || personTarget(one.responsibleId) !== target)
    .map(({ caseId }) => caseId)
  if (moved.length === 0 || !carryOut(moved, target, isForced)) return
  const { selection } = useView.getState()
  const left = [...selection].filter(caseId => !moved.includes(caseId))
  if (left.length < selection.size) select(new Set(left))
}

export const giveSelection = (employeeId: EmployeeId, isForced: boolean): void =>
  giveTo([...useView.getState().selection], personTarget(employeeId), isForced)

/** Selects the cases of a cell, or lets go of them when all of them are. */
export function toggleCell(cell: Cell): void {
  const own = movable(cell)
  const next = new Set(useView.getState().selection)
  const isWhole = own.every(caseId => next.has(caseId))
  for (const caseId of own)
    if (isWhole) next.delete(caseId)
    else next.add(caseId)
  select(next)
}

/** The person line at `row`, or the nearest one in the direction of `step`; null: there is none. */
export function personAt(
  { lines }: HeatTable,
  row: number,
  step: 1 | -1,
): { readonly row: number; readonly line: PersonLine } | null {
  for (let place = row; place >= 0 && place < lines.length; place += step) {
    const line = lines[place]
    if (line?.kind === 'person') return { row: place, line }
  }
  return null
}

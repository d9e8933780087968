import type { KeyboardEvent } from 'react'
import { select, useView } from '../state/view.ts'
import { commandOf, type KeyCommand } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'
import { runCommand } from '../ui/run-command.ts'
import { giveSelection, personAt, toggleCell } from './heat-moves.ts'
import { moveTo, openCell, useHeat } from './heat-state.ts'
import type { HeatTable } from './heat-table.ts'

/** Every key of the table: moving, picking a cell's cases, opening them, giving them to whose cell it is. */
export function pressInTable(event: KeyboardEvent, table: HeatTable, pageRows: number): void {
  if (isAsking()) return
  const isDone = moveByArrow(event, table, pageRows) || carryOutKey(commandOf(event), table)
  if (isDone) event.preventDefault()
}

function moveByArrow(
  { code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  table: HeatTable,
  pageRows: number,
): boolean {
  if (metaKey || altKey || shiftKey) return false
  const { row, column } = useHeat.getState().at
  const lastColumn = table.columns.length - 1
  const moves: Readonly<Record<string, readonly [rows: number, column: number]>> = {
    ArrowLeft: [0, column - 1],
    ArrowRight: [0, column + 1],
    Home: [ctrlKey ? -table.lines.length : 0, 0],
    End: [ctrlKey ? table.lines.length : 0, lastColumn],
    PageUp: [-pageRows, column],
    PageDown: [pageRows, column],
  }
  const move = moves[code]
  if (!move) return false
  goTo(table, row + move[0], Math.max(0, Math.min(lastColumn, move[1])), move[0] < 0 ? -1 : 1)
  return true
}

function goTo(table: HeatTable, row: number, column: number, step: 1 | -1): void {
  const within = Math.max(0, Math.min(table.lines.length - 1, row))
  const backwards = step === 1 ? -1 : 1
  const found = personAt(table, within, step) ?? personAt(table, within, backwards)
  if (found) moveTo(found.row, column)
}

function carryOutKey(command: KeyCommand | null, table: HeatTable): boolean {
  const { row, column } = useHeat.getState().at
  const line = table.lines[row]
  if (!command) return false
  if (command.kind === 'down' || command.kind === 'up') {
    const step = command.kind === 'down' ? 1 : -1
    const next = personAt(table, row + step, step)
    if (next) moveTo(next.row, column)
    return true
  }
  if (command.kind === 'clear') return clear()
  if (line?.kind !== 'person') return runCommand(command)
  const cell = line.cells[column]
  const columnId = table.columns[column]?.columnId
  if (!cell || columnId === undefined) return runCommand(command)
  const { employeeId } = line.employee
  switch (command.kind) {
    case 'pick':
      toggleCell(cell)
      return true
    case 'open':
      openCell(cell.caseIds.length > 0 ? { employeeId, columnId } : null)
      return true
    case 'giveHere':
    case 'forceHere':
      giveSelection(employeeId, command.kind === 'forceHere')
      return true
    default:
      return runCommand(command)
  }
}

function clear(): boolean {
  if (useView.getState().selection.size > 0) select(new Set())
  else openCell(null)
  return true
}

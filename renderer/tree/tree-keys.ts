import type { KeyboardEvent } from 'react'
import { departmentTarget, personTarget } from '../state/drops.ts'
import { splitOrCarryOut } from '../state/split.ts'
import { select, useView } from '../state/view.ts'
import { commandOf } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'
import { runCommand } from '../ui/run-command.ts'
import type { OrgLine } from './org-lines.ts'
import { fold, goToLine, openLine, useTree } from './tree-state.ts'

/** What is dropped on a line goes to; null: nothing can be dropped there. */
export function targetOf(line: OrgLine): string | null {
  if (line.kind === 'department') return departmentTarget(line.department.departmentId)
  return line.kind === 'person' ? personTarget(line.employee.employeeId) : null
}

/** Every key of the tree: moving, folding, details, giving what is selected. */
export function pressInTree(event: KeyboardEvent, lines: readonly OrgLine[]): void {
  if (isAsking()) return
  const place = Math.max(
    0,
    lines.findIndex(({ key }) => key === useTree.getState().atKey),
  )
  const line = lines[place]
  if (!line) return
  if (pressSideways(event, lines, place) || carryOutKey(event, lines, place)) event.preventDefault()
}

/** Right unfolds and goes in, left folds and goes out, as in every tree. */
function pressSideways(
  { code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  lines: readonly OrgLine[],
  place: number,
): boolean {
  const line = lines[place]
  if (!line || ctrlKey || metaKey || altKey || shiftKey) return false
  const canFold = line.kind === 'department' || line.kind === 'outside'
  if (code === 'ArrowRight') {
    if (canFold && !line.isOpen) fold(line.key, true)
    else if (canFold) goTo(lines, place + 1)
    return true
  }
  if (code !== 'ArrowLeft') return false
  if (canFold && line.isOpen) fold(line.key, false)
  else
    goTo(
      lines,
      lines.findLastIndex((one, at) => at < place && one.level < line.level),
    )
  return true
}

function carryOutKey(event: KeyboardEvent, lines: readonly OrgLine[], place: number): boolean {
  const command = commandOf(event)
  const line = lines[place]
  if (!command || !line) return false
  switch (command.kind) {
    case 'down':
    case 'up':
      goTo(lines, place + (command.kind === 'down' ? 1 : -1))
      return true
    case 'first':
    case 'last':
      goTo(lines, command.kind === 'first' ? 0 : lines.length - 1)
      return true
    case 'open':
      openLine(line.key)
      return true
    case 'giveHere':
    case 'forceHere':
      giveHere(line, command.kind === 'forceHere')
      return true
    case 'clear':
      if (useView.getState().selection.size > 0) select(new Set())
      else openLine(null)
      return true
    default:
      return runCommand(command)
  }
}

function goTo(lines: readonly OrgLine[], place: number): void {
  const line = lines[Math.min(place, lines.length - 1)]
  if (line) goToLine(line.key)
}

function giveHere(line: OrgLine, isForced: boolean): void {
  const target = targetOf(line)
  const given = [...useView.getState().selection]
  if (target && given.length > 0 && splitOrCarryOut(given, target, isForced)) select(new Set())
}

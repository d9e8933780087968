import type { KeyboardEvent } from 'react'
import type { CaseId } from '../../core/domain/id.ts'
import { type Column, stageOf } from '../../core/domain/stage.ts'
import { afterOthers } from '../state/acts.ts'
import { knownCases } from '../state/closed-lately.ts'
import { carryOut, stageTarget } from '../state/drops.ts'
import { useReplica } from '../state/replica.ts'
import { closeCase, select, targetsOf, useView } from '../state/view.ts'
import { commandOf, type KeyCommand } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'
import { runCommand } from '../ui/run-command.ts'
import { caseAt, caseBeside, casesBetween, type Spot, spotOf, stageBeside } from './walk.ts'

export interface Walk {
  readonly columns: readonly Column[]
  /** Cards side by side in a column. */
  readonly lanes: number
  /** Takes the keyboard to the card. */
  focus(caseId: CaseId): void
}

/** The keys of the board: between cards and columns, selecting, moving along, and the usual verbs. */
export function pressOnBoard(event: KeyboardEvent<HTMLElement>, walk: Walk): void {
  const command = commandOf(event)
  const isOnCard = event.target instanceof Element && event.target.closest('[data-case]') !== null
  if (!command || !isOnCard || isAsking() || event.defaultPrevented) return
  if (moved(walk, command) || runCommand(command)) event.preventDefault()
}

function moved(walk: Walk, { kind }: KeyCommand): boolean {
  const { focusedId } = useView.getState()
  const spot = spotOf(walk.columns, focusedId)
  const move = moves[kind]
  if (!move || !spot || focusedId === null) return false
  move(walk, spot, focusedId)
  return true
}

type Move = (walk: Walk, spot: Spot, focusedId: CaseId) => void

const moves: Partial<Record<KeyCommand['kind'], Move>> = {
  down: (walk, spot) => step(walk, spot, walk.lanes),
  up: (walk, spot) => step(walk, spot, -walk.lanes),
  left: (walk, spot) => aside(walk, spot, -1),
  right: (walk, spot) => aside(walk, spot, 1),
  first: (walk, spot) => step(walk, { ...spot, place: 0 }, 0),
  last: (walk, spot) => step(walk, { ...spot, place: Infinity }, 0),
  extendDown: (walk, spot, id) => extend(walk, spot, id, walk.lanes),
  extendUp: (walk, spot, id) => extend(walk, spot, id, -walk.lanes),
  pick: (_walk, _spot, id) => toggle(id),
  extendHere: (_walk, _spot, id) => toggle(id),
  all: ({ columns }, { column }) => toggleColumn(columns[column]),
  stageBefore: (_walk, _spot, id) => along(id, -1),
  stageAfter: (_walk, _spot, id) => along(id, 1),
  clear: () => (useView.getState().openCaseId === null ? select(new Set()) : closeCase()),
}

function step({ columns, focus }: Walk, { column, place }: Spot, by: number): void {
  const last = (columns[column]?.cases.length ?? 0) - 1
  const next = place + by
  // With several lanes the last row may be short: down leads to its end.
  const caseId = next < 0 ? null : caseAt(columns, { column, place: Math.min(next, last) })
  if (caseId !== null) focus(caseId)
}

/** Within a row of lanes first, then to the next column at the same height. */
function aside({ columns, lanes, focus }: Walk, { column, place }: Spot, side: -1 | 1): void {
  const lane = (place % lanes) + side
  const isInRow = lane >= 0 && lane < lanes && columns[column]?.cases[place + side] !== undefined
  const row = place - (place % lanes)
  const caseId = isInRow
    ? caseAt(columns, { column, place: place + side })
    : caseBeside(columns, { column, place: side < 0 ? row + lanes - 1 : row }, side)
  if (caseId !== null) focus(caseId)
}

function extend(walk: Walk, spot: Spot, from: CaseId, by: number): void {
  step(walk, spot, by)
  const { focusedId, selection } = useView.getState()
  if (focusedId !== null)
    select(new Set([...selection, ...casesBetween(walk.columns, from, focusedId)]))
}

export function toggle(caseId: CaseId): void {
  const selection = new Set(useView.getState().selection)
  if (!selection.delete(caseId)) selection.add(caseId)
  select(selection)
}

/** All of a column, or none when all of it are selected. */
function toggleColumn(column: Column | undefined): void {
  const ids = (column?.cases ?? []).map(({ caseId }) => caseId)
  const { selection } = useView.getState()
  const isWhole = ids.every(caseId => selection.has(caseId))
  select(new Set(isWhole ? [] : ids))
}

/** Pressed twice, a key leads two stages on: the second press waits for what the first has done. */
function along(focusedId: CaseId, side: -1 | 1): void {
  afterOthers(() => {
    const theCase = knownCases().get(focusedId)
    const { stages } = useReplica.getState()
    const next = theCase && stageBeside(stages, stageOf(theCase, stages), side)
    if (next) carryOut(targetsOf(useView.getState()), stageTarget(next.stageId), false)
  })
}

import type { Fields } from '../domain/decision.ts'
import {
  decisionIn,
  decisionRow,
  dependents,
  move,
  unsettledRows,
  type DecisionRow,
} from './decision-rows.ts'
import { fieldsOf } from './fold.ts'
import { refreshOverlay } from './overlay.ts'
import type { Outcome } from './records.ts'
import type { Store, Touching } from './store.ts'
import { readStream } from './stream.ts'
import { writeCase } from './write-cases.ts'

/**
 * Writes what became of decisions; the case as it is now goes into the replica first. An outcome of
 * a decision that is finished, in conflict or unknown to us changes nothing.
 */
export function settle(store: Store, outcomes: readonly Outcome[], now: number): void {
  store.transact(touching => {
    for (const outcome of outcomes) settleOne(store, touching, outcome, now)
  })
}

const isOpen = (row: DecisionRow): boolean =>
  row.state === 'queued' || row.state === 'sending' || row.state === 'unknown'

function settleOne(store: Store, touching: Touching, outcome: Outcome, at: number): void {
  const row = decisionRow(store, outcome.decisionId)
  if (!row || !isOpen(row)) return
  if (outcome.current) writeCase(store, touching, outcome.current, readStream(store))
  const to = outcome.outcome === 'alreadySo' ? 'applied' : outcome.outcome
  const why = outcome.code ?? outcome.outcome
  move(store, touching, row, { to, why, at, ...told(outcome) })
  if (to !== 'applied') dropIfUndone(store, touching, row, at)
  refreshOverlay(store, touching, row.caseId)
}

/** What the row and the log keep of an outcome: of the case only what conflict and overlay need. */
function told({ current, ...outcome }: Outcome) {
  const version = current?.version ?? null
  const changes = {
    code: outcome.code,
    resultVersion: version,
    changedBy: outcome.changedBy,
    theirsAt: outcome.changedAt,
    theirsJson: current && JSON.stringify(fieldsOf(current)),
  }
  return { changes, evidence: { ...outcome, version } }
}

/**
 * The head took it back while it was under way, and it did not happen: there is nothing to ask and
 * nothing to undo.
 */
function dropIfUndone(store: Store, touching: Touching, row: DecisionRow, at: number): void {
  const rows = unsettledRows(store, row.caseId)
  const undoing = rows.find(each => each.undoes === row.decisionId && each.state === 'queued')
  if (!undoing || dependents(rows, new Set([undoing.decisionId])).length > 0) return
  const why = 'undoneBeforeItHappened'
  move(store, touching, undoing, { to: 'cancelled', why, at })
  const ours = rows.find(each => each.decisionId === row.decisionId)
  if (ours?.state === 'conflict') move(store, touching, ours, { to: 'cancelled', why, at })
}

/** What the head wants in the end: a conflicting decision with what was decided on top of it. */
export function finalWish(store: Store, row: DecisionRow): { mine: Fields; base: Fields } {
  const chain = [row, ...dependents(unsettledRows(store, row.caseId), new Set([row.decisionId]))]
  const decisions = chain.map(decisionIn)
  return {
    mine: together(decisions.map(({ want }) => want)),
    base: together(decisions.map(({ base }) => base).toReversed()),
  }
}

/** Each field as the last that names it has it. */
function together(all: readonly Fields[]): Fields {
  const fields: Fields = {}
  for (const some of all) Object.assign(fields, some)
  return fields
}

import type { Decision } from '../domain/decision.ts'
import { holesFor, statement, tables } from './db.ts'
import {
  decisionIn,
  decisionRow,
  dependents,
  logEvent,
  move,
  standing,
  unsettledRows,
  type DecisionRow,
} from './decision-rows.ts'
import { shareField } from './fold.ts'
import { knownBase, refold } from './overlay.ts'
import type { Store, Touching } from './store.ts'

type NewRow = Omit<DecisionRow, 'seq'>

const columns = [
  'decisionId',
  'actId',
  'caseId',
  'caseNumber',
  'subject',
  'contentJson',
  'dependsOnJson',
  'undoes',
  'state',
  'attempt',
  'dueAt',
  'isDoubtful',
  'isSettled',
  'isSeen',
  'resultVersion',
  'pagesSince',
  'code',
  'theirsJson',
  'changedBy',
  'theirsAt',
  'why',
  'changedAt',
  'witness',
] as const satisfies readonly (keyof NewRow)[]

const add = statement<NewRow>()(value =>
  tables.insertInto('decisions').values(holesFor<NewRow>(columns, value)),
)

/** Queues one decision and lays it over its case; false when its id is already known. */
export function recordDecision(store: Store, touching: Touching, decision: Decision): boolean {
  if (decisionRow(store, decision.decisionId)) return false
  answerConflicts(store, touching, decision)
  const base = knownBase(store, decision.caseId)
  const rows = unsettledRows(store, decision.caseId)
  const at = store.now()
  store.run(
    add({
      decisionId: decision.decisionId,
      actId: decision.actId,
      caseId: decision.caseId,
      caseNumber: base?.number ?? '',
      subject: base?.subject ?? '',
      contentJson: JSON.stringify(decision),
      dependsOnJson: JSON.stringify(groundsOf(decision, standing(store, rows))),
      undoes: decision.undoes,
      state: 'queued',
      attempt: 0,
      dueAt: 0,
      isDoubtful: 0,
      isSettled: 0,
      isSeen: 0,
      resultVersion: null,
      pagesSince: 0,
      code: null,
      theirsJson: null,
      changedBy: null,
      theirsAt: null,
      why: decision.verb,
      changedAt: at,
      witness: null,
    }),
  )
  logEvent(store, decision.decisionId, { from: null, to: 'queued', why: decision.verb, at })
  touching.isOutboxTouched = true
  refold(store, touching, decision.caseId)
  return true
}

/** The unsent decisions whose effect this one was decided on: for each field the last that names it. */
function groundsOf({ want }: Decision, standingRows: readonly DecisionRow[]): string[] {
  const unsent = standingRows.filter(row => row.state !== 'applied').toReversed()
  const lastOn = (field: keyof Decision['want']) =>
    want[field] === undefined
      ? undefined
      : unsent.find(row => decisionIn(row).want[field] !== undefined)?.decisionId
  const grounds = [
    lastOn('responsible'),
    lastOn('department'),
    lastOn('deferredUntil'),
    lastOn('status'),
  ]
  return [...new Set(grounds.filter(id => id !== undefined))]
}

/** Deciding anew on the fields of a conflict, with theirs in view, is the answer to it. */
function answerConflicts(
  store: Store,
  touching: Touching,
  { caseId, want, decisionId }: Decision,
): void {
  const rows = unsettledRows(store, caseId)
  const answered = rows.filter(
    row => row.state === 'conflict' && shareField(decisionIn(row).want, want),
  )
  if (answered.length === 0) return
  const ids = new Set(answered.map(row => row.decisionId))
  const why = `answeredBy:${decisionId}`
  for (const row of [...answered, ...dependents(rows, ids)])
    move(store, touching, row, { to: 'superseded', why, at: store.now() })
}

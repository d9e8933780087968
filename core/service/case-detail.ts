import type { Arg, CaseDetail, HistoryLine } from '../contract.ts'
import type { DecisionState } from '../domain/decision.ts'
import { caseHistory, caseText, readCase } from '../store/cases.ts'
import { decisionsOf } from '../store/outbox.ts'
import type { DecisionRecord, HistoryEntry } from '../store/records.ts'
import type { Desk } from './desk.ts'
import { fieldsInWords } from './names.ts'

/** One case with its text and what happened to it, the newest first; null: there is no such case. */
export function caseDetail(desk: Desk, { caseId }: Arg<'caseDetail'>): CaseDetail | null {
  const { store } = desk
  const theCase = readCase(store, caseId)
  if (!theCase) return null
  const entries = caseHistory(store, caseId)
  const told = new Set(entries.map(entry => entry.decisionId))
  const untold = decisionsOf(store, caseId).filter(
    ({ decision, state }) => isWorthTelling[state] && !told.has(decision.decisionId),
  )
  return {
    theCase,
    text: caseText(store, caseId),
    history: [
      ...untold.map(record => pendingLine(desk, record)).reverse(),
      ...entries.map(entry => historyLine(desk, entry)).reverse(),
    ],
  }
}

/** What the head decided and the backend's history does not show yet; what was taken back in time is no news. */
const isWorthTelling: Readonly<Record<DecisionState, boolean>> = {
  queued: true,
  sending: true,
  unknown: true,
  applied: true,
  rejected: true,
  conflict: true,
  superseded: false,
  cancelled: false,
}

const pendingLine = (desk: Desk, { decision, state }: DecisionRecord): HistoryLine => ({
  at: decision.issuedAt,
  who: desk.nameOf(decision.issuedBy.employeeId),
  verb: decision.verb,
  from: fieldsInWords(desk, { ...decision.base }),
  to: fieldsInWords(desk, { ...decision.want }),
  reasons: decision.reasons,
  rule: ruleOf(decision.issuedBy.ruleId ?? null, decision.issuedBy.ruleVersion ?? null),
  state: state === 'applied' ? null : state,
})

const historyLine = (desk: Desk, entry: HistoryEntry): HistoryLine => ({
  at: entry.at,
  who: entry.employeeId === null ? null : desk.nameOf(entry.employeeId),
  verb: entry.verb,
  from: fieldsInWords(desk, entry.from),
  to: fieldsInWords(desk, entry.to),
  reasons: entry.reasons,
  rule: ruleOf(entry.ruleId, entry.ruleVersion),
  state: null,
})

const ruleOf = (ruleId: string | null, version: number | null): string | null =>
  ruleId === null ? null : version === null ? ruleId : `${ruleId} v${version}`

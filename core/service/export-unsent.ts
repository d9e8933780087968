import type { Answers, OutboxItem } from '../contract.ts'
import { untilChange } from '../domain/case.ts'
import type { Fields } from '../domain/decision.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import type { Desk } from './desk.ts'
import { fieldsInWords } from './names.ts'

/** What has not reached the backend, as a JSON file a person can read: names beside the records. */
export function exportUnsent(desk: Desk): Answers['exportUnsent'] {
  const { waiting, conflicts } = outboxCounts(desk.store)
  const unsent = waiting + conflicts === 0 ? [] : outboxItems(desk.store, waiting + conflicts)
  const exportedAt = new Date(desk.now()).toISOString()
  const content = {
    workspace: desk.space.title,
    head: desk.me()?.name ?? null,
    exportedAt,
    decisions: unsent.map(item => lineOf(desk, item)),
  }
  return {
    name: `nachalo-unsent-${exportedAt.slice(0, 10)}.json`,
    text: `${JSON.stringify(content, null, 2)}\n`,
  }
}

const lineOf = (
  desk: Desk,
  { decision, state, attempt, caseNumber, subject, conflict }: OutboxItem,
) => ({
  state,
  attempts: attempt,
  decidedAt: new Date(decision.issuedAt).toISOString(),
  decidedBy: desk.nameOf(decision.issuedBy.employeeId),
  verb: decision.verb,
  case: { number: caseNumber, subject },
  was: inWords(desk, decision.base),
  becomes: inWords(desk, decision.want),
  ...(conflict ? { nowThere: inWords(desk, conflict.theirs) } : {}),
  record: decision,
})

const inWords = (desk: Desk, fields: Fields): string | null =>
  fieldsInWords(desk, { ...fields }, at =>
    at === untilChange ? 'untilChange' : new Date(at).toISOString(),
  )

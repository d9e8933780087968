import { sql } from 'kysely'
import { statement, tables } from './db.ts'
import { foldText, phoneWords } from './search-words.ts'
import type { WholeCase } from './records.ts'
import type { Store } from './store.ts'

const index = statement<{ rowid: number; words: string }>()(value =>
  tables
    .insertInto('caseSearch')
    .orReplace()
    .values({ rowid: value('rowid'), words: value('words') }),
)
const forget = statement<{ rowid: number }>()(value =>
  tables.deleteFrom('caseSearch').where('rowid', '=', value('rowid')),
)

export function indexCase(store: Store, id: number, theCase: WholeCase): void {
  store.run(index({ rowid: id, words: wordsFor(theCase) }))
}

export const forgetCase = (store: Store, id: number) => store.run(forget({ rowid: id }))

function wordsFor({ number, subject, clientName, text, phones, emails }: WholeCase): string {
  const digits = /0(\d+)$/.exec(number)?.[0].replace(/^0+/, '') ?? ''
  const parts = [number, digits, subject, clientName ?? '', phones.map(phoneWords).join(' ')]
  return foldText([...parts, emails.join(' '), text].join(' '))
}

/** Changes when anything that is searched for, or kept beside the case, does. 53 bits. */
export function searchHashOf({ number, subject, clientName, text, phones, emails }: WholeCase): number {
  let high = 0x811c9dc5
  let low = 0x01000193
  for (const part of [number, subject, clientName ?? '', text, ...phones, '\u0001', ...emails]) {
    for (let at = 0; at < part.length; at += 1) {
      const code = part.charCodeAt(at)
      high = Math.imul(high ^ code, 0x01000193)
      low = Math.imul(low ^ code, 0x85ebca6b) + at
    }
    high = Math.imul(high ^ 0xffff, 0x01000193)
    low = Math.imul(low ^ 0x1f, 0x85ebca6b)
  }
  return (high >>> 11) * 4_294_967_296 + (low >>> 0)
}

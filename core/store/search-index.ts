import { statement, tables } from './db.ts'
import type { WholeCase } from './records.ts'
import { foldText, phoneWords } from './search-words.ts'
import type { Store } from './store.ts'

/** What of a case is searched for. */
type Searched = Pick<WholeCase, 'number' | 'subject' | 'clientName' | 'text' | 'phones' | 'emails'>

interface Words {
  readonly rowid: number
  readonly words: string
}
const index = statement<Words>()(value =>
  tables.insertInto('caseSearch').values({ rowid: value('rowid'), words: value('words') }),
)
const replace = statement<Words>()(value =>
  tables
    .insertInto('caseSearch')
    .orReplace()
    .values({ rowid: value('rowid'), words: value('words') }),
)
const forget = statement<{ rowid: number }>()(value =>
  tables.deleteFrom('caseSearch').where('rowid', '=', value('rowid')),
)
const queue = statement<{ id: number }>()(value =>
  tables
    .insertInto('searchQueue')
    .orIgnore()
    .values({ id: value('id') }),
)

/** `isNew`: the row has never been indexed, so there is nothing to look for and replace. */
export const indexWords = (store: Store, id: number, theCase: Searched, isNew: boolean) =>
  store.run((isNew ? index : replace)({ rowid: id, words: wordsFor(theCase) }))

export const forgetWords = (store: Store, id: number) => store.run(forget({ rowid: id }))

/** The words of this case are to be indexed anew when there is time. */
export const queueForSearch = (store: Store, id: number) => store.run(queue({ id }))

const dequeue = statement<{ id: number }>()(value =>
  tables.deleteFrom('searchQueue').where('id', '=', value('id')),
)
export const unqueue = (store: Store, id: number) => store.run(dequeue({ id }))

function wordsFor({ number, subject, clientName, text, phones, emails }: Searched): string {
  // Д-2026/004512 is asked for as 4512.
  const digits = /0(\d+)$/.exec(number)?.[0].replace(/^0+/, '') ?? ''
  const parts = [number, digits, subject, clientName ?? '', phones.map(phoneWords).join(' ')]
  return foldText([...parts, emails.join(' '), text].join(' '))
}

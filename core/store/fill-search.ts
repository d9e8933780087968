import { sql } from 'kysely'
import { fromJson, jsonList, statement, tables } from './db.ts'
import { fillSideTables } from './fill-side-tables.ts'
import type { WholeCase } from './records.ts'
import { indexWords } from './search-index.ts'
import type { Store } from './store.ts'
import { readStream, writeStream } from './stream.ts'

/** Read together; between two readings the clock is looked at. */
const atOnce = 100

const worded = tables
  .selectFrom('cases')
  .leftJoin('caseTexts', 'caseTexts.id', 'cases.id')
  .select(['cases.id', 'number', 'subject', 'clientName', 'text', 'phonesJson', 'emailsJson'])
  .orderBy('cases.id')

const queued = statement<{ upTo: number; limit: number }>()(value =>
  worded
    .where('cases.id', 'in', eb =>
      eb
        .selectFrom('searchQueue')
        .select('searchQueue.id')
        .where('searchQueue.id', '<=', value('upTo')),
    )
    .limit(value('limit')),
)
const further = statement<{ after: number; limit: number }>()(value =>
  worded.where('cases.id', '>', value('after')).limit(value('limit')),
)
const unqueue = statement<{ ids: string }>()(value =>
  tables
    .deleteFrom('searchQueue')
    .where('id', 'in', sql<number>`(select value from json_each(${value('ids')}))`),
)

/** Cases just written, by row: need not be read again. What changed since is queued. */
type Fresh = ReadonlyMap<number, WholeCase>

/**
 * What is cheaper after rows are written than with them: their words in the search index and, once
 * the first load is over, the tables by client and by closing. Works for about `budgetMs`; true when nothing is left.
 */
export function fillSearch(store: Store, budgetMs: number, fresh: Fresh = new Map()): boolean {
  const { isLoaded, isTidy, searchedUpTo } = readStream(store)
  const isBehind =
    store.one(further({ after: searchedUpTo, limit: 1 })) ??
    store.one(queued({ upTo: searchedUpTo, limit: 1 }))
  const endAt = performance.now() + budgetMs
  if (isBehind) store.transact(() => indexSome(store, endAt, fresh))
  else if (isLoaded && !isTidy) fillSideTables(store, endAt)
  else return true
  return false
}

/** At least one piece of work, and more while there is time. */
function indexSome(store: Store, endAt: number, fresh: Fresh): void {
  do if (!indexFurther(store, fresh) && !indexQueued(store)) return
  while (performance.now() < endAt)
}

function indexFurther(store: Store, fresh: Fresh): boolean {
  const { searchedUpTo: before } = readStream(store)
  const last = indexFresh(store, fresh, before)
  const read = last > before ? [] : store.all(further({ after: before, limit: atOnce }))
  const searchedUpTo = index(store, read, true).at(-1) ?? last
  if (searchedUpTo > before) writeStream(store, { searchedUpTo })
  return searchedUpTo > before
}

/** Only what was indexed before: what is further on has not had its first turn yet. */
function indexQueued(store: Store): boolean {
  const { searchedUpTo: upTo } = readStream(store)
  const ids = index(store, store.all(queued({ upTo, limit: atOnce })), false)
  store.run(unqueue({ ids: jsonList(ids) }))
  return ids.length > 0
}

/** The next rows as far as they are fresh; returns the last. */
function indexFresh(store: Store, fresh: Fresh, after: number): number {
  for (let id = after + 1; ; id += 1) {
    const theCase = id > after + atOnce ? undefined : fresh.get(id)
    if (!theCase) return id - 1
    indexWords(store, id, theCase, true)
  }
}

type Worded = ReturnType<typeof further> extends { row?: infer Row } ? NonNullable<Row> : never

function index(store: Store, rows: readonly Worded[], isNew: boolean): number[] {
  for (const { id, text, phonesJson, emailsJson, ...row } of rows) {
    const phones = fromJson<string[]>(phonesJson ?? '[]')
    const emails = fromJson<string[]>(emailsJson ?? '[]')
    indexWords(store, id, { ...row, text: text ?? '', phones, emails }, isNew)
  }
  return rows.map(({ id }) => id)
}

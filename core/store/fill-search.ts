import { sql } from 'kysely'
import { openClientIds } from './acquainted.ts'
import { fromJson, jsonList, statement, tables } from './db.ts'
import type { WholeCase } from './records.ts'
import { indexWords } from './search-index.ts'
import type { Store } from './store.ts'
import { readStream, writeStream } from './stream.ts'

/** Read together; between two readings the clock is looked at. */
const atOnce = 50

const worded = tables
  .selectFrom('cases')
  .leftJoin('caseTexts', 'caseTexts.id', 'cases.id')
  .select(['cases.id', 'number', 'subject', 'clientName', 'text', 'phonesJson', 'emailsJson'])
  .orderBy('cases.id')

const queued = statement<{ limit: number }>()(value =>
  worded
    .where('cases.id', 'in', eb => eb.selectFrom('searchQueue').select('searchQueue.id'))
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

const everybody = statement()(() => tables.selectFrom('employees').select('employeeId'))

/** Cases just written, by row: need not be read again. What changed since is queued. */
type Fresh = ReadonlyMap<number, WholeCase>

/**
 * What is cheaper after rows are written than with them: their words in the search index and, once
 * the first load is over, the index by client. Works for about `budgetMs`; true when nothing is left.
 */
export function fillSearch(store: Store, budgetMs: number, fresh: Fresh = new Map()): boolean {
  const { isLoaded, isTidy, searchedUpTo } = readStream(store)
  const isBehind =
    store.one(queued({ limit: 1 })) ?? store.one(further({ after: searchedUpTo, limit: 1 }))
  if (isBehind) store.transact(() => indexSome(store, performance.now() + budgetMs, fresh))
  else if (isLoaded && !isTidy) indexClients(store)
  else return true
  return false
}

/** At least one piece of work, and more while there is time. */
function indexSome(store: Store, endAt: number, fresh: Fresh): void {
  do if (!indexQueued(store) && !indexFurther(store, fresh)) return
  while (performance.now() < endAt)
}

function indexQueued(store: Store): boolean {
  const ids = index(store, store.all(queued({ limit: atOnce })), false)
  store.run(unqueue({ ids: jsonList(ids) }))
  return ids.length > 0
}

function indexFurther(store: Store, fresh: Fresh): boolean {
  const { searchedUpTo: before } = readStream(store)
  const last = indexFresh(store, fresh, before)
  const read = last > before ? [] : store.all(further({ after: before, limit: atOnce }))
  const searchedUpTo = index(store, read, true).at(-1) ?? last
  if (searchedUpTo > before) writeStream(store, { searchedUpTo })
  return searchedUpTo > before
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

/** Kept up row by row during the first load this index would make it several times as long. */
function indexClients(store: Store): void {
  store.transact(touching => {
    store.execute(
      'CREATE INDEX IF NOT EXISTS replica.casesOfClient ON cases(clientId, responsibleId, closedAt)',
    )
    writeStream(store, { isTidy: 1 })
    for (const clientId of openClientIds(store)) touching.clientIds.add(clientId)
    for (const { employeeId } of store.all(everybody({}))) touching.closedOf.add(employeeId)
  })
}

import { sql } from 'kysely'
import { openClientIds } from './acquainted.ts'
import { statement } from './db.ts'
import type { Store } from './store.ts'
import { readStream, writeStream } from './stream.ts'

const mergePages = 64

const merge = statement<{ pages: number }>()(
  value => sql`insert into "caseSearch"("caseSearch", rank) values ('merge', ${value('pages')})`,
)

/**
 * What is cheaper after the first load than during it: the index by client, and the pieces of the
 * search index put together. Works for about `budgetMs`; true when nothing is left.
 */
export function fillSearch(store: Store, budgetMs: number): boolean {
  const { isLoaded, isTidy } = readStream(store)
  if (isTidy || !isLoaded) return true
  const endAt = performance.now() + budgetMs
  while (performance.now() < endAt) if (!mergeSome(store)) return finish(store)
  return false
}

/** FTS5 says that a merge found work by changing more than one row. */
const mergeSome = (store: Store): boolean => store.transact(() => store.run(merge({ pages: mergePages })).changes > 1)

function finish(store: Store): boolean {
  store.transact(touching => {
    store.execute('CREATE INDEX IF NOT EXISTS replica.casesOfClient ON cases(clientId, responsibleId, closedAt)')
    writeStream(store, { isTidy: 1 })
    for (const clientId of openClientIds(store)) touching.clientIds.add(clientId)
  })
  return true
}

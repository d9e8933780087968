import { sql } from 'kysely'
import { statement } from './db.ts'
import { inSlices } from './slices.ts'
import type { SliceOptions } from './slices.ts'
import type { Store } from './store.ts'

/** Pages of the index in one step: some 5 ms. */
const mergeSome = `INSERT INTO replica.caseSearch(caseSearch, rank) VALUES ('merge', 8)`

const counted = statement()(() => sql<{ changes: number }>`select total_changes() as changes`)
const changesOf = (store: Store): number => store.one(counted({}))?.changes ?? 0

/**
 * Every transaction leaves a piece of its own in the search index; sixteen of a size become one, in
 * short transactions. Left to itself FTS5 does it during a load and makes it longer.
 */
export const mergeWords = (store: Store, options: SliceOptions): Promise<void> =>
  inSlices(store, options, sliceMs => {
    const endAt = performance.now() + sliceMs
    return store.transact(() => {
      do if (!mergeFurther(store)) return true
      while (performance.now() < endAt)
      return false
    })
  })

/** False when there was nothing to merge: then FTS5 changes one row at most. */
function mergeFurther(store: Store): boolean {
  const before = changesOf(store)
  store.execute(mergeSome)
  return changesOf(store) - before >= 2
}

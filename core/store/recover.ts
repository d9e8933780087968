import { sql } from 'kysely'
import { statement, tables } from './db.ts'
import { move } from './decision-rows.ts'
import { refoldAll } from './overlay.ts'
import type { Store } from './store.ts'

const waiting = statement()(() =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where('isSettled', '=', sql.lit(0))
    .where('state', 'in', ['queued', 'sending']),
)

/**
 * At start: what was being sent may have arrived, so it is unknown. After a restore even what looks
 * unsent may have been sent since the backup was made.
 */
export function recover(store: Store): void {
  store.transact(touching => {
    for (const row of store.all(waiting({}))) {
      if (row.state === 'queued' && store.restoredFrom === null) continue
      const why = store.restoredFrom === null ? 'restart' : 'restored'
      move(store, touching, row, {
        to: 'unknown',
        why,
        at: store.now(),
        changes: { isDoubtful: 1, dueAt: 0 },
      })
    }
  })
  refoldAll(store)
}

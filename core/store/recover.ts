import { sql } from 'kysely'
import type { DecisionState } from '../domain/decision.ts'
import { statement, tables } from './db.ts'
import { move } from './decision-rows.ts'
import { doubtEdits, leaveEditsUnknown } from './org-edits.ts'
import { refoldAll } from './overlay.ts'
import type { Store } from './store.ts'

const waiting = statement()(() =>
  tables
    .selectFrom('decisions')
    .selectAll()
    .where('isSettled', '=', sql.lit(0))
    .where('state', 'in', [sql.lit<DecisionState>('queued'), sql.lit<DecisionState>('sending')]),
)

/**
 * At start: what was being sent may have arrived, so it is unknown. In an outbox that is older than
 * what was decided here even what looks unsent may have been sent since.
 */
export function recover(store: Store): void {
  const isOlder = store.restoredFrom !== null || store.lostDecisions > 0
  store.transact(touching => {
    for (const row of store.all(waiting({}))) {
      if (row.state === 'queued' && !isOlder) continue
      const why = isOlder ? 'restored' : 'restart'
      move(store, touching, row, {
        to: 'unknown',
        why,
        at: store.now(),
        changes: { isDoubtful: 1, dueAt: 0 },
      })
    }
  })
  leaveEditsUnknown(store, 'restart')
  if (store.restoredFrom !== null) doubtEdits(store)
  refoldAll(store)
}

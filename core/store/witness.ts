import { sql } from 'kysely'
import type { Decision } from '../domain/decision.ts'
import type { DecisionId } from '../domain/id.ts'
import { statement, tables } from './db.ts'
import { decisionRow } from './decision-rows.ts'
import type { Store } from './store.ts'

/** A decision about to be sent; the shape equals `Sending` of `backends/backend.ts`. */
export interface SendingRow {
  readonly decision: Decision
  readonly isDoubtful: boolean
  readonly witness: string | null
}

const keep = statement<{ decisionId: DecisionId; witness: string }>()(value =>
  tables
    .updateTable('decisions')
    .set({ witness: value('witness') })
    .where('decisionId', '=', value('decisionId'))
    .where('state', '=', sql.lit('sending')),
)

/**
 * Committed before the first byte of the writes leaves. Throws, and keeps none, when one of the
 * decisions is not being sent.
 */
export function keepWitnesses(store: Store, witnesses: ReadonlyMap<DecisionId, string>): void {
  store.transact(() => {
    for (const [decisionId, witness] of witnesses)
      if (store.run(keep({ decisionId, witness })).changes === 0)
        throw new Error(`a decision that is not being sent has no witness: ${decisionId}`)
  })
}

/** With what earlier attempts left behind. */
export function sendingOf(store: Store, decision: Decision): SendingRow {
  const row = decisionRow(store, decision.decisionId)
  return { decision, isDoubtful: row?.isDoubtful === 1, witness: row?.witness ?? null }
}

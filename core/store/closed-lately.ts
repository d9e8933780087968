import { sql } from 'kysely'
import type { Case } from '../domain/case.ts'
import { caseColumns, toCase } from './case-columns.ts'
import { statement, tables } from './db.ts'
import type { Store } from './store.ts'

interface Asked {
  sinceAt: number
  limit: number
}

const inReplica = statement<Asked>()(value =>
  tables
    .selectFrom('closedCases')
    .innerJoin('cases', 'cases.id', 'closedCases.id')
    .select(caseColumns.map(name => `cases.${name}` as const))
    .where('closedCases.closedAt', '>=', value('sinceAt'))
    .where('cases.caseId', 'not in', eb => eb.selectFrom('overlay').select('overlay.caseId'))
    .orderBy('closedCases.closedAt', 'desc')
    .limit(value('limit')),
)
const decided = statement<Asked>()(value =>
  tables
    .selectFrom('overlay')
    .select(caseColumns)
    .where('status', '=', sql.lit('closed'))
    .where('closedAt', '>=', value('sinceAt'))
    .orderBy('closedAt', 'desc')
    .limit(value('limit')),
)

/**
 * Cases closed since then (UTC ms), the newest first, the outbox laid over. While the first load is
 * still being put in order, those it brought are missing.
 */
export function closedSince(store: Store, sinceAt: number, limit: number): readonly Case[] {
  const asked = { sinceAt, limit }
  return [...store.all(decided(asked)), ...store.all(inReplica(asked))]
    .map(toCase)
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
    .slice(0, limit)
}

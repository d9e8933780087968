import type { CaseId } from '../domain/id.ts'
import { caseColumns, toColumns } from './case-columns.ts'
import { holesFor, statement, tables } from './db.ts'
import type { WholeCase } from './records.ts'
import { forgetCase, indexCase, searchHashOf } from './search-index.ts'
import type { Store, Touching } from './store.ts'
import { isFirstSight } from './stream.ts'
import type { CaseColumns, ReplicaTables } from './tables.ts'

type NewRow = CaseColumns & { searchHash: number }
type OldRow = Pick<
  ReplicaTables['cases'],
  'version' | 'searchHash' | 'status' | 'responsibleId' | 'clientId' | 'closedAt'
> & { id: number }

const find = statement<{ caseId: CaseId }>()(value =>
  tables
    .selectFrom('cases')
    .select(['id', 'version', 'searchHash', 'status', 'responsibleId', 'clientId', 'closedAt'])
    .where('caseId', '=', value('caseId')),
)
const add = statement<NewRow>()(value =>
  tables.insertInto('cases').values(holesFor<NewRow>([...caseColumns, 'searchHash'], value)),
)
const indexed = ['status', 'responsibleId', 'clientId', 'closedAt'] as const
const isIndexed = (name: string): boolean => indexed.some(one => one === name)
const changed = [...caseColumns, 'searchHash' as const].filter(name => name !== 'caseId')

const rewrite = statement<NewRow & { id: number }>()(value =>
  tables
    .updateTable('cases')
    .set(Object.fromEntries(changed.map(name => [name, value(name)])))
    .where('id', '=', value('id')),
)
/** Leaves alone the columns that indexes hold, and so the indexes. */
const rewriteRest = statement<NewRow & { id: number }>()(value =>
  tables
    .updateTable('cases')
    .set(Object.fromEntries(changed.filter(name => !isIndexed(name)).map(name => [name, value(name)])))
    .where('id', '=', value('id')),
)
const writeText = statement<ReplicaTables['caseTexts']>()(value =>
  tables
    .insertInto('caseTexts')
    .orReplace()
    .values(holesFor<ReplicaTables['caseTexts']>(['id', 'text', 'phonesJson', 'emailsJson'], value)),
)
const dropText = statement<{ id: number }>()(value =>
  tables.deleteFrom('caseTexts').where('id', '=', value('id')),
)
const dropCase = statement<{ id: number }>()(value =>
  tables.deleteFrom('cases').where('id', '=', value('id')),
)
const dropHistory = statement<{ caseId: CaseId }>()(value =>
  tables.deleteFrom('history').where('caseId', '=', value('caseId')),
)

/**
 * Writes a case into the replica as the backend said it, with its words for the search. One that is
 * older than ours by `version` is left alone; false then. Afterwards `refreshOverlay`.
 */
export function writeCase(store: Store, touching: Touching, theCase: WholeCase, isRestarting: boolean): boolean {
  const old = store.one(find({ caseId: theCase.caseId }))
  // After a restart versions may have begun anew, so what comes first counts.
  const isFirst = isRestarting && isFirstSight(store, 'case', theCase.caseId)
  if (old && old.version >= theCase.version && !isFirst) return false
  writeRow(store, theCase, old)
  touch(touching, theCase, old)
  return true
}

function writeRow(store: Store, theCase: WholeCase, old: OldRow | undefined): void {
  const searchHash = searchHashOf(theCase)
  const row = { ...toColumns(theCase), searchHash }
  if (!old) {
    const { lastInsertRowid } = store.run(add(row))
    writeWords(store, lastInsertRowid, theCase, true)
    return
  }
  const { id } = old
  const areIndexesSame = indexed.every(name => old[name] === row[name])
  store.run(areIndexesSame ? rewriteRest({ ...row, id }) : rewrite({ ...row, id }))
  if (old.searchHash !== searchHash) writeWords(store, id, theCase, false)
}

function writeWords(store: Store, id: number, theCase: WholeCase, isNew: boolean): void {
  const { text, phones, emails } = theCase
  if (text !== '' || phones.length > 0 || emails.length > 0)
    store.run(writeText({ id, text, phonesJson: JSON.stringify(phones), emailsJson: JSON.stringify(emails) }))
  else if (!isNew) store.run(dropText({ id }))
  indexCase(store, id, theCase)
}

/** A closed case that is new to us is in no window; only its counts and acquaintances are. */
function touch(touching: Touching, { caseId, status, responsibleId, clientId, closedAt }: WholeCase, old: OldRow | undefined): void {
  const wasClosed = old?.status === 'closed'
  if (status !== 'closed' || (old && !wasClosed)) touching.caseIds.add(caseId)
  const isCountSame =
    wasClosed === (status === 'closed') && old?.responsibleId === responsibleId && old.closedAt === closedAt
  if ((wasClosed || status === 'closed') && !isCountSame)
    for (const employeeId of [old?.responsibleId, responsibleId])
      if (employeeId) touching.closedOf.add(employeeId)
  if (old?.responsibleId !== responsibleId || old.clientId !== clientId)
    for (const id of [old?.clientId, clientId]) if (id) touching.clientIds.add(id)
}

/** The backend has deleted it or shows it no more. */
export function dropFromReplica(store: Store, touching: Touching, caseId: CaseId): void {
  const old = store.one(find({ caseId }))
  if (!old) return
  store.run(dropCase({ id: old.id }))
  store.run(dropText({ id: old.id }))
  store.run(dropHistory({ caseId }))
  forgetCase(store, old.id)
  touching.caseIds.add(caseId)
  if (old.clientId) touching.clientIds.add(old.clientId)
  if (old.status === 'closed' && old.responsibleId) touching.closedOf.add(old.responsibleId)
}

import type { CaseId } from '../domain/id.ts'
import { caseColumns, toColumns } from './case-columns.ts'
import { holesFor, statement, tables } from './db.ts'
import { keepEntries } from './fill-side-tables.ts'
import type { WholeCase } from './records.ts'
import { forgetWords, queueForSearch, unqueue } from './search-index.ts'
import type { Store, Touching } from './store.ts'
import { isFirstSight, readStream } from './stream.ts'
import type { CaseColumns, ReplicaTables } from './tables.ts'

type OldRow = Pick<CaseColumns, (typeof compared)[number]> & {
  readonly id: number
  readonly text: string | null
  readonly phonesJson: string | null
  readonly emailsJson: string | null
}

const indexed = ['status', 'responsibleId', 'clientId', 'closedAt'] as const
const named = ['number', 'subject', 'clientName'] as const
const compared = ['version', ...indexed, ...named] as const

const find = statement<{ caseId: CaseId }>()(value =>
  tables
    .selectFrom('cases')
    .leftJoin('caseTexts', 'caseTexts.id', 'cases.id')
    .select(['cases.id', ...compared, 'text', 'phonesJson', 'emailsJson'])
    .where('caseId', '=', value('caseId')),
)
const add = statement<CaseColumns>()(value =>
  tables
    .insertInto('cases')
    .values(holesFor<CaseColumns>(caseColumns, value))
    .onConflict(conflict => conflict.column('caseId').doNothing()),
)
const isIndexed = (name: string): boolean => indexed.some(one => one === name)
const changed = caseColumns.filter(name => name !== 'caseId')

const rewrite = statement<CaseColumns & { id: number }>()(value =>
  tables
    .updateTable('cases')
    .set(Object.fromEntries(changed.map(name => [name, value(name)])))
    .where('id', '=', value('id')),
)
/** Leaves alone the columns that indexes hold, and so the indexes. */
const rewriteRest = statement<CaseColumns & { id: number }>()(value =>
  tables
    .updateTable('cases')
    .set(
      Object.fromEntries(changed.filter(name => !isIndexed(name)).map(name => [name, value(name)])),
    )
    .where('id', '=', value('id')),
)
const addText = statement<ReplicaTables['caseTexts']>()(value =>
  tables
    .insertInto('caseTexts')
    .values(
      holesFor<ReplicaTables['caseTexts']>(['id', 'text', 'phonesJson', 'emailsJson'], value),
    ),
)
const deleteText = statement<{ id: number }>()(value =>
  tables.deleteFrom('caseTexts').where('id', '=', value('id')),
)
const dropCase = statement<{ id: number }>()(value =>
  tables.deleteFrom('cases').where('id', '=', value('id')),
)
const dropHistory = statement<{ caseId: CaseId }>()(value =>
  tables.deleteFrom('history').where('caseId', '=', value('caseId')),
)

/** What of the stream matters here. */
type Pull = Pick<
  ReplicaTables['stream'],
  'isLoaded' | 'isRestarting' | 'isTidy' | 'searchedUpTo'
> & {
  /** New rows are put here, so that indexing their words need not read them again. */
  readonly fresh?: Map<number, WholeCase>
}

/**
 * Writes a case into the replica as the backend said it. One that is older than ours by `version`
 * is left alone; false then. Afterwards `refreshOverlay`, and `fillSearch` for its words.
 */
export function writeCase(
  store: Store,
  touching: Touching,
  theCase: WholeCase,
  pull: Pull,
): boolean {
  // After a restart versions may have begun anew, so what comes first counts.
  const isFirst = pull.isRestarting === 1 && isFirstSight(store, 'case', theCase.caseId)
  const row = toColumns(theCase)
  // During the first load nearly every case is new.
  const isAdded = pull.isLoaded === 0 && addRow(store, theCase, row, pull)
  const old = isAdded ? undefined : store.one(find({ caseId: theCase.caseId }))
  if (old && old.version >= theCase.version && !isFirst) return false
  if (old) changeRow(store, theCase, { row, old, pull })
  else if (!isAdded) addRow(store, theCase, row, pull)
  touch(touching, theCase, old)
  return true
}

/** False when there is one already. */
function addRow(store: Store, theCase: WholeCase, row: CaseColumns, pull: Pull): boolean {
  const { changes, lastInsertRowid: id } = store.run(add(row))
  if (changes === 0) return false
  keepEntries(store, pull, { id, was: null, is: theCase })
  writeText(store, id, theCase)
  // The number of a row deleted last is given again, and is behind the mark then.
  if (id <= pull.searchedUpTo) queueForSearch(store, id)
  else pull.fresh?.set(id, theCase)
  return true
}

function changeRow(
  store: Store,
  theCase: WholeCase,
  made: { row: CaseColumns; old: OldRow; pull: Pull },
): void {
  const { row, old, pull } = made
  const { id } = old
  const areIndexesSame = indexed.every(name => old[name] === row[name])
  store.run(areIndexesSame ? rewriteRest({ ...row, id }) : rewrite({ ...row, id }))
  if (!hasSame(theCase, old, ['clientId', 'responsibleId', 'status', 'closedAt']))
    keepEntries(store, pull, { id, was: old, is: theCase })
  const isTextSame = hasSameText(old, theCase)
  if (!isTextSame) {
    dropText(store, id)
    writeText(store, id, theCase)
  }
  if (!isTextSame || named.some(name => old[name] !== row[name])) queueForSearch(store, id)
}

const hasSameText = (old: OldRow, { text, phones, emails }: WholeCase): boolean =>
  (old.text ?? '') === text &&
  (old.phonesJson ?? '[]') === JSON.stringify(phones) &&
  (old.emailsJson ?? '[]') === JSON.stringify(emails)

/** Most cases of some backends have none of it. */
function writeText(store: Store, id: number, { text, phones, emails }: WholeCase): void {
  if (text === '' && phones.length === 0 && emails.length === 0) return
  store.run(
    addText({ id, text, phonesJson: JSON.stringify(phones), emailsJson: JSON.stringify(emails) }),
  )
}

const dropText = (store: Store, id: number) => store.run(deleteText({ id }))

function touch(touching: Touching, theCase: WholeCase, old: OldRow | undefined): void {
  const isClosed = theCase.status === 'closed'
  const wasClosed = old?.status === 'closed'
  // A closed case that is new to us is in no window; only its counts and acquaintances are.
  if (!isClosed || (old && !wasClosed)) touching.caseIds.add(theCase.caseId)
  const isSameClosing =
    isClosed === wasClosed && hasSame(theCase, old, ['responsibleId', 'closedAt'])
  if (isClosed || wasClosed)
    addChanged(touching.closedOf, isSameClosing, [old?.responsibleId, theCase.responsibleId])
  const isSameClient = hasSame(theCase, old, ['responsibleId', 'clientId'])
  addChanged(touching.clientIds, isSameClient, [old?.clientId, theCase.clientId])
}

const hasSame = (
  theCase: WholeCase,
  old: OldRow | undefined,
  names: readonly (typeof indexed)[number][],
): boolean => old !== undefined && names.every(name => old[name] === theCase[name])

function addChanged<Id extends string>(
  set: Set<Id>,
  isSame: boolean,
  ids: readonly (Id | null | undefined)[],
): void {
  if (!isSame) for (const id of ids) if (id) set.add(id)
}

/** The backend has deleted it or shows it no more. */
export function dropFromReplica(store: Store, touching: Touching, caseId: CaseId): void {
  const old = store.one(find({ caseId }))
  if (!old) return
  store.run(dropCase({ id: old.id }))
  keepEntries(store, readStream(store), { id: old.id, was: old, is: null })
  dropText(store, old.id)
  store.run(dropHistory({ caseId }))
  forgetWords(store, old.id)
  unqueue(store, old.id)
  touching.caseIds.add(caseId)
  if (old.clientId) touching.clientIds.add(old.clientId)
  if (old.status === 'closed' && old.responsibleId) touching.closedOf.add(old.responsibleId)
}

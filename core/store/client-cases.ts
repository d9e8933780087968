import { openClientIds } from './acquainted.ts'
import { holesFor, statement, tables } from './db.ts'
import type { Store, Touching } from './store.ts'
import { writeStream } from './stream.ts'
import type { CaseColumns, ReplicaTables } from './tables.ts'

type Entry = ReplicaTables['clientCases']
type Owned = Pick<CaseColumns, 'clientId' | 'responsibleId' | 'closedAt'>

const names = ['clientId', 'id', 'employeeId', 'closedAt'] as const
const put = statement<Entry>()(value =>
  tables.insertInto('clientCases').orReplace().values(holesFor<Entry>(names, value)),
)
const take = statement<Pick<Entry, 'clientId' | 'id'>>()(value =>
  tables
    .deleteFrom('clientCases')
    .where('clientId', '=', value('clientId'))
    .where('id', '=', value('id')),
)
const empty = statement()(() => tables.deleteFrom('clientCases'))
const further = statement<{ after: number; limit: number }>()(value =>
  tables
    .selectFrom('cases')
    .select(['id', 'clientId', 'responsibleId', 'closedAt'])
    .where('id', '>', value('after'))
    .orderBy('id')
    .limit(value('limit')),
)
const rowOf = statement<{ id: number }>()(value =>
  tables
    .selectFrom('cases')
    .select(['id', 'clientId', 'responsibleId', 'closedAt'])
    .where('id', '=', value('id')),
)
const everybody = statement()(() => tables.selectFrom('employees').select('employeeId'))

/** The filling after a first load; it lives in memory and begins anew when the process does. */
interface Filling {
  readUpTo: number
  readonly byClient: Map<string, Entry[]>
  /** In the order of the table; null while reading. */
  ordered: Entry[] | null
  written: number
  /** Rows changed meanwhile: what was read of them is not written. */
  readonly changed: Set<number>
}
const fillings = new WeakMap<Store, Filling>()

/** Between two looks at the clock. */
const atOnce = 200

const entryOf = (id: number, { clientId, responsibleId, closedAt }: Owned): Entry | null =>
  clientId && responsibleId ? { clientId, id, employeeId: responsibleId, closedAt } : null

/** After every change of a case's row; before the filling there is nothing to keep. */
export function keepClientCase(
  store: Store,
  { isTidy }: { readonly isTidy: number },
  { id, was, is }: { readonly id: number; readonly was: Owned | null; readonly is: Owned | null },
): void {
  const filling = fillings.get(store)
  filling?.changed.add(id)
  if (isTidy === 0 && !filling) return
  const entry = is && entryOf(id, is)
  if (was?.clientId && was.clientId !== clientOf(entry))
    store.run(take({ clientId: was.clientId, id }))
  if (entry) store.run(put(entry))
}

const clientOf = (entry: Entry | null): string | null => entry && entry.clientId

/** A piece of the filling: reads all cases, orders them by client, writes them in that order. */
export function fillClientCases(store: Store, endAt: number): void {
  const filling = fillings.get(store) ?? begin(store)
  const { ordered } = filling
  if (!ordered) return readSome(store, filling, endAt)
  const written = store.transact(touching => {
    const upTo = writeSome(store, filling, { ordered, endAt })
    if (upTo === ordered.length) finish(store, touching, filling)
    return upTo
  })
  filling.written = written
  if (written === ordered.length) fillings.delete(store)
}

function begin(store: Store): Filling {
  const filling = {
    readUpTo: 0,
    byClient: new Map(),
    ordered: null,
    written: 0,
    changed: new Set<number>(),
  }
  // What a process that died had begun.
  store.transact(() => store.run(empty({})))
  fillings.set(store, filling)
  return filling
}

function readSome(store: Store, filling: Filling, endAt: number): void {
  do {
    const rows = store.all(further({ after: filling.readUpTo, limit: atOnce }))
    for (const { id, ...owned } of rows) remember(filling, entryOf(id, owned))
    filling.readUpTo = rows.at(-1)?.id ?? filling.readUpTo
    if (rows.length === 0) {
      filling.ordered = [...filling.byClient.keys()]
        .toSorted()
        .flatMap(key => filling.byClient.get(key) ?? [])
      return
    }
  } while (performance.now() < endAt)
}

function remember({ byClient }: Filling, entry: Entry | null): void {
  if (!entry) return
  const entries = byClient.get(entry.clientId)
  if (entries) entries.push(entry)
  else byClient.set(entry.clientId, [entry])
}

/** Returns how far it came. */
function writeSome(
  store: Store,
  { written, changed }: Filling,
  { ordered, endAt }: { readonly ordered: readonly Entry[]; readonly endAt: number },
): number {
  let upTo = written
  do {
    for (const entry of ordered.slice(upTo, upTo + atOnce))
      if (!changed.has(entry.id)) store.run(put(entry))
    upTo = Math.min(ordered.length, upTo + atOnce)
  } while (upTo < ordered.length && performance.now() < endAt)
  return upTo
}

/** From here on the table is kept up row by row; what could not be told before is told now. */
function finish(store: Store, touching: Touching, { changed }: Filling): void {
  for (const id of changed) {
    const row = store.one(rowOf({ id }))
    const entry = row && entryOf(id, row)
    if (entry) store.run(put(entry))
  }
  writeStream(store, { isTidy: 1 })
  for (const clientId of openClientIds(store)) touching.clientIds.add(clientId)
  for (const { employeeId } of store.all(everybody({}))) touching.closedOf.add(employeeId)
}

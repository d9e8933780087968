import { dayMs } from '../domain/zone.ts'
import { openClientIds } from './acquainted.ts'
import { statement, tables } from './db.ts'
import {
  changeEntries,
  clientEntryOf,
  closedEntryOf,
  emptyEntries,
  writeClientEntry,
  writeClosedEntry,
} from './side-tables.ts'
import type { Owned } from './side-tables.ts'
import type { Store, Touching } from './store.ts'
import { writeStream } from './stream.ts'
import type { ReplicaTables } from './tables.ts'

type ClientEntry = ReplicaTables['clientCases']
type ClosedEntry = ReplicaTables['closedCases']

const owned = tables
  .selectFrom('cases')
  .select(['id', 'clientId', 'responsibleId', 'status', 'closedAt'])
const further = statement<{ after: number; limit: number }>()(value =>
  owned.where('id', '>', value('after')).orderBy('id').limit(value('limit')),
)
const rowOf = statement<{ id: number }>()(value => owned.where('id', '=', value('id')))
const everybody = statement()(() => tables.selectFrom('employees').select('employeeId'))

/** The filling after a first load; it lives in memory and begins anew when the process does. */
interface Filling {
  readUpTo: number
  readonly byClient: Map<string, ClientEntry[]>
  /** By day of closing: sorting one day at a time keeps nobody waiting. */
  readonly byDay: Map<number, ClosedEntry[]>
  /** What is left to write, in the order of the tables; null while reading. */
  left: Iterator<ClientEntry | ClosedEntry, undefined> | null
  /** Rows changed meanwhile: what was read of them is not written. */
  readonly changed: Set<number>
}
const fillings = new WeakMap<Store, Filling>()

/** Between two looks at the clock. */
const atOnce = 200

/** After every change of a case's row; before the filling there is nothing to keep. */
export function keepEntries(
  store: Store,
  { isTidy }: { readonly isTidy: number },
  { id, was, is }: { readonly id: number; readonly was: Owned | null; readonly is: Owned | null },
): void {
  const filling = fillings.get(store)
  filling?.changed.add(id)
  if (isTidy === 1 || filling) changeEntries(store, id, was, is)
}

/** A piece of the filling: reads all cases, puts them in order, writes them in that order. */
export function fillSideTables(store: Store, endAt: number): void {
  const filling = fillings.get(store) ?? begin(store)
  const { left } = filling
  if (!left) return readSome(store, filling, endAt)
  let mustForget = true
  try {
    mustForget = store.transact(touching => {
      const isDone = writeSome(store, { left, changed: filling.changed }, endAt)
      if (isDone) finish(store, touching, filling)
      return isDone
    })
  } finally {
    // When it could not be written, what was taken from the list is lost: all of it begins anew.
    if (mustForget) fillings.delete(store)
  }
}

function begin(store: Store): Filling {
  const filling = {
    readUpTo: 0,
    byClient: new Map(),
    byDay: new Map(),
    left: null,
    changed: new Set<number>(),
  }
  // What a process that died had begun.
  store.transact(() => emptyEntries(store))
  fillings.set(store, filling)
  return filling
}

function readSome(store: Store, filling: Filling, endAt: number): void {
  do {
    const rows = store.all(further({ after: filling.readUpTo, limit: atOnce }))
    for (const { id, ...row } of rows) remember(filling, id, row)
    filling.readUpTo = rows.at(-1)?.id ?? filling.readUpTo
    if (rows.length === 0) {
      filling.left = inOrder(filling)
      return
    }
  } while (performance.now() < endAt)
}

function remember({ byClient, byDay }: Filling, id: number, row: Owned): void {
  const ofClient = clientEntryOf(id, row)
  if (ofClient) putUnder(byClient, ofClient.clientId, ofClient)
  const closing = closedEntryOf(id, row)
  if (closing) putUnder(byDay, Math.floor(closing.closedAt / dayMs), closing)
}

function putUnder<Key, Entry>(map: Map<Key, Entry[]>, key: Key, entry: Entry): void {
  const known = map.get(key)
  if (known) known.push(entry)
  else map.set(key, [entry])
}

function* inOrder({ byClient, byDay }: Filling): Generator<ClientEntry | ClosedEntry, undefined> {
  for (const key of [...byClient.keys()].toSorted()) yield* byClient.get(key) ?? []
  for (const day of [...byDay.keys()].toSorted((one, other) => one - other))
    yield* (byDay.get(day) ?? []).toSorted(
      (one, other) => one.closedAt - other.closedAt || one.id - other.id,
    )
}

/** True when all of it is written. */
function writeSome(
  store: Store,
  { left, changed }: Pick<Filling, 'changed'> & { readonly left: Filling['left'] & object },
  endAt: number,
): boolean {
  for (let count = 1; ; count += 1) {
    const { value: entry, done } = left.next()
    if (done) return true
    if (!changed.has(entry.id)) write(store, entry)
    if (count % atOnce === 0 && performance.now() >= endAt) return false
  }
}

const write = (store: Store, entry: ClientEntry | ClosedEntry) =>
  'clientId' in entry ? writeClientEntry(store, entry) : writeClosedEntry(store, entry)

/** From here on the tables are kept up row by row; what could not be told before is told now. */
function finish(store: Store, touching: Touching, { changed }: Filling): void {
  for (const id of changed) {
    const row = store.one(rowOf({ id }))
    if (row) changeEntries(store, id, null, row)
  }
  writeStream(store, { isTidy: 1 })
  for (const clientId of openClientIds(store)) touching.clientIds.add(clientId)
  for (const { employeeId } of store.all(everybody({}))) touching.closedOf.add(employeeId)
}

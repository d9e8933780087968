/** Two indexes kept as tables, so that a first load can fill them in order: by client, by closing. */
import { holesFor, statement, tables } from './db.ts'
import type { Store } from './store.ts'
import type { CaseColumns, ReplicaTables } from './tables.ts'

type ClientEntry = ReplicaTables['clientCases']
type ClosedEntry = ReplicaTables['closedCases']

/** What of a case they hold. */
export type Owned = Pick<CaseColumns, 'clientId' | 'responsibleId' | 'status' | 'closedAt'>

const clientNames = ['clientId', 'id', 'employeeId', 'closedAt'] as const
const putOfClient = statement<ClientEntry>()(value =>
  tables.insertInto('clientCases').orReplace().values(holesFor<ClientEntry>(clientNames, value)),
)
const takeOfClient = statement<Pick<ClientEntry, 'clientId' | 'id'>>()(value =>
  tables
    .deleteFrom('clientCases')
    .where('clientId', '=', value('clientId'))
    .where('id', '=', value('id')),
)
const closedNames = ['closedAt', 'id', 'employeeId'] as const
const putClosed = statement<ClosedEntry>()(value =>
  tables.insertInto('closedCases').orReplace().values(holesFor<ClosedEntry>(closedNames, value)),
)
const takeClosed = statement<Pick<ClosedEntry, 'closedAt' | 'id'>>()(value =>
  tables
    .deleteFrom('closedCases')
    .where('closedAt', '=', value('closedAt'))
    .where('id', '=', value('id')),
)
const emptyClients = statement()(() => tables.deleteFrom('clientCases'))
const emptyClosed = statement()(() => tables.deleteFrom('closedCases'))

export function clientEntryOf(id: number, owned: Owned): ClientEntry | null {
  const { clientId, responsibleId: employeeId, closedAt } = owned
  return clientId && employeeId ? { clientId, id, employeeId, closedAt } : null
}

export function closedEntryOf(id: number, owned: Owned): ClosedEntry | null {
  const { status, responsibleId, closedAt } = owned
  return status === 'closed' && closedAt !== null
    ? { closedAt, id, employeeId: responsibleId ?? '' }
    : null
}

export const writeClientEntry = (store: Store, entry: ClientEntry) => store.run(putOfClient(entry))
export const writeClosedEntry = (store: Store, entry: ClosedEntry) => store.run(putClosed(entry))

/** The rows of one case, as it was and as it is; null: it is not there. */
export function changeEntries(store: Store, id: number, was: Owned | null, is: Owned | null): void {
  const client = is && clientEntryOf(id, is)
  if (was?.clientId && was.clientId !== client?.clientId)
    store.run(takeOfClient({ clientId: was.clientId, id }))
  if (client) writeClientEntry(store, client)
  const closed = is && closedEntryOf(id, is)
  if (was && was.closedAt !== null && was.closedAt !== closed?.closedAt)
    store.run(takeClosed({ closedAt: was.closedAt, id }))
  if (closed) writeClosedEntry(store, closed)
}

export function emptyEntries(store: Store): void {
  store.run(emptyClients({}))
  store.run(emptyClosed({}))
}

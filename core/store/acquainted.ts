import { sql } from 'kysely'
import type { ClientId, EmployeeId } from '../domain/id.ts'
import { dayMs } from '../domain/zone.ts'
import { jsonList, statement, tables } from './db.ts'
import type { Store } from './store.ts'
import { readStream } from './stream.ts'

const rememberedMs = 365 * dayMs

const clientsOfOpen = statement()(() =>
  tables
    .selectFrom('effective')
    .select('clientId')
    .distinct()
    .where('status', '<>', sql.lit('closed'))
    .where('clientId', 'is not', null),
)
const asked = (ids: string) => sql<ClientId>`(select value from json_each(${ids}))`
const responsibles = statement<{ clientIds: string }>()(value =>
  tables
    .selectFrom('clients')
    .select(['clientId', 'responsibleId as employeeId'])
    .where('clientId', 'in', asked(value('clientIds'))),
)
const workers = statement<{ clientIds: string; since: number }>()(value =>
  tables
    .selectFrom('clientCases')
    .select(['clientId', 'employeeId'])
    .distinct()
    .where('clientId', 'in', asked(value('clientIds')))
    .where(eb => eb.or([eb('closedAt', 'is', null), eb('closedAt', '>=', value('since'))])),
)

/**
 * Who knows which client: responsible of it, or a case of it open or closed in the last 365 days.
 * null: the clients of open cases. Until the first load is over only the responsibles are known.
 */
export function acquaintedOf(
  store: Store,
  clientIds: Iterable<ClientId> | null,
  now: number,
): Record<ClientId, EmployeeId[]> {
  const ids = clientIds ? [...clientIds] : openClientIds(store)
  const list = jsonList(ids)
  const since = now - rememberedMs
  const known = new Map<ClientId, Set<EmployeeId>>(ids.map(id => [id, new Set()]))
  const rows = [
    ...store.all(responsibles({ clientIds: list })),
    ...(readStream(store).isTidy ? store.all(workers({ clientIds: list, since })) : []),
  ]
  for (const { clientId, employeeId } of rows)
    if (employeeId !== null) known.get(clientId)?.add(employeeId)
  const acquainted: Record<ClientId, EmployeeId[]> = {}
  for (const [clientId, employees] of known) acquainted[clientId] = [...employees]
  return acquainted
}

/** Who is responsible for each client; null: nobody. Asked with null: of the clients of open cases. */
export function clientOwnersOf(
  store: Store,
  clientIds: Iterable<ClientId> | null,
): Record<ClientId, EmployeeId | null> {
  const ids = clientIds ? [...clientIds] : openClientIds(store)
  const owners: Record<ClientId, EmployeeId | null> = {}
  for (const clientId of ids) owners[clientId] = null
  for (const { clientId, employeeId } of store.all(responsibles({ clientIds: jsonList(ids) })))
    owners[clientId] = employeeId
  return owners
}

/** Clients of the cases a window holds. */
export const openClientIds = (store: Store): ClientId[] =>
  store.all(clientsOfOpen({})).flatMap(({ clientId }) => (clientId === null ? [] : [clientId]))

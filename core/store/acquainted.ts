import { sql } from 'kysely'
import type { ClientId, EmployeeId } from '../domain/id.ts'
import { dayMs } from '../domain/zone.ts'
import { fromJson, jsonList, statement, tables } from './db.ts'
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
    .select(['clientId', sql<string>`json_group_array(distinct employeeId)`.as('employeesJson')])
    .where('clientId', 'in', asked(value('clientIds')))
    .where(eb => eb.or([eb('closedAt', 'is', null), eb('closedAt', '>=', value('since'))]))
    .groupBy('clientId'),
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
  const acquainted: Record<ClientId, EmployeeId[]> = {}
  for (const id of ids) acquainted[id] = []
  if (readStream(store).isTidy)
    for (const { clientId, employeesJson } of store.all(workers({ clientIds: list, since })))
      acquainted[clientId] = fromJson<EmployeeId[]>(employeesJson)
  for (const { clientId, employeeId } of store.all(responsibles({ clientIds: list })))
    if (employeeId !== null && acquainted[clientId]?.includes(employeeId) === false)
      acquainted[clientId].push(employeeId)
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

import type { Me } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { scopeOf } from '../domain/head-for.ts'
import type { ClientId, EmployeeId } from '../domain/id.ts'
import { loadOf } from '../domain/load.ts'
import type { LoadWorld, PersonLoad } from '../domain/load.ts'
import { acquaintedOf, clientOwnersOf, openCasesOf } from '../store/cases.ts'
import { readPreference } from '../store/preferences.ts'
import type { Desk } from './desk.ts'

/** The domain's world of this moment, as far as the named people and clients need it. */
export function worldFor(
  desk: Desk,
  me: Me,
  about: {
    readonly employeeIds?: readonly EmployeeId[]
    readonly clientIds?: readonly ClientId[]
  } = {},
): DropWorld {
  const { store, calendar } = desk
  const { employeeIds = [], clientIds = [] } = about
  const now = desk.now()
  const index = desk.index()
  const kinds = desk.kinds()
  const defaultLimit = readPreference(store, 'defaultLimit')
  const held = employeeIds.length === 0 ? [] : openCasesOf(store, employeeIds)
  return {
    now,
    index,
    kinds,
    calendar,
    zone: desk.zone(),
    me: me.employeeId,
    scope: scopeOf(index, me.employeeId, me.departmentIds, now),
    fallback: me.departmentIds[0] ?? null,
    loads: loadsAmong(employeeIds, held, { now, index, kinds, defaultLimit, closed: {} }),
    acquainted: clientIds.length === 0 ? {} : acquaintedOf(store, clientIds, now),
    clientOwners: clientIds.length === 0 ? {} : clientOwnersOf(store, clientIds),
  }
}

const loadsAmong = (
  employeeIds: readonly EmployeeId[],
  held: readonly Case[],
  world: LoadWorld,
): ReadonlyMap<EmployeeId, PersonLoad> =>
  new Map(
    employeeIds.map(id => {
      const own = held.filter(theCase => theCase.responsibleId === id)
      return [id, loadOf(id, own, world)]
    }),
  )

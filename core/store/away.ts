import { sql } from 'kysely'
import type { EmployeeId } from '../domain/id.ts'
import { jsonList, statement, tables } from './db.ts'
import type { Store } from './store.ts'

const away = statement<{ ids: string; at: number }>()(value =>
  tables
    .selectFrom('absences')
    .select('employeeId')
    .distinct()
    .where('employeeId', 'in', sql<EmployeeId>`(select value from json_each(${value('ids')}))`)
    .where('fromAt', '<=', value('at'))
    .where('untilAt', '>', value('at')),
)

/** Who of them is on leave, sick or travelling at this moment (UTC ms), as far as the replica knows. */
export const awayAt = (
  store: Store,
  employeeIds: Iterable<EmployeeId>,
  at: number,
): ReadonlySet<EmployeeId> =>
  new Set(store.all(away({ ids: jsonList(employeeIds), at })).map(({ employeeId }) => employeeId))

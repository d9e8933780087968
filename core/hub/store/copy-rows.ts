import type { Kysely } from 'kysely'
import type { Database, Row } from './database.ts'
import { raiseSchema } from './migrations.ts'
import type { Tables } from './tables.ts'

/** Every table and what orders its rows. */
export const tableOrder = {
  meta: 'key',
  counters: 'name',
  departments: 'departmentId',
  posts: 'postId',
  employees: 'employeeId',
  absences: 'absenceId',
  substitutions: 'substitutionId',
  dispatchers: 'employeeId',
  identities: 'identity',
  kinds: 'kindId',
  clients: 'clientId',
  cases: 'caseId',
  history: 'historyId',
  removals: 'id',
  applied: 'id',
  tokens: 'tokenId',
  audit: 'seq',
} as const satisfies Readonly<Record<keyof Tables, string>>

export const tableNames: readonly (keyof Tables)[] = [
  'meta',
  'counters',
  'departments',
  'posts',
  'employees',
  'absences',
  'substitutions',
  'dispatchers',
  'identities',
  'kinds',
  'clients',
  'cases',
  'history',
  'removals',
  'applied',
  'tokens',
  'audit',
]

/** There is somebody in the hub that was to be written over. */
export class NotVacant extends Error {
  constructor() {
    super('there is a hub already')
    this.name = 'NotVacant'
  }
}

const rowsAtOnce = 1000

/**
 * Makes `to` the same hub as `from`, both of the newest schema, in one transaction: all of it or
 * nothing. How many rows. Throws `NotVacant` when anybody is in `to` already.
 */
export async function copyRows(from: Database, to: Database): Promise<number> {
  const count = await asAtOneMoment(from, source =>
    to.db.transaction().execute(async target => {
      await to.flavour.holdSchema(target)
      const org = await orgOfVacant(to, target)
      for (const name of tableNames) await target.schema.dropTable(name).ifExists().execute()
      await raiseSchema(target, to.flavour, 0)
      for (const name of ['meta', 'counters'] as const) await target.deleteFrom(name).execute()
      let total = 0
      for (const name of tableNames)
        for await (const rows of batches(from.rows(source, name, tableOrder[name]))) {
          await to.insertAll(target, name, rows)
          total += rows.length
        }
      // Whoever serves `to` must see that nothing is as it was.
      await target
        .updateTable('counters')
        .set({ value: org + 1 })
        .where('name', '=', 'org')
        .where('value', '<=', org)
        .execute()
      return total
    }),
  )
  // The copy is whole and kept by now: what fails here only makes the first questions slower.
  await to.flavour.settle(to.db).catch(() => undefined)
  return count
}

/** Reads everything as it was at one moment, whoever writes meanwhile. */
export const asAtOneMoment = <T>(
  { db }: Database,
  read: (trx: Kysely<Tables>) => Promise<T>,
): Promise<T> => db.transaction().setIsolationLevel('repeatable read').execute(read)

async function orgOfVacant(to: Database, target: Kysely<Tables>): Promise<number> {
  if (!(await to.flavour.hasTables(target))) return 0
  const somebody = await target.selectFrom('employees').select('employeeId').limit(1).execute()
  if (somebody.length > 0) throw new NotVacant()
  const row = await target
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'org')
    .executeTakeFirst()
  return row?.value ?? 0
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < rowsAtOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

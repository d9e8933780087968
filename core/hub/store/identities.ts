import type { Kysely } from 'kysely'
import type { EmployeeId } from '../../domain/id.ts'
import { audit } from './audit.ts'
import type { HubStore } from './hub-store.ts'
import type { IdentityRow, Tables } from './tables.ts'

/** An e-mail is the same however its letters are written; other names are compared likewise. */
const written = (identity: string): string => identity.trim().normalize('NFC').toLowerCase()

/** Whose name this is; null: nobody's. */
export async function whoIs(db: Kysely<Tables>, identity: string): Promise<EmployeeId | null> {
  const row = await db
    .selectFrom('identities')
    .select('employeeId')
    .where('identity', '=', written(identity))
    .executeTakeFirst()
  return row?.employeeId ?? null
}

export const allIdentities = (db: Kysely<Tables>): Promise<readonly IdentityRow[]> =>
  db.selectFrom('identities').selectAll().orderBy('identity').execute()

/** From now on the name is this employee's; null: nobody's. */
export async function setIdentity(
  store: HubStore,
  identity: string,
  employeeId: EmployeeId | null,
): Promise<void> {
  const name = written(identity)
  await store.write(async ({ trx, at }) => {
    await trx.deleteFrom('identities').where('identity', '=', name).execute()
    if (employeeId !== null)
      await trx.insertInto('identities').values({ identity: name, employeeId }).execute()
    await audit(trx, {
      at,
      actor: 'hub',
      verb: 'setIdentity',
      entity: 'identity',
      entityId: employeeId ?? '',
      detail: { isKnown: employeeId !== null },
    })
  })
}

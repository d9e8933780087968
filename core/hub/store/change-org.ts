import type { Transaction } from 'kysely'
import type { Kind } from '../../domain/case.ts'
import type {
  AbsenceId,
  DepartmentId,
  EmployeeId,
  PostId,
  SubstitutionId,
} from '../../domain/id.ts'
import type { Absence, Department, Employee, Post, Substitution } from '../../domain/org.ts'
import type { CompanyClient, Dispatcher } from '../company.ts'
import { audit } from './audit.ts'
import type { HubStore, Writing } from './hub-store.ts'
import {
  absenceRow,
  clientRow,
  departmentRow,
  employeeRow,
  kindRow,
  postRow,
  substitutionRow,
} from './rows.ts'
import type { Tables } from './tables.ts'

/** Records to write (new or changed, whole) and to remove. */
export interface OrgChange {
  readonly departments?: readonly Department[]
  readonly posts?: readonly Post[]
  readonly employees?: readonly Employee[]
  readonly absences?: readonly Absence[]
  readonly substitutions?: readonly Substitution[]
  readonly kinds?: readonly Kind[]
  readonly clients?: readonly CompanyClient[]
  /** All grants of dispatchers from now on. */
  readonly dispatchers?: readonly Dispatcher[]
  readonly endedAbsences?: readonly AbsenceId[]
  readonly endedSubstitutions?: readonly SubstitutionId[]
  readonly removedPosts?: readonly PostId[]
  readonly removedDepartments?: readonly DepartmentId[]
  readonly removedEmployees?: readonly EmployeeId[]
}

/** Changes the organisation in one transaction; consoles whose rights it changes begin again. */
export async function changeOrg(store: HubStore, change: OrgChange): Promise<void> {
  await store.write(async writing => {
    const now = await writeOrg(writing, change)
    await audit(writing.trx, {
      at: writing.at,
      actor: 'hub',
      verb: 'changeOrg',
      entity: 'org',
      entityId: String(now),
      detail: Object.fromEntries(
        Object.entries(change).map(([name, rows]) => [name, Object(rows).length]),
      ),
    })
  })
}

/** The same inside a transaction that says itself who did it; the version it was written under. */
export async function writeOrg(
  { trx, version, touchOrg }: Writing,
  change: OrgChange,
): Promise<number> {
  const now = await version()
  await putOrg(trx, change, now)
  await putTimes(trx, change, now)
  await putRest(trx, change, now)
  await remove(trx, change, now)
  await touchOrg()
  return now
}

async function putOrg(trx: Transaction<Tables>, change: OrgChange, version: number): Promise<void> {
  for (const row of change.departments?.map(one => departmentRow(one, version)) ?? [])
    await trx
      .insertInto('departments')
      .values(row)
      .onConflict(same => same.column('departmentId').doUpdateSet(row))
      .execute()
  for (const row of change.posts?.map(one => postRow(one, version)) ?? [])
    await trx
      .insertInto('posts')
      .values(row)
      .onConflict(same => same.column('postId').doUpdateSet(row))
      .execute()
  for (const row of change.employees?.map(one => employeeRow(one, version)) ?? [])
    await trx
      .insertInto('employees')
      .values(row)
      .onConflict(same => same.column('employeeId').doUpdateSet(row))
      .execute()
}

async function putTimes(
  trx: Transaction<Tables>,
  change: OrgChange,
  version: number,
): Promise<void> {
  for (const row of change.absences?.map(one => absenceRow(one, version)) ?? [])
    await trx
      .insertInto('absences')
      .values(row)
      .onConflict(same => same.column('absenceId').doUpdateSet(row))
      .execute()
  for (const row of change.substitutions?.map(one => substitutionRow(one, version)) ?? [])
    await trx
      .insertInto('substitutions')
      .values(row)
      .onConflict(same => same.column('substitutionId').doUpdateSet(row))
      .execute()
}

async function putRest(
  trx: Transaction<Tables>,
  change: OrgChange,
  version: number,
): Promise<void> {
  for (const row of change.kinds?.map(one => kindRow(one, version)) ?? [])
    await trx
      .insertInto('kinds')
      .values(row)
      .onConflict(same => same.column('kindId').doUpdateSet(row))
      .execute()
  for (const row of change.clients?.map(one => clientRow(one, version)) ?? [])
    await trx
      .insertInto('clients')
      .values(row)
      .onConflict(same => same.column('clientId').doUpdateSet(row))
      .execute()
  if (!change.dispatchers) return
  await trx.deleteFrom('dispatchers').execute()
  for (const grant of change.dispatchers)
    await trx.insertInto('dispatchers').values(grant).execute()
}

async function remove(trx: Transaction<Tables>, change: OrgChange, version: number): Promise<void> {
  for (const id of change.endedAbsences ?? []) {
    await trx.deleteFrom('absences').where('absenceId', '=', id).execute()
    await noteRemoval(trx, 'absence', id, version)
  }
  for (const id of change.endedSubstitutions ?? []) {
    await trx.deleteFrom('substitutions').where('substitutionId', '=', id).execute()
    await noteRemoval(trx, 'substitution', id, version)
  }
  for (const id of change.removedPosts ?? []) {
    await trx.deleteFrom('posts').where('postId', '=', id).execute()
    await noteRemoval(trx, 'post', id, version)
  }
  for (const id of change.removedDepartments ?? []) {
    await trx.deleteFrom('departments').where('departmentId', '=', id).execute()
    await noteRemoval(trx, 'department', id, version)
  }
  for (const id of change.removedEmployees ?? []) {
    await trx.deleteFrom('employees').where('employeeId', '=', id).execute()
    await noteRemoval(trx, 'employee', id, version)
  }
  const back = [
    ...(change.departments ?? []).map(one => one.departmentId),
    ...(change.posts ?? []).map(one => one.postId),
    ...(change.employees ?? []).map(one => one.employeeId),
    ...(change.absences ?? []).map(one => one.absenceId),
    ...(change.substitutions ?? []).map(one => one.substitutionId),
  ]
  if (back.length > 0) await trx.deleteFrom('removals').where('id', 'in', back).execute()
}

async function noteRemoval(
  trx: Transaction<Tables>,
  entity: string,
  id: string,
  version: number,
): Promise<void> {
  const row = { entity, id, version }
  await trx
    .insertInto('removals')
    .values(row)
    .onConflict(same => same.columns(['entity', 'id']).doUpdateSet(row))
    .execute()
}

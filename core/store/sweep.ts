import { sql } from 'kysely'
import type { CaseId, Entity } from '../domain/id.ts'
import { statement, tables, type Query } from './db.ts'
import type { Page } from './records.ts'
import type { Store, Touching } from './store.ts'
import { dropFromReplica } from './write-cases.ts'

interface Table {
  readonly drop: (values: { id: string }) => Query<unknown>
  /** Deletes what has not come since the restart. */
  readonly sweep: (values: object) => Query<unknown>
}

/** Every record but the case, which takes more with it. */
const others: Readonly<Record<Exclude<Entity, 'case'>, Table>> = {
  department: table('department', 'departments', 'departmentId'),
  post: table('post', 'posts', 'postId'),
  employee: table('employee', 'employees', 'employeeId'),
  absence: table('absence', 'absences', 'absenceId'),
  substitution: table('substitution', 'substitutions', 'substitutionId'),
  kind: table('kind', 'kinds', 'kindId'),
  client: table('client', 'clients', 'clientId'),
  history: table('history', 'history', 'historyId'),
}

function table(entity: Entity, name: string, idColumn: string): Table {
  const from = sql`delete from ${sql.table(name)} where ${sql.ref(idColumn)}`
  const seen = sql`(select id from "restartSeen" where entity = ${sql.lit(entity)})`
  return {
    drop: statement<{ id: string }>()(value => sql`${from} = ${value('id')}`),
    sweep: statement()(() => sql`${from} not in ${seen}`),
  }
}

type Gone = Page['gone'][number]

/** The backend has deleted a record or shows it no more; returns the case, when it was one. */
export function drop(store: Store, touching: Touching, { entity, id }: Gone): CaseId | null {
  if (isCase(entity, id)) {
    dropFromReplica(store, touching, id)
    return id
  }
  if (entity === 'case') return null
  const { changes } = store.run(others[entity].drop({ id }))
  if (changes > 0) note(touching, entity)
  return null
}

const isCase = (entity: Entity, id: string): id is CaseId => entity === 'case' && id !== ''

const unseenCases = statement()(() =>
  tables
    .selectFrom('cases')
    .select('caseId')
    .where('caseId', 'not in', sql<CaseId>`(select id from "restartSeen" where entity = 'case')`),
)

const allOpen = statement()(() =>
  tables.selectFrom('cases').select('caseId').where('status', '<>', sql.lit('closed')),
)
/** As the backend said it, whatever the head has decided since. */
export const openCaseIds = (store: Store): CaseId[] =>
  store.all(allOpen({})).map(({ caseId }) => caseId)

/** Deletes everything that has not come since the restart; returns the cases among it. */
export function sweep(store: Store, touching: Touching): CaseId[] {
  const gone = store.all(unseenCases({})).map(({ caseId }) => caseId)
  for (const caseId of gone) dropFromReplica(store, touching, caseId)
  for (const [, { sweep: sweepTable }] of Object.entries(others)) store.run(sweepTable({}))
  touching.isOrgTouched = true
  touching.areKindsTouched = true
  return gone
}

function note(touching: Touching, entity: Entity): void {
  if (entity === 'kind') touching.areKindsTouched = true
  else if (entity !== 'client' && entity !== 'history') touching.isOrgTouched = true
}

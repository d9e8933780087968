import { sql } from 'kysely'
import type { Kind } from '../domain/case.ts'
import type { Entity } from '../domain/id.ts'
import type { Employee } from '../domain/org.ts'
import { statement, tables, type Query } from './db.ts'
import type { Client, HistoryEntry, Page } from './records.ts'
import type { Store, Touching } from './store.ts'
import { isFirstSight } from './stream.ts'
import type { ReplicaTables } from './tables.ts'

type Small =
  | 'departments'
  | 'posts'
  | 'employees'
  | 'absences'
  | 'substitutions'
  | 'kinds'
  | 'clients'
  | 'history'

/** A statement that writes a whole row over whatever was there. */
const over = <Table extends Small>(
  table: Table,
  columns: readonly (keyof ReplicaTables[Table] & string)[],
) =>
  statement<ReplicaTables[Table]>()(value => {
    const names = sql.join(columns.map(name => sql.ref(name)))
    return sql`insert or replace into ${sql.table(table)} (${names}) values (${sql.join(columns.map(value))})`
  })

const writeDepartment = over('departments', [
  'departmentId',
  'parentId',
  'name',
  'defaultLimit',
  'hoursPerPoint',
  'zone',
])
const writePost = over('posts', ['postId', 'departmentId', 'name', 'employeeId', 'isHead'])
const writeEmployee = over('employees', [
  'employeeId',
  'name',
  'isExternal',
  'isDismissed',
  'limit',
  'kindLimitsJson',
  'skillsJson',
  'weekJson',
  'isDayOpen',
  'lastAssignedAt',
])
const writeAbsence = over('absences', ['absenceId', 'employeeId', 'kind', 'fromAt', 'untilAt'])
const writeSubstitution = over('substitutions', [
  'substitutionId',
  'employeeId',
  'substituteId',
  'fromAt',
  'untilAt',
])
const writeKind = over('kinds', [
  'kindId',
  'name',
  'weight',
  'departmentId',
  'doesWaitingStopClock',
])
const writeClient = over('clients', ['clientId', 'name', 'responsibleId'])
const writeHistory = over('history', [
  'caseId',
  'historyId',
  'at',
  'employeeId',
  'decisionId',
  'verb',
  'fromJson',
  'toJson',
  'ruleId',
  'ruleVersion',
  'reasonsJson',
])
const responsibleOf = statement<Pick<Client, 'clientId'>>()(value =>
  tables.selectFrom('clients').select('responsibleId').where('clientId', '=', value('clientId')),
)

/** Writes one record; to be done inside a transaction. */
export type Piece = (touching: Touching) => void

type OrgPart = Pick<Page, Small>

/** Every record of a page but its cases, one piece each; during a restart it is noted that they came. */
export function* orgPieces(store: Store, page: OrgPart, isRestarting: boolean): Generator<Piece> {
  const piece =
    (entity: Entity, id: string, query: Query<unknown>): Piece =>
    touching => {
      if (isRestarting) isFirstSight(store, entity, id)
      store.run(query)
      touching.isOrgTouched ||= ofOrg.has(entity)
      touching.areKindsTouched ||= entity === 'kind'
    }
  for (const row of page.departments)
    yield piece('department', row.departmentId, writeDepartment(row))
  for (const row of page.posts)
    yield piece('post', row.postId, writePost({ ...row, isHead: row.isHead ? 1 : 0 }))
  for (const row of page.employees)
    yield piece('employee', row.employeeId, writeEmployee(toRow(row)))
  for (const row of page.absences) yield piece('absence', row.absenceId, writeAbsence(row))
  for (const row of page.substitutions)
    yield piece('substitution', row.substitutionId, writeSubstitution(row))
  for (const row of page.kinds) yield piece('kind', row.kindId, writeKind(kindRow(row)))
  for (const row of page.clients) {
    yield noteAcquaintance(store, row)
    yield piece('client', row.clientId, writeClient(row))
  }
  for (const entry of byCase(page.history))
    yield piece('history', entry.historyId, writeHistory(historyRow(entry)))
}

const ofOrg: ReadonlySet<Entity> = new Set([
  'department',
  'post',
  'employee',
  'absence',
  'substitution',
])

const noteAcquaintance =
  (store: Store, { clientId, responsibleId }: Client): Piece =>
  touching => {
    const old = store.one(responsibleOf({ clientId }))
    if ((old?.responsibleId ?? null) !== responsibleId) touching.clientIds.add(clientId)
  }

const kindRow = (kind: Kind): ReplicaTables['kinds'] => ({
  ...kind,
  doesWaitingStopClock: kind.doesWaitingStopClock ? 1 : 0,
})

const historyRow = ({ from, to, reasons, ...line }: HistoryEntry): ReplicaTables['history'] => ({
  ...line,
  fromJson: JSON.stringify(from),
  toJson: JSON.stringify(to),
  reasonsJson: JSON.stringify(reasons),
})

const byCase = (history: readonly HistoryEntry[]): HistoryEntry[] =>
  history.toSorted((one, other) =>
    one.caseId < other.caseId ? -1 : one.caseId > other.caseId ? 1 : 0,
  )

const toRow = ({ kindLimits, skills, week, ...row }: Employee): ReplicaTables['employees'] => ({
  ...row,
  isExternal: row.isExternal ? 1 : 0,
  isDismissed: row.isDismissed ? 1 : 0,
  isDayOpen: row.isDayOpen === null ? null : row.isDayOpen ? 1 : 0,
  kindLimitsJson: JSON.stringify(kindLimits),
  skillsJson: JSON.stringify(skills),
  weekJson: week && JSON.stringify(week),
})

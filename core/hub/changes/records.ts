import { type ExpressionBuilder, type Kysely, sql, type SqlBool } from 'kysely'
import type { WireRecord } from '../protocol.ts'
import { closedKeptMs, may, visibility } from '../rights/may.ts'
import { knowsWhyAway, type Viewer } from '../rights/viewer.ts'
import type { CaseRow, Tables } from '../store/tables.ts'
import type { VersionedTable } from './window.ts'
import {
  wireAbsence,
  wireCase,
  wireClient,
  wireDepartment,
  wireEmployee,
  wireHistory,
  wireKind,
  wirePost,
  wireSubstitution,
} from './wire.ts'

/** Versions after `since` up to `upto`. */
export interface Span {
  readonly since: number
  readonly upto: number
}

/** One question: who asks, when, about which versions. */
export interface Asked extends Span {
  readonly db: Kysely<Tables>
  readonly viewer: Viewer
  readonly now: number
  /** The tables that have anything of the span. */
  readonly tables: ReadonlySet<VersionedTable>
}

/** The organisation and the kinds as far as the viewer may know them, in no order. */
export async function orgRecords(asked: Asked): Promise<WireRecord[]> {
  const { db, viewer } = asked
  const isInsider = viewer.role !== 'external'
  const isMine = (id: string | null) => isInsider || id === viewer.employeeId
  const isMyDepartment = (id: Tables['departments']['departmentId']) =>
    isInsider || viewer.ownDepartments.has(id)
  const between = within(asked)
  const rowsOf = async <Name extends VersionedTable>(
    name: Name,
    ask: () => Promise<Tables[Name][]>,
  ): Promise<Tables[Name][]> => (asked.tables.has(name) ? ask() : [])
  const kinds = await rowsOf('kinds', () =>
    db.selectFrom('kinds').selectAll().where(between).execute(),
  )
  const departments = await rowsOf('departments', () =>
    db.selectFrom('departments').selectAll().where(between).execute(),
  )
  const posts = await rowsOf('posts', () =>
    db.selectFrom('posts').selectAll().where(between).execute(),
  )
  const employees = await rowsOf('employees', () =>
    db.selectFrom('employees').selectAll().where(between).execute(),
  )
  const absences = await rowsOf('absences', () =>
    db.selectFrom('absences').selectAll().where(between).execute(),
  )
  const substitutions = await rowsOf('substitutions', () =>
    db.selectFrom('substitutions').selectAll().where(between).execute(),
  )
  return [
    ...kinds.map(wireKind),
    ...departments.filter(row => isMyDepartment(row.departmentId)).map(wireDepartment),
    ...posts.filter(row => isMine(row.employeeId)).map(wirePost),
    ...employees.filter(row => isMine(row.employeeId)).map(wireEmployee),
    ...absences
      .filter(row => isMine(row.employeeId))
      .map(row => wireAbsence(row, knowsWhyAway(viewer, row.employeeId))),
    ...(isInsider ? substitutions.map(wireSubstitution) : []),
  ]
}

/** Cases of the span the viewer sees. */
export async function caseRecords(asked: Asked): Promise<WireRecord[]> {
  const { db, viewer, now } = asked
  if (!asked.tables.has('cases')) return []
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where(within(asked))
    .$if(!viewer.seesAll, query => query.where(eb => seenBy(eb, viewer, now, true)))
    .execute()
  const records: WireRecord[] = []
  for (const row of rows) {
    const seen = visibility(viewer, row, now)
    if (seen !== 'none') records.push(wireCase(row, seen === 'masked'))
  }
  return records
}

const longStretch = 2_000

/** Clients of cases the viewer reads. */
export async function clientRecords(asked: Asked): Promise<WireRecord[]> {
  const { db, viewer, now } = asked
  if (!asked.tables.has('clients')) return []
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .where(within(asked))
    .$if(!viewer.seesAll, query =>
      query.where(eb => {
        const seen = eb
          .selectFrom('cases')
          .select('cases.clientId')
          .where(inner => seenBy(inner, viewer, now, false))
        // Over a long stretch what is seen is read once; of a few clients each is looked up.
        return asked.upto - asked.since > longStretch
          ? eb('clients.clientId', 'in', seen)
          : eb.exists(seen.whereRef('cases.clientId', '=', 'clients.clientId'))
      }),
    )
    .execute()
  return rows.map(wireClient)
}

/** History of cases the viewer reads. */
export async function historyRecords(asked: Asked): Promise<WireRecord[]> {
  const { db, viewer, now } = asked
  if (!asked.tables.has('history')) return []
  const rows = await db
    .selectFrom('history')
    .selectAll('history')
    .where('history.version', '>', asked.since)
    .where('history.version', '<=', asked.upto)
    .$if(!viewer.seesAll, query =>
      query
        .innerJoin('cases', 'cases.caseId', 'history.caseId')
        .where(eb => seenBy(eb, viewer, now, false)),
    )
    .execute()
  return rows.map(wireHistory)
}

/** What a case newly read brings along from before `asked.since`: its past and its client. */
export async function attachedRecords(
  asked: Asked,
  cases: readonly CaseRow[],
): Promise<WireRecord[]> {
  const read = cases.filter(row =>
    may(asked.viewer, { kind: 'read', theCase: row, now: asked.now }),
  )
  const records: WireRecord[] = []
  for (let start = 0; start < read.length; start += 500) {
    const chunk = read.slice(start, start + 500)
    const past = await asked.db
      .selectFrom('history')
      .selectAll()
      .where(
        'caseId',
        'in',
        chunk.map(row => row.caseId),
      )
      .where('version', '<=', asked.since)
      .execute()
    const clientIds = chunk.flatMap(row => row.clientId ?? [])
    const clients =
      clientIds.length === 0
        ? []
        : await asked.db
            .selectFrom('clients')
            .selectAll()
            .where('clientId', 'in', clientIds)
            .where('version', '<=', asked.since)
            .execute()
    records.push(...past.map(wireHistory), ...clients.map(wireClient))
  }
  return records
}

const within = ({ since, upto }: Span) =>
  sql<SqlBool>`${sql.ref('version')} > ${since} and ${sql.ref('version')} <= ${upto}`

/** The same rule as `visibility`, for the database: a case of the scope or one's own, or of people whose load is seen. */
function seenBy(
  eb: ExpressionBuilder<Tables, 'cases'>,
  viewer: Viewer,
  now: number,
  withMasked: boolean,
) {
  const people = withMasked ? viewer.people : viewer.employeeId ? [viewer.employeeId] : []
  const mine = [...people]
  const departments = [...viewer.departments]
  return eb.and([
    eb.or([
      ...(departments.length > 0 ? [eb('cases.departmentId', 'in', departments)] : []),
      ...(mine.length > 0 ? [eb('cases.responsibleId', 'in', mine)] : []),
    ]),
    eb.or([eb('cases.status', '<>', 'closed'), eb('cases.closedAt', '>=', now - closedKeptMs)]),
  ])
}

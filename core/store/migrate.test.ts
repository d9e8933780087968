import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Page as BackendPage,
  Me as BackendMe,
  Outcome as BackendOutcome,
} from '../backends/backend.ts'
import type { OutboxItem as WireItem, UndoState as WireUndo } from '../contract.ts'
import { caseColumns } from './case-columns.ts'
import { openDatabase, type Database } from './db.ts'
import { migrate, outboxMigrations, replicaMigrations, versionOf } from './migrate.ts'
import type { Me, Outcome, OutboxItem, Page, UndoState } from './records.ts'
import type { OutboxTables, ReplicaTables } from './tables.ts'

/** Complete by its type: a column missing here or in tables.ts does not compile. */
type Columns<Tables> = {
  readonly [Table in keyof Tables]: Readonly<Record<keyof Tables[Table], true>>
}

const ofCase = Object.fromEntries(caseColumns.map(name => [name, true])) as Record<
  (typeof caseColumns)[number],
  true
>

const outbox: Columns<OutboxTables> = {
  decisions: {
    seq: true,
    decisionId: true,
    actId: true,
    caseId: true,
    caseNumber: true,
    subject: true,
    contentJson: true,
    dependsOnJson: true,
    undoes: true,
    state: true,
    attempt: true,
    dueAt: true,
    isDoubtful: true,
    isSettled: true,
    isSeen: true,
    resultVersion: true,
    pagesSince: true,
    code: true,
    theirsJson: true,
    changedBy: true,
    theirsAt: true,
    why: true,
    changedAt: true,
    witness: true,
  },
  decisionEvents: {
    n: true,
    decisionId: true,
    at: true,
    fromState: true,
    toState: true,
    why: true,
    evidenceJson: true,
  },
  acts: {
    actId: true,
    verb: true,
    labelVerb: true,
    target: true,
    caseNumber: true,
    count: true,
    at: true,
    undoesActId: true,
    redoesActId: true,
    stack: true,
    position: true,
  },
  overlay: { ...ofCase, baseJson: true },
  orgEdits: {
    seq: true,
    editId: true,
    recordId: true,
    contentJson: true,
    state: true,
    attempt: true,
    isDoubtful: true,
    isSettled: true,
    isSeen: true,
    reasonsJson: true,
    theirsJson: true,
    changedBy: true,
    theirsAt: true,
    changedAt: true,
  },
  preferences: { name: true, valueJson: true },
}

const replica: Columns<Omit<ReplicaTables, 'caseSearch'>> = {
  cases: { id: true, ...ofCase },
  closedCases: { closedAt: true, id: true, employeeId: true },
  clientCases: { clientId: true, id: true, employeeId: true, closedAt: true },
  caseTexts: { id: true, text: true, phonesJson: true, emailsJson: true },
  departments: {
    departmentId: true,
    parentId: true,
    name: true,
    defaultLimit: true,
    hoursPerPoint: true,
    zone: true,
  },
  posts: { postId: true, departmentId: true, name: true, employeeId: true, isHead: true },
  employees: {
    employeeId: true,
    name: true,
    isExternal: true,
    isDismissed: true,
    limit: true,
    kindLimitsJson: true,
    skillsJson: true,
    weekJson: true,
    isDayOpen: true,
    lastAssignedAt: true,
  },
  absences: { absenceId: true, employeeId: true, kind: true, fromAt: true, untilAt: true },
  substitutions: {
    substitutionId: true,
    employeeId: true,
    substituteId: true,
    fromAt: true,
    untilAt: true,
  },
  kinds: { kindId: true, name: true, weight: true, departmentId: true, doesWaitingStopClock: true },
  clients: { clientId: true, name: true, responsibleId: true },
  history: {
    caseId: true,
    historyId: true,
    at: true,
    employeeId: true,
    decisionId: true,
    verb: true,
    fromJson: true,
    toJson: true,
    ruleId: true,
    ruleVersion: true,
    reasonsJson: true,
  },
  stream: {
    id: true,
    cursor: true,
    epoch: true,
    freshAt: true,
    isLoaded: true,
    isRestarting: true,
    searchedUpTo: true,
    isTidy: true,
    restarts: true,
  },
  restartSeen: { entity: true, id: true },
  searchQueue: { id: true },
}

const columnsIn = (database: Database, table: string): string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String)

const tablesIn = (database: Database): string[] =>
  database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table'
       AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'caseSearch%'`,
    )
    .pluck()
    .all()
    .map(String)

for (const [name, migrations, expected] of [
  ['outbox', outboxMigrations, outbox],
  ['replica', replicaMigrations, replica],
] as const)
  test(`${name}.db built from nothing has the tables of tables.ts`, () => {
    const database = openDatabase(':memory:', null, { synchronous: 'NORMAL' })
    migrate(database, migrations)
    assert.equal(versionOf(database), migrations.length)
    assert.deepEqual(tablesIn(database).toSorted(), Object.keys(expected).toSorted())
    for (const [table, columns] of Object.entries(expected))
      assert.deepEqual(columnsIn(database, table), Object.keys(columns), table)
    migrate(database, migrations)
    database.close()
  })

test('a file ahead of us is refused as it is', () => {
  const database = openDatabase(':memory:', null, { synchronous: 'NORMAL' })
  migrate(database, outboxMigrations)
  database.pragma(`user_version=${outboxMigrations.length + 1}`)
  assert.throws(() => migrate(database, outboxMigrations), { code: 'newer' })
  database.close()
})

/** The store may not import these; what it names itself must fit. Checked by the compiler. */
export const fits = {
  page: (page: BackendPage): Page => page,
  outcome: (outcome: BackendOutcome): Outcome => outcome,
  me: (me: BackendMe): Me => me,
  item: (item: OutboxItem): WireItem => item,
  undo: (undo: UndoState): WireUndo => undo,
}

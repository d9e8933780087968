/** What a hub wrote down, read from its file by a connection of our own while it works. */
import Sqlite from 'better-sqlite3'
import type { Case } from '../domain/case.ts'
import { aCase } from '../testing/invented.ts'
import { hubCase, hubPerson, hubRoom } from './company.ts'
import type { OutcomeName, TheirRecords } from './invariants.ts'

export interface HubRecords {
  /** Effects after the version `since`. */
  records(since?: number): TheirRecords
  lastVersion(): number
  /** Decisions carried out more than once, ever. */
  twice(): readonly string[]
  cases(): readonly Case[]
  close(): void
}

interface CaseRow {
  readonly caseId: string
  readonly responsibleId: string | null
  readonly departmentId: string
  readonly deferredUntil: number | null
  readonly status: Case['status']
  readonly version: number
}

export function openHubRecords(path: string): HubRecords {
  const database = new Sqlite(path, { readonly: true, timeout: 5_000 })
  const effects = database.prepare<[number], { decisionId: string; caseId: string }>(
    'select decisionId, caseId from history where decisionId is not null and version > ? order by version',
  )
  const twice = database.prepare<[], { decisionId: string }>(
    'select decisionId from history where decisionId is not null group by decisionId having count(*) > 1',
  )
  const outcome = database.prepare<[string], { outcome: string }>(
    'select outcome from applied where id = ?',
  )
  const version = database.prepare<[], { value: number }>(
    "select value from counters where name = 'version'",
  )
  const outcomeOf = (id: string) => {
    const row = outcome.get(id)
    return row && (JSON.parse(row.outcome) as { outcome: OutcomeName }).outcome
  }
  const cases = database.prepare<[], CaseRow>(
    'select caseId, responsibleId, departmentId, deferredUntil, status, version from cases',
  )
  return {
    records: (since = 0) => ({
      effects: effects.all(since).map(row => ({ ...row, caseId: hubCase(Number(row.caseId)) })),
      outcomes: { get: outcomeOf, has: id => outcomeOf(id) !== undefined },
    }),
    lastVersion: () => version.get()?.value ?? 0,
    twice: () => twice.all().map(row => row.decisionId),
    cases: () =>
      cases.all().map(row => ({
        ...aCase(row.caseId),
        caseId: hubCase(Number(row.caseId)),
        responsibleId: row.responsibleId === null ? null : hubPerson(row.responsibleId),
        departmentId: hubRoom(row.departmentId),
        deferredUntil: row.deferredUntil,
        status: row.status,
        version: row.version,
      })),
    close: () => database.close(),
  }
}

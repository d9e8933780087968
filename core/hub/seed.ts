import type { Kysely } from 'kysely'
import { departmentOf } from '../domain/department.ts'
import type { Company, CompanyCase, CompanyHistory, Rows, WriteOptions } from './company.ts'
import { audit } from './store/audit.ts'
import type { FileDatabase } from './store/database.ts'
import { identify } from './store/hub-store.ts'
import { insertInto } from './store/insert-into.ts'
import { isTaken, madeAt } from './store/made-at.ts'
import { migrate } from './store/migrations.ts'
import {
  absenceRow,
  clientRow,
  departmentRow,
  employeeRow,
  kindRow,
  postRow,
  substitutionRow,
} from './store/rows.ts'
import { openSqlite } from './store/sqlite.ts'
import type { CaseRow, HistoryRow, Tables } from './store/tables.ts'
import { readWorld, type World } from './store/world.ts'

/**
 * Writes a fresh hub at a place (a path or a `postgres://` address) where none may be; a failure (or
 * an aborted `signal`) leaves nothing. A case without a department gets one (kind, else responsible,
 * else the top). Throws `SeedError` when the company cannot be a hub.
 */
export async function writeCompany(
  place: string,
  company: Company,
  options: WriteOptions = {},
): Promise<{ readonly cases: number; readonly history: number }> {
  if (isTaken(place)) throw new SeedError('exists', 'there is already a hub in this place')
  if (company.departments.length === 0)
    throw new SeedError('noDepartments', 'a company needs a department')
  return madeAt(place, async draft => {
    const database = openSqlite(draft, { isBulk: true })
    try {
      await migrate(database)
      await identify(database.db)
      return await database.db.transaction().execute(trx => fill(database, trx, company, options))
    } finally {
      await database.close()
    }
  })
}

/** `code` names the reason in words. */
export class SeedError extends Error {
  readonly code: 'exists' | 'noDepartments'
  constructor(code: 'exists' | 'noDepartments', message: string) {
    super(message)
    this.name = 'SeedError'
    this.code = code
  }
}

/** Writes the rows of one table and counts versions and progress. */
class Filler {
  version = 0
  done = 0
  readonly #database: FileDatabase
  readonly #options: WriteOptions
  constructor(database: FileDatabase, options: WriteOptions) {
    this.#database = database
    this.#options = options
  }

  async table<Row>(
    table: keyof Tables,
    rows: Rows<Row>,
    rowOf: (row: Row, version: number) => object,
  ): Promise<number> {
    const before = this.done
    let put: ((parameters: readonly unknown[]) => void) | null = null
    for await (const row of rows) {
      this.version += 1
      const written = rowOf(row, this.version)
      put ??= this.#database.bulk(insertInto(this.#database.db, table, Object.keys(written)))
      put(Object.values(written))
      this.done += 1
      if (this.done % 1000 === 0) await this.#breathe()
    }
    return this.done - before
  }

  /** Lets the event loop tell of the progress and hear of an abort. */
  async #breathe(): Promise<void> {
    this.#options.onProgress?.(this.done)
    await new Promise(resolve => setImmediate(resolve))
    this.#options.signal?.throwIfAborted()
  }
}

async function fill(
  database: FileDatabase,
  trx: Kysely<Tables>,
  company: Company,
  options: WriteOptions,
) {
  const filler = new Filler(database, options)
  await fillOrg(filler, trx, company)
  await trx
    .insertInto('meta')
    .values([
      { key: 'company', value: company.company },
      { key: 'zone', value: company.zone },
      { key: 'ownerId', value: company.ownerId ?? '' },
    ])
    .execute()
  const world = await readWorld(trx)
  const rowOf = (one: CompanyCase, version: number) => caseRow(one, world, version)
  const cases = await filler.table('cases', company.cases, rowOf)
  await filler.table('clients', company.clients, clientRow)
  const history = await filler.table('history', company.history, historyRow)
  await setCounter(trx, 'version', filler.version)
  await setCounter(trx, 'number', cases)
  await audit(trx, {
    at: Date.now(),
    actor: 'hub',
    verb: 'import',
    entity: 'hub',
    entityId: world.epoch,
    detail: { cases, history },
  })
  return { cases, history }
}

async function setCounter(
  trx: Kysely<Tables>,
  name: 'version' | 'number',
  value: number,
): Promise<void> {
  await trx.updateTable('counters').set({ value }).where('name', '=', name).execute()
}

async function fillOrg(filler: Filler, trx: Kysely<Tables>, company: Company): Promise<void> {
  await filler.table('kinds', company.kinds, kindRow)
  await filler.table('departments', company.departments, departmentRow)
  await filler.table('posts', company.posts, postRow)
  await filler.table('employees', company.employees, employeeRow)
  await filler.table('absences', company.absences, absenceRow)
  await filler.table('substitutions', company.substitutions, substitutionRow)
  for (const grant of company.dispatchers ?? [])
    await trx.insertInto('dispatchers').values(grant).execute()
}

function caseRow(one: CompanyCase, world: World, version: number): CaseRow {
  const departmentId = departmentOf(one, world.index, world.kinds, world.top)
  if (departmentId === null) throw new SeedError('noDepartments', 'a company needs a department')
  return {
    caseId: one.caseId,
    number: one.number,
    subject: one.subject,
    text: one.text,
    phones: JSON.stringify(one.phones),
    emails: JSON.stringify(one.emails),
    kindId: one.kindId,
    source: one.source,
    departmentId,
    responsibleId: one.responsibleId,
    clientId: one.clientId,
    clientName: one.clientName,
    status: one.status,
    statusName: one.statusName,
    deferredUntil: one.deferredUntil,
    dueAt: one.dueAt,
    priority: one.priority,
    weight: one.weight,
    effortMs: one.effortMs,
    requiredSkill: one.requiredSkill,
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
    closedAt: one.closedAt,
    assignedAt: one.assignedAt,
    version,
  }
}

const historyRow = (one: CompanyHistory, version: number): HistoryRow => ({
  historyId: one.historyId,
  caseId: one.caseId,
  at: one.at,
  employeeId: one.employeeId,
  decisionId: one.decisionId,
  verb: one.verb,
  fromFields: JSON.stringify(one.from),
  toFields: JSON.stringify(one.to),
  ruleId: one.ruleId,
  ruleVersion: one.ruleVersion,
  reasons: JSON.stringify(one.reasons),
  version,
})

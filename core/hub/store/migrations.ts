import type { Kysely } from 'kysely'
import type { Database, Flavour } from './database.ts'
import type { Tables } from './tables.ts'

type Step = (db: Kysely<Tables>, flavour: Flavour) => Promise<void>

/** Applied in order, all or none; a released one is never edited. */
const migrations: readonly Step[] = [createFirst, countOrg, knowIdentities, indexAudit, indexSight]

/** The schema this program works with. */
export const newestSchema = migrations.length

/** Brings a hub up to this program, with a copy of what was there before; one of a newer program is refused. */
export async function migrate(database: Database): Promise<void> {
  const { db, flavour } = database
  const found = await schemaOf(db, flavour)
  if (found > newestSchema) throw new NewerDatabase()
  if (found === newestSchema) return
  if (found > 0) await database.keep(found)
  await db.transaction().execute(async trx => {
    await flavour.holdSchema(trx)
    await raiseSchema(trx, flavour, await schemaOf(trx, flavour))
  })
}

/** Takes the steps from schema `from` (0: nothing is there) to the newest. */
export async function raiseSchema(
  trx: Kysely<Tables>,
  flavour: Flavour,
  from: number,
): Promise<void> {
  for (const step of migrations.slice(from)) await step(trx, flavour)
  const row = { key: 'schema', value: String(newestSchema) } as const
  await trx
    .insertInto('meta')
    .values(row)
    .onConflict(same => same.column('key').doUpdateSet(row))
    .execute()
}

export class NewerDatabase extends Error {
  constructor() {
    super('this hub was written by a newer version of the program')
    this.name = 'NewerDatabase'
  }
}

async function schemaOf(db: Kysely<Tables>, flavour: Flavour): Promise<number> {
  if (!(await flavour.hasTables(db))) return 0
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'schema')
    .executeTakeFirst()
  return Number(row?.value ?? 0)
}

async function createFirst(db: Kysely<Tables>, flavour: Flavour): Promise<void> {
  for (const [name, columns] of Object.entries(firstTables))
    await createTable(db, flavour, name, columns)
  await db
    .insertInto('counters')
    .values([
      { name: 'version', value: 0 },
      { name: 'number', value: 0 },
      { name: 'audit', value: 0 },
    ])
    .execute()
  await createIndexes(db)
  await flavour.guardAudit(db)
}

/** Counts changes of the organisation, so that every process sees when its own picture is old. */
async function countOrg(db: Kysely<Tables>): Promise<void> {
  await db.insertInto('counters').values({ name: 'org', value: 0 }).execute()
}

/** Who signs in at the company's provider under which name. */
async function knowIdentities(db: Kysely<Tables>, flavour: Flavour): Promise<void> {
  await createTable(db, flavour, 'identities', { identity: 'id', employeeId: 'text!' })
}

/** The history of the organisation is read from the log, which is mostly about cases. */
async function indexAudit(db: Kysely<Tables>): Promise<void> {
  const index = db.schema.createIndex('auditVerb').ifNotExists()
  await index.on('audit').columns(['verb', 'seq']).execute()
}

/** A first load reads what is seen, not all there is. */
async function indexSight(db: Kysely<Tables>): Promise<void> {
  for (const [name, column] of [
    ['casesDepartment', 'departmentId'],
    ['casesResponsible', 'responsibleId'],
  ] as const)
    await db.schema
      .createIndex(name)
      .ifNotExists()
      .on('cases')
      .columns([column, 'version'])
      .execute()
}

/** `text!` is text that must be there, `text` may be null; likewise `whole` and `real`. */
type Column = 'id' | 'text!' | 'text' | 'whole!' | 'whole' | 'real!' | 'real'

async function createTable(
  db: Kysely<Tables>,
  flavour: Flavour,
  name: string,
  columns: Readonly<Record<string, Column>>,
): Promise<void> {
  let table = db.schema.createTable(name)
  for (const [column, kind] of Object.entries(columns)) {
    const isPrimary = kind === 'id'
    const type = kind.startsWith('whole')
      ? flavour.types.whole
      : kind.startsWith('real')
        ? flavour.types.real
        : flavour.types.text
    table = table.addColumn(column, type, made => {
      if (isPrimary) return made.primaryKey().notNull()
      return kind.endsWith('!') ? made.notNull() : made
    })
  }
  await flavour.finish(table).execute()
}

/** The tables of the first version, column by column. */
const firstTables: Readonly<
  Record<Exclude<keyof Tables, 'identities'>, Readonly<Record<string, Column>>>
> = {
  departments: {
    departmentId: 'id',
    parentId: 'text',
    name: 'text!',
    defaultLimit: 'real',
    hoursPerPoint: 'real',
    zone: 'text',
    version: 'whole!',
  },
  posts: {
    postId: 'id',
    departmentId: 'text!',
    name: 'text!',
    employeeId: 'text',
    isHead: 'whole!',
    version: 'whole!',
  },
  employees: {
    employeeId: 'id',
    name: 'text!',
    isExternal: 'whole!',
    isDismissed: 'whole!',
    limit: 'real',
    kindLimits: 'text!',
    skills: 'text!',
    week: 'text',
    isDayOpen: 'whole',
    lastAssignedAt: 'whole',
    version: 'whole!',
  },
  absences: {
    absenceId: 'id',
    employeeId: 'text!',
    kind: 'text!',
    fromAt: 'whole!',
    untilAt: 'whole!',
    version: 'whole!',
  },
  substitutions: {
    substitutionId: 'id',
    employeeId: 'text!',
    substituteId: 'text!',
    fromAt: 'whole!',
    untilAt: 'whole!',
    version: 'whole!',
  },
  dispatchers: {
    employeeId: 'text!',
    departmentId: 'text!',
    fromAt: 'whole',
    untilAt: 'whole',
  },
  kinds: {
    kindId: 'id',
    name: 'text!',
    weight: 'real!',
    departmentId: 'text',
    doesWaitingStopClock: 'whole!',
    version: 'whole!',
  },
  clients: { clientId: 'id', name: 'text!', responsibleId: 'text', version: 'whole!' },
  cases: {
    caseId: 'id',
    number: 'text!',
    subject: 'text!',
    text: 'text!',
    phones: 'text!',
    emails: 'text!',
    kindId: 'text',
    source: 'text!',
    departmentId: 'text!',
    responsibleId: 'text',
    clientId: 'text',
    clientName: 'text',
    status: 'text!',
    statusName: 'text',
    deferredUntil: 'whole',
    dueAt: 'whole',
    priority: 'whole!',
    weight: 'real!',
    effortMs: 'real',
    requiredSkill: 'text',
    createdAt: 'whole!',
    updatedAt: 'whole!',
    closedAt: 'whole',
    assignedAt: 'whole',
    version: 'whole!',
  },
  history: {
    historyId: 'id',
    caseId: 'text!',
    at: 'whole!',
    employeeId: 'text',
    decisionId: 'text',
    verb: 'text!',
    fromFields: 'text!',
    toFields: 'text!',
    ruleId: 'text',
    ruleVersion: 'whole',
    reasons: 'text!',
    version: 'whole!',
  },
  removals: { entity: 'text!', id: 'text!', version: 'whole!' },
  applied: { id: 'id', contentHash: 'text!', outcome: 'text!', at: 'whole!' },
  tokens: {
    tokenId: 'id',
    prefix: 'text!',
    digest: 'text!',
    employeeId: 'text',
    role: 'text!',
    scopes: 'text!',
    label: 'text!',
    createdAt: 'whole!',
    expiresAt: 'whole',
    lastUsedAt: 'whole',
    revokedAt: 'whole',
  },
  audit: {
    seq: 'whole!',
    at: 'whole!',
    actor: 'text!',
    verb: 'text!',
    entity: 'text!',
    entityId: 'text!',
    detail: 'text!',
    hash: 'text!',
  },
  counters: { name: 'id', value: 'whole!' },
  meta: { key: 'id', value: 'text!' },
}

async function createIndexes(db: Kysely<Tables>): Promise<void> {
  await db.schema.createIndex('auditSeq').on('audit').column('seq').unique().execute()
  await db.schema.createIndex('tokensPrefix').on('tokens').column('prefix').unique().execute()
  await db.schema
    .createIndex('removalsId')
    .on('removals')
    .columns(['entity', 'id'])
    .unique()
    .execute()
  for (const table of versioned)
    await db.schema.createIndex(`${table}Version`).on(table).column('version').execute()
  await db.schema.createIndex('casesClient').on('cases').column('clientId').execute()
  await db.schema.createIndex('historyCase').on('history').columns(['caseId', 'version']).execute()
}

const versioned = [
  'departments',
  'posts',
  'employees',
  'absences',
  'substitutions',
  'kinds',
  'clients',
  'cases',
  'history',
  'removals',
] as const

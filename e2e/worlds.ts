import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { incidentLog } from './incident-log.ts'
import { runCommand, startCore } from './start.ts'

export type Row = Record<string, string | number | null>
/** A hub as its own `export` writes it: every table, row by row. */
export interface Dump {
  readonly format: string
  readonly schema: number
  readonly tables: Record<string, Row[]>
}

/** A company at a moment, in a hub that can be copied and served. */
export interface World {
  /** The clock of every program and of the page stands here when a story begins. */
  readonly momentAt: number
  readonly dump: Dump
  /** Its `hub.db`. */
  readonly databasePath: string
  /** Of the head at the console. */
  readonly headToken: string
}

/** Another head may meddle, and below is a department with a head of its own. */
export interface StoryWorld extends World {
  readonly name: 'demo' | 'log'
  readonly headId: string
  readonly rivalToken: string
  readonly rivalName: string
  readonly below: { readonly departmentId: string; readonly name: string }
}

export const rowsOf = (dump: Dump, table: string): Row[] => (dump.tables[table] ??= [])

export const isUnassigned = (row: Row): boolean =>
  row['responsibleId'] === null && row['status'] !== 'closed'

const minuteMs = 60_000
/** A Wednesday before noon in Moscow: everybody who is not away is at work. */
const demoMomentAt = Date.parse('2026-11-18T08:03:00Z')
const logMoment = '2016-03-01T10:00'

const folderIn = (workshop: string) => mkdtempSync(join(workshop, 'made-'))

/** Writes a hub of these rows in a folder of its own and gives each of these employees a token. */
async function hubOf(
  workshop: string,
  dump: Dump,
  employeeIds: readonly string[],
): Promise<{ readonly databasePath: string; readonly tokens: readonly string[] }> {
  const folder = folderIn(workshop)
  const file = join(folder, 'company.json')
  const data = join(folder, 'hub')
  mkdirSync(data)
  writeFileSync(file, JSON.stringify(dump))
  const command = (...args: string[]) =>
    runCommand('hub', [...args, '--data', data], { offsetMs: 0 })
  await command('import', file)
  const tokens: string[] = []
  for (const id of employeeIds) {
    const said = await command('token', 'create', '--employee', id)
    tokens.push(said.trim().split('\n').at(-1) ?? '')
  }
  return { databasePath: join(data, 'hub.db'), tokens }
}

async function storyWorld(
  workshop: string,
  dump: Dump,
  {
    headId,
    rivalId,
    ...told
  }: Pick<StoryWorld, 'name' | 'momentAt' | 'headId' | 'rivalName' | 'below'> & {
    readonly rivalId: string
  },
): Promise<StoryWorld> {
  const { databasePath, tokens } = await hubOf(workshop, dump, [headId, rivalId])
  const [headToken = '', rivalToken = ''] = tokens
  return { ...told, dump, databasePath, headId, headToken, rivalToken }
}

async function exported(folder: string, space: string): Promise<Dump> {
  const path = join(folder, 'dump.json')
  await runCommand('hub', ['export', path, '--data', join(folder, 'hubs', space)], { offsetMs: 0 })
  return JSON.parse(readFileSync(path, 'utf8')) as Dump
}

/** The invented company as a first start makes it; whoever owns the console there owns it here. */
export async function demoWorld(workshop: string): Promise<StoryWorld> {
  const folder = folderIn(workshop)
  const offsetMs = demoMomentAt - 5 * minuteMs - Date.now()
  const core = await startCore(['--data-dir', folder, '--space', 'demo'], { offsetMs })
  await core.stop()
  return storyWorld(workshop, await exported(folder, 'demo'), {
    name: 'demo',
    momentAt: demoMomentAt,
    headId: 'vetrova',
    rivalId: 'gromov',
    rivalName: 'Виктор Громов',
    below: { departmentId: 'first-line', name: 'Первая линия' },
  })
}

const logs = join(import.meta.dirname, '..', '..', 'shared', 'data')
const realLog = join(logs, 'servicenow-incidents.csv')
const crowdedLog = join(logs, 'bpi2013-incidents.csv')

/** Is the log of nine hundred people here? It is too large to be invented. */
export const hasCrowdedLog = (): boolean => existsSync(crowdedLog)

/** A ServiceNow log through the import of the command line: the real one where it lies, else one like it. */
export async function logWorld(workshop: string): Promise<StoryWorld> {
  const folder = folderIn(workshop)
  const momentAt = Date.parse(`${logMoment}Z`)
  const file = existsSync(realLog) ? realLog : join(folder, 'incidents.csv')
  if (file !== realLog) writeFileSync(file, incidentLog())
  const dump = await imported(folder, file, { mapping: 'servicenow', asOf: logMoment })
  const headId = String(rowsOf(dump, 'meta').find(row => row['key'] === 'ownerId')?.['value'])
  const below = addHeadBelow(dump)
  const rival = addRival(dump)
  return storyWorld(workshop, dump, {
    name: 'log',
    momentAt: momentAt + minuteMs,
    headId,
    ...rival,
    below,
  })
}

/** One department of nine hundred people, as the BPI log of 2013 has it. */
export async function crowdedWorld(workshop: string): Promise<World> {
  const asOf = '2012-05-01T00:00'
  const dump = await imported(folderIn(workshop), crowdedLog, { mapping: 'bpi2013', asOf })
  const headId = String(rowsOf(dump, 'meta').find(row => row['key'] === 'ownerId')?.['value'])
  const { databasePath, tokens } = await hubOf(workshop, dump, [headId])
  const momentAt = Date.parse(`${asOf}Z`) + minuteMs
  return { momentAt, dump, databasePath, headToken: tokens[0] ?? '' }
}

async function imported(
  folder: string,
  file: string,
  { mapping, asOf }: { readonly mapping: string; readonly asOf: string },
): Promise<Dump> {
  const args = ['import', file, '--mapping', mapping, '--as-of', asOf, '--data-dir', folder]
  await runCommand('nachalo', args, { offsetMs: Date.parse(`${asOf}Z`) - Date.now() })
  return exported(folder, 'import-1')
}

const rootOf = (dump: Dump) =>
  rowsOf(dump, 'departments').find(row => row['parentId'] === null)?.['departmentId'] ?? null

/** An imported company has one head; a dispatcher of the whole may give out as well. */
function addRival(dump: Dump): { readonly rivalId: string; readonly rivalName: string } {
  const root = rootOf(dump)
  const rival = { rivalId: 'rival', rivalName: 'Мария Соперница' }
  const like = rowsOf(dump, 'employees')[0]
  rowsOf(dump, 'employees').push({
    ...like,
    employeeId: rival.rivalId,
    name: rival.rivalName,
    limit: null,
    version: null,
  })
  rowsOf(dump, 'dispatchers').push({
    employeeId: rival.rivalId,
    departmentId: root,
    fromAt: null,
    untilAt: null,
  })
  return rival
}

/** Somebody heads a group that has no unassigned cases, so that «Начало» stays as it was imported. */
function addHeadBelow(dump: Dump): StoryWorld['below'] {
  const taken = new Set(
    rowsOf(dump, 'cases')
      .filter(isUnassigned)
      .map(row => row['departmentId']),
  )
  taken.add(rootOf(dump))
  const post = rowsOf(dump, 'posts').find(
    row => row['isHead'] === 0 && !taken.has(row['departmentId'] ?? null),
  )
  if (!post) throw new Error('every group of the log has unassigned cases')
  post['isHead'] = 1
  const department = rowsOf(dump, 'departments').find(
    row => row['departmentId'] === post['departmentId'],
  )
  return { departmentId: String(post['departmentId']), name: String(department?.['name']) }
}

/** Another company: like this one, but for what `edit` changes in its rows; seen by `headId`. */
export async function variantOf(
  workshop: string,
  like: StoryWorld,
  edit: (dump: Dump) => void,
  headId = like.headId,
): Promise<World> {
  const dump = structuredClone(like.dump)
  edit(dump)
  const { databasePath, tokens } = await hubOf(workshop, dump, [headId])
  return { momentAt: like.momentAt, dump, databasePath, headToken: tokens[0] ?? '' }
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './database.ts'
import { migrate } from './migrations.ts'
import { openSqlite } from './sqlite.ts'
import type { MetaKey, Tables } from './tables.ts'
import { readWorld, type World } from './world.ts'

/** What a writer holds while its transaction is open. */
export interface Writing {
  readonly trx: Transaction<Tables>
  /** One moment for everything written together, UTC ms. */
  readonly at: number
  readonly world: World
  /**
   * The one version of everything written in this transaction. The counter's row stays locked
   * until the end, so versions follow the order of commits.
   */
  version(): Promise<number>
  /** The organisation is read anew after the commit. */
  touchOrg(): void
}

export interface HubStore {
  readonly database: Database
  readonly db: Kysely<Tables>
  now(): number
  world(): Promise<World>
  /** The greatest version given out. */
  version(): Promise<number>
  /** All or nothing, durable when the promise resolves. */
  write<T>(act: (writing: Writing) => Promise<T>): Promise<T>
  /** Names of all tokens ever given out. */
  readonly knownPrefixes: Set<string>
  /** Called after each commit that gave out a version. */
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

/** Opens a hub's database, brings its schema up to date and gives a new one its identity. */
export async function openHubStore(
  databasePath: string,
  now: () => number = Date.now,
): Promise<HubStore> {
  const database = openSqlite(databasePath)
  await migrate(database)
  await identify(database.db)
  return storeOver(database, now, await readPrefixes(database.db))
}

/** A new database gets its epoch and the key of its audit chain. */
export async function identify(db: Kysely<Tables>): Promise<void> {
  const values: readonly { key: MetaKey; value: string }[] = [
    { key: 'epoch', value: randomUUID() },
    { key: 'auditKey', value: randomBytes(32).toString('hex') },
    { key: 'auditHead', value: '' },
  ]
  await db
    .insertInto('meta')
    .values(values)
    .onConflict(conflict => conflict.column('key').doNothing())
    .execute()
}

function storeOver(database: Database, now: () => number, knownPrefixes: Set<string>): HubStore {
  const { db } = database
  const listeners = new Set<() => void>()
  const worlds = worldCache()
  return {
    database,
    db,
    now,
    knownPrefixes,
    world: async () => worlds.known() ?? db.transaction().execute(trx => worlds.read(trx)),
    version: () => versionOf(db),
    write: async act => {
      let version: number | null = null
      const result = await db.transaction().execute(async trx =>
        act({
          trx,
          at: now(),
          world: worlds.known() ?? (await worlds.read(trx)),
          version: async () => (version ??= await nextOf(trx, 'version')),
          touchOrg: worlds.forget,
        }),
      )
      if (version !== null) for (const listener of listeners) listener()
      return result
    },
    onChange: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => db.destroy(),
  }
}

/** Never waits for a reading of somebody else: inside a transaction that would wait for itself. */
function worldCache() {
  let known: World | null = null
  let generation = 0
  return {
    known: () => known,
    forget: () => {
      known = null
      generation += 1
    },
    read: async (trx: Kysely<Tables>): Promise<World> => {
      const begun = generation
      const world = await readWorld(trx)
      if (begun === generation) known = world
      return world
    },
  }
}

/** Takes the next value of a counter and holds its row until the transaction ends. */
export async function nextOf(
  trx: Kysely<Tables>,
  name: Tables['counters']['name'],
): Promise<number> {
  const { value } = await trx
    .updateTable('counters')
    .set(eb => ({ value: eb('value', '+', 1) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

async function versionOf(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'version')
    .executeTakeFirstOrThrow()
  return row.value
}

async function readPrefixes(db: Kysely<Tables>): Promise<Set<string>> {
  return new Set((await db.selectFrom('tokens').select('prefix').execute()).map(row => row.prefix))
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { type Concern, joined } from './concern.ts'
import { counterOf, nextOf } from './counters.ts'
import type { Database } from './database.ts'
import { migrate } from './migrations.ts'
import { openDatabase } from './open-database.ts'
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
   * until the end, so versions follow the order of commits. `concern`: who is told; all when not said.
   */
  version(concern?: Concern): Promise<number>
  /** The organisation is read anew after the commit, by every process that serves it. */
  touchOrg(): Promise<void>
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
  /** Names of tokens given out, as far as this process has heard of them. */
  readonly knownPrefixes: Set<string>
  /** Called after each commit that gave out a version, here or in another process. */
  onChange(listener: (concern: Concern) => void): () => void
  close(): Promise<void>
}

/** Opens a hub's database (the path of a file or a `postgres://` address), brings its schema up to date and gives a new one its identity. */
export async function openHubStore(
  databasePath: string,
  now: () => number = Date.now,
): Promise<HubStore> {
  const database = await openDatabase(databasePath)
  try {
    await migrate(database)
    await identify(database.db)
    return await storeOver(database, now)
  } catch (error) {
    await database.close()
    throw error
  }
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

async function storeOver(database: Database, now: () => number): Promise<HubStore> {
  const { db } = database
  const listeners = new Set<(concern: Concern) => void>()
  const tellAll = (concern: Concern) => {
    for (const listener of listeners) listener(concern)
  }
  const worlds = worldCache()
  const once = <T>(act: (writing: Writing) => Promise<T>) =>
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async trx => {
        const org = await becomeWriter(database, trx)
        let version: number | null = null
        let concern: Concern | null = null
        const result = await act({
          trx,
          at: now(),
          world: worlds.known(org) ?? (await worlds.read(trx, org)),
          version: async (more = 'all') => {
            concern = joined(concern, more)
            return (version ??= await nextOf(trx, 'version'))
          },
          touchOrg: async () => void (await nextOf(trx, 'org')),
        })
        if (concern !== null) await database.tell(trx, concern)
        return { result, concern }
      })
  await database.hear(tellAll)
  return {
    database,
    db,
    now,
    knownPrefixes: await readPrefixes(db),
    world: async () =>
      worlds.known(await counterOf(db, 'org')) ??
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async trx => worlds.read(trx, await counterOf(trx, 'org'))),
    version: () => counterOf(db, 'version'),
    write: async act => {
      const { result, concern } = await again(database, () => once(act))
      if (concern !== null) tellAll(concern)
      return result
    },
    onChange: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => database.close(),
  }
}

const triesAtMost = 5

/** What the database itself rolled back to let another go first is done again. */
async function again<T>(database: Database, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await act()
    } catch (error) {
      if (tries === triesAtMost || !database.isPassing(error)) throw error
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20 * tries))
    }
}

/**
 * Only one writes at a time, in whatever process: what is read from here on holds until the commit,
 * and versions follow the order of commits. How often the organisation was changed so far.
 */
async function becomeWriter({ flavour }: Database, trx: Kysely<Tables>): Promise<number> {
  const rows = await trx
    .selectFrom('counters')
    .selectAll()
    .where('name', 'in', ['org', 'version'])
    .orderBy('name')
    .$if(flavour.locksRows, query => query.forUpdate())
    .execute()
  return rows.find(row => row.name === 'org')?.value ?? 0
}

/** The organisation as it was after so many changes; read again only when there was another one. */
function worldCache() {
  let kept: { readonly org: number; readonly world: World } | null = null
  return {
    known: (org: number): World | null => (kept?.org === org ? kept.world : null),
    read: async (trx: Kysely<Tables>, org: number): Promise<World> => {
      const world = await readWorld(trx)
      kept = { org, world }
      return world
    },
  }
}

async function readPrefixes(db: Kysely<Tables>): Promise<Set<string>> {
  return new Set((await db.selectFrom('tokens').select('prefix').execute()).map(row => row.prefix))
}

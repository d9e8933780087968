import { sql, type Selectable } from 'kysely'
import type { Entity } from '../domain/id.ts'
import { statement, tables } from './db.ts'
import type { Cursor } from './records.ts'
import type { Store } from './store.ts'
import type { ReplicaTables } from './tables.ts'

type StreamRow = Selectable<ReplicaTables['stream']>

const read = statement()(() => tables.selectFrom('stream').selectAll().where('id', '=', sql.lit(1)))
const write = statement<StreamRow>()(value =>
  tables
    .updateTable('stream')
    .set({
      cursor: value('cursor'),
      epoch: value('epoch'),
      freshAt: value('freshAt'),
      isLoaded: value('isLoaded'),
      isRestarting: value('isRestarting'),
      searchedUpTo: value('searchedUpTo'),
      isTidy: value('isTidy'),
      restarts: value('restarts'),
    })
    .where('id', '=', sql.lit(1)),
)

/** Where the pull stands, as it is written. */
export function readStream(store: Store): StreamRow {
  const row = store.one(read({}))
  if (!row) throw new Error('the replica has lost its stream')
  return row
}

export function writeStream(store: Store, changes: Partial<StreamRow>): void {
  store.run(write({ ...readStream(store), ...changes }))
}

/** Where the next page begins, and how far the replica can be trusted. */
export function readCursor(store: Store): Cursor {
  const { cursor, epoch, freshAt, isLoaded, isRestarting } = readStream(store)
  return { cursor, epoch, freshAt, isLoaded: isLoaded === 1, isRestarting: isRestarting === 1 }
}

const see = statement<{ entity: Entity; id: string }>()(value =>
  tables
    .insertInto('restartSeen')
    .orIgnore()
    .values({ entity: value('entity'), id: value('id') }),
)

/** Notes that a record has come since the restart; true when it is the first time. */
export const isFirstSight = (store: Store, entity: Entity, id: string): boolean =>
  store.run(see({ entity, id })).changes > 0

const forgetSeen = statement()(() => tables.deleteFrom('restartSeen'))
export const forgetSights = (store: Store) => store.run(forgetSeen({}))

import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { backUpDatabase, verify } from './backup.ts'
import { numberOf, openDatabase, openForReading, quickCheck, type Database } from './db.ts'
import { StoreError } from './errors.ts'
import {
  backupsIn,
  isUnclosed,
  outboxName,
  replicaName,
  setAside,
  sizeOf,
  syncFile,
} from './files.ts'
import { lastSeq, readMark } from './mark.ts'
import { migrate, outboxMigrations, replicaMigrations, versionOf } from './migrate.ts'
import { isDamageError, worldError } from './world-error.ts'

export interface Place {
  readonly folder: string
  readonly key: Buffer | null
  readonly now: number
  /** Read both files whole, however they were closed. */
  readonly isSuspect: boolean
}

/** Above this a file that was closed properly is not read whole at every start. */
const alwaysCheckedBytes = 8 * 1024 * 1024

interface Readied {
  readonly restoredFrom: string | null
  readonly setAside: string | null
  /** How many of the last decisions made here are in no file that could be opened. */
  readonly lostDecisions: number
}

/**
 * Leaves a whole, current outbox.db. A damaged or missing one is set aside and the newest verified
 * backup put in its place, one that ends before what was written down here likewise where a backup
 * has more; without a backup a damaged one throws `outboxBroken`.
 */
export function readyOutbox(place: Place): Readied {
  const path = join(place.folder, outboxName)
  const isWell = sizeOf(path) > 0 && isWhole(path, place)
  const mended = isWell ? bringBack(path, place) : mendOutbox(path, place)
  const lostDecisions = bringForward(path, place)
  return { ...mended, lostDecisions }
}

type Mended = Omit<Readied, 'lostDecisions'>

/** A whole outbox may be an older copy, or have lost its log: then a backup may have more. */
function bringBack(path: string, place: Place): Mended {
  const seq = withDatabase(path, place, 'FULL', lastSeq)
  if (seq >= readMark(place.folder)) return { restoredFrom: null, setAside: null }
  const isBetter = backupsIn(place.folder).some(backup =>
    withoutDamage(() => readLast(backup, place) > seq),
  )
  if (!isBetter) return { restoredFrom: null, setAside: null }
  const aside = setAside(path, place.now)
  return { restoredFrom: restore(path, place), setAside: aside }
}

function mendOutbox(path: string, place: Place): Mended {
  const isThere = sizeOf(path) > 0
  const isKeyTried = isThere || backupsIn(place.folder).length > 0
  if (isKeyTried && !doesKeyFit(place))
    throw new StoreError('wrongKey', 'the key does not fit', { path })
  const aside = existsSync(path) || isUnclosed(path) ? setAside(path, place.now) : null
  const restoredFrom = restore(path, place)
  if (isThere && restoredFrom === null)
    throw new StoreError(
      'outboxBroken',
      'the outbox is damaged and there is no backup; it was set aside, the next start begins an empty one',
      { path: aside ?? path },
    )
  return { restoredFrom, setAside: isThere ? aside : null }
}

/** Leaves a whole, current replica.db; true when a damaged or newer one was set aside. */
export function readyReplica(place: Place): boolean {
  const path = join(place.folder, replicaName)
  if (sizeOf(path) > 0 && isReplicaWhole(path, place)) return false
  const wasThere = sizeOf(path) > 0 || isUnclosed(path)
  if (wasThere) setAside(path, place.now)
  withDatabase(path, place, 'NORMAL', database => migrate(database, replicaMigrations))
  return wasThere
}

function isReplicaWhole(path: string, place: Place): boolean {
  return isSeenTwice(() =>
    withDatabase(path, place, 'NORMAL', (database, isThorough) => {
      if (versionOf(database) > replicaMigrations.length) return false
      if (isThorough && quickCheck(database) !== 'ok') return false
      migrate(database, replicaMigrations)
      return true
    }),
  )
}

/** Damage is believed only when a second, fresh connection sees it too: reading can fail in passing. */
const isSeenTwice = (question: () => boolean): boolean =>
  withoutDamage(question) || withoutDamage(question)

const isWhole = (path: string, place: Place): boolean =>
  isSeenTwice(() =>
    withDatabase(path, place, 'FULL', (database, isThorough) => {
      const tables = numberOf(database, 'SELECT count(*) FROM sqlite_schema')
      return tables >= 0 && (!isThorough || quickCheck(database) === 'ok')
    }),
  )

function withDatabase<Result>(
  path: string,
  { key, folder, isSuspect }: Place,
  synchronous: 'FULL' | 'NORMAL',
  use: (database: Database, isThorough: boolean) => Result,
): Result {
  const isThorough = isSuspect || isUnclosed(path) || sizeOf(path) <= alwaysCheckedBytes
  let database: Database | null = null
  try {
    database = openDatabase(path, key, { synchronous })
    return use(database, isThorough)
  } catch (error) {
    throw worldError(error, folder)
  } finally {
    database?.close()
  }
}

/** False when the file is damaged (or the key does not fit); other troubles are thrown. */
function withoutDamage(question: () => boolean): boolean {
  try {
    return question()
  } catch (error) {
    if (isDamageError(error)) return false
    throw error
  }
}

/** SQLite says the same of a wrong key and of a broken first page: what lies beside the file decides. */
const doesKeyFit = (place: Place): boolean =>
  [
    join(place.folder, outboxName),
    ...backupsIn(place.folder),
    join(place.folder, replicaName),
  ].some(path => sizeOf(path) > 0 && withoutDamage(() => isReadable(path, place)))

const isReadable = (path: string, place: Place): boolean =>
  reading(path, place, database => numberOf(database, 'SELECT count(*) FROM sqlite_schema')) >= 0

const readLast = (path: string, place: Place): number => reading(path, place, lastSeq)

function reading(
  path: string,
  { key, folder }: Place,
  ask: (database: Database) => number,
): number {
  let database: Database | null = null
  try {
    database = openForReading(path, key)
    return ask(database)
  } catch (error) {
    throw worldError(error, folder)
  } finally {
    database?.close()
  }
}

/** Puts the newest backup that is whole at `path`; null when there is none. */
function restore(path: string, place: Place): string | null {
  for (const backup of backupsIn(place.folder)) {
    const isGood = withoutDamage(() => {
      verify(backup, place.key, null)
      return true
    })
    if (!isGood) continue
    const copy = `${path}.restoring`
    copyFileSync(backup, copy)
    syncFile(copy)
    renameSync(copy, path)
    syncFile(place.folder)
    return backup
  }
  return null
}

/** A backup comes before any change of the outbox's shape. How many decisions are missing. */
const bringForward = (path: string, place: Place): number =>
  withDatabase(path, place, 'FULL', database => {
    const version = versionOf(database)
    if (version > 0 && version < outboxMigrations.length) backUpDatabase(database, place)
    migrate(database, outboxMigrations)
    return Math.max(0, readMark(place.folder) - lastSeq(database))
  })

import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { numberOf, openForReading, quickCheck, type Database } from './db.ts'
import { StoreError } from './errors.ts'
import { backupsIn, backupsName, freePath, instantOfBackup, stampOf, syncFile } from './files.ts'
import type { Store } from './store.ts'
import { worldError } from './world-error.ts'

const recentKept = 3
const daysKept = 7

export interface Backup {
  readonly path: string
  readonly bytes: number
}

/** A verified copy of the outbox under the same key; keeps 3 recent and 7 daily. Not inside a transaction. */
export const backupOutbox = (store: Store): Backup => store.backUp()

/** When the newest backup was made (UTC ms), or null. */
export function lastBackupAt(store: Store): number | null {
  const newest = backupsIn(store.folder)[0]
  return newest === undefined ? null : instantOfBackup(basename(newest))
}

/** VACUUM INTO, quick_check, rename: what bears a backup's name is whole and opens with the key. */
export function backUpDatabase(
  database: Database,
  {
    folder,
    key,
    now,
  }: { readonly folder: string; readonly key: Buffer | null; readonly now: number },
): Backup {
  const backups = join(folder, backupsName)
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const partial = join(backups, 'partial.db')
  try {
    rmSync(partial, { force: true })
    database.prepare('VACUUM main INTO ?').run(partial)
    verify(partial, key, numberOf(database, 'SELECT count(*) FROM main.decisions'))
    syncFile(partial)
    const path = freePath(backups, `outbox-${stampOf(now)}`)
    renameSync(partial, path)
    syncFile(backups)
    thin(folder, path)
    return { path, bytes: statSync(path).size }
  } catch (error) {
    rmSync(partial, { force: true })
    throw worldError(error, folder)
  }
}

/** Throws unless the file opens with the key, is whole and holds the decisions. */
export function verify(path: string, key: Buffer | null, decisions: number | null): void {
  const copy = openForReading(path, key)
  try {
    const found = quickCheck(copy)
    const count = numberOf(copy, 'SELECT count(*) FROM decisions')
    if (found !== 'ok' || (decisions !== null && count !== decisions))
      throw new StoreError('outboxBroken', `the backup is not whole: ${found}`, { path })
  } finally {
    copy.close()
  }
}

/** Keeps the 3 newest and the newest of each of the last 7 days that have one. */
function thin(folder: string, made: string): void {
  const newestFirst = backupsIn(folder)
  const days = new Set<string>()
  const daily = newestFirst.filter(path => {
    const day = basename(path).slice(0, 'outbox-2026-11-22'.length)
    if (days.has(day) || days.size === daysKept) return false
    days.add(day)
    return true
  })
  const kept = new Set([made, ...newestFirst.slice(0, recentKept), ...daily])
  for (const path of newestFirst) if (!kept.has(path) && existsSync(path)) rmSync(path)
}

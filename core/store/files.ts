import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

export const outboxName = 'outbox.db'
export const replicaName = 'replica.db'
export const lockName = 'lock.db'
export const backupsName = 'backups'

/** An instant that may stand in a file name: 2026-11-22T01-36-26-123Z. */
export const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[:.]/g, '-')

/** The instant in the name of a backup, or of a path to one; null for another file. */
export function instantOfBackup(path: string): number | null {
  const found = /^outbox-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-\d+)?\.db$/.exec(
    basename(path),
  )
  return found ? Date.parse(`${found[1]}T${found[2]}:${found[3]}:${found[4]}.${found[5]}Z`) : null
}

export const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0)

/** A write-ahead log left behind: nobody closed this file. */
export const isUnclosed = (path: string): boolean => sizeOf(`${path}-wal`) > 0

/** Paths of the backups, newest first. */
export function backupsIn(folder: string): string[] {
  const backups = join(folder, backupsName)
  if (!existsSync(backups)) return []
  return readdirSync(backups)
    .filter(name => instantOfBackup(name) !== null)
    .toSorted()
    .toReversed()
    .map(name => join(backups, name))
}

/** Renames a database with all that belongs to it; returns the new path. Never deletes. */
export function setAside(path: string, now: number): string {
  const name = basename(path, '.db')
  const aside = freePath(dirname(path), `${name}.broken-${stampOf(now)}`)
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(path + end)) renameSync(path + end, aside + end)
  syncFile(dirname(path))
  return aside
}

/** `<folder>/<name>.db`, or the same with a number when there is one already. */
export function freePath(folder: string, name: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? `${name}.db` : `${name}-${n}.db`)
    if (!existsSync(path)) return path
  }
}

/** Makes a file, or the names in a folder, outlive a power loss. */
export function syncFile(path: string): void {
  const isFolder = statSync(path).isDirectory()
  // Windows cannot open a folder, and keeps names without being asked.
  if (isFolder && process.platform === 'win32') return
  const file = openSync(path, isFolder ? 'r' : 'r+')
  fsyncSync(file)
  closeSync(file)
}

const damageName = 'check-at-start'

/** Reading failed as a damaged file does: the next start reads both files whole. */
export function noteDamage(folder: string): void {
  const path = join(folder, damageName)
  if (!existsSync(path)) closeSync(openSync(path, 'w'))
}

export const wasDamageNoted = (folder: string): boolean => existsSync(join(folder, damageName))

export const forgetDamage = (folder: string): void =>
  rmSync(join(folder, damageName), { force: true })

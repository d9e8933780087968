import { statfsSync } from 'node:fs'
import { sqliteCodeOf } from './db.ts'
import { StoreError } from './errors.ts'

/** Room the outbox wants before it goes on: the log, a checkpoint and a backup fit. */
const wantedBytes = 16 * 1024 * 1024

const isDamage = (code: string): boolean =>
  code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')

/** The file itself is at fault: wrong key, or damage. Anything else is the world around it. */
export function isDamageError(error: unknown): boolean {
  const code = sqliteCodeOf(error)
  return code !== null && isDamage(code)
}

/** What SQLite or the file system threw, as the reason a head can act on; our own errors as they are. */
export function worldError(error: unknown, folder: string): unknown {
  const code = error instanceof StoreError ? null : (sqliteCodeOf(error) ?? systemCodeOf(error))
  if (code === null) return error
  const bytesFree = freeBytes(folder)
  const more = { path: folder, cause: error }
  const isIo = code.startsWith('SQLITE_IOERR')
  if (full.has(code) || (isIo && bytesFree < hardlyAnyBytes))
    return new StoreError('diskFull', 'no room on the disk', {
      ...more,
      bytesNeeded: Math.max(wantedBytes - bytesFree, 0),
    })
  return isIo || cannotOpen.has(code)
    ? new StoreError('cannotOpen', `the data folder cannot be used (${code})`, more)
    : error
}

const hardlyAnyBytes = 65_536
const full: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])
const cannotOpen: ReadonlySet<string> = new Set([
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
  'SQLITE_PERM',
  'EACCES',
  'EPERM',
  'EROFS',
  'EBUSY',
  'ENOTDIR',
  'EEXIST',
])

const systemCodeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

/** Free space for us, in bytes; plenty when the folder cannot be asked. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.MAX_SAFE_INTEGER
  }
}

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { copyRows } from './copy-rows.ts'
import { migrate } from './migrations.ts'
import { openDatabase } from './open-database.ts'
import { isPostgres } from './place.ts'
import { flush, openSqlite } from './sqlite.ts'

/**
 * Makes a hub at a place where there is none, or one with nobody in it: `make` writes it as a file
 * first, and a failure leaves nothing. Throws `NotVacant` for a PostgreSQL database with people in it.
 */
export function madeAt<T>(place: string, make: (draft: string) => Promise<T>): Promise<T> {
  return isPostgres(place) ? madeInPostgres(place, make) : madeInFile(place, make)
}

async function madeInFile<T>(path: string, make: (draft: string) => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.draft-${process.pid}-${Date.now()}`
  try {
    const made = await make(draft)
    // The draft was written without waiting for the disk; the rename may only follow the bytes.
    flush(draft)
    for (const leftover of ['-wal', '-shm']) rmSync(`${path}${leftover}`, { force: true })
    renameSync(draft, path)
    return made
  } finally {
    for (const leftover of ['', '-wal', '-shm']) rmSync(`${draft}${leftover}`, { force: true })
  }
}

async function madeInPostgres<T>(address: string, make: (draft: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-draft-'))
  try {
    const draft = join(folder, 'hub.db')
    const made = await make(draft)
    const [from, to] = [openSqlite(draft, { isBulk: true }), await openDatabase(address)]
    try {
      await migrate(from)
      await copyRows(from, to)
    } finally {
      await from.close()
      await to.close()
    }
    return made
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Is there already something at the place? A PostgreSQL database is looked at when it is written. */
export const isTaken = (place: string): boolean => !isPostgres(place) && existsSync(place)

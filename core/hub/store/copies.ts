import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { isTaken, madeAt } from './made-at.ts'
import { decryptCopy, encryptCopy, openSqlite } from './sqlite.ts'

const kept = 10

/** A verified copy `hub-<moment>.db` in the folder, under the key when there is one; the ten newest are kept. */
export async function backUp(
  database: Database,
  folder: string,
  key: Buffer | null,
  at: number,
): Promise<{ readonly path: string; readonly bytes: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const path = join(folder, `hub-${stamp}.db`)
  const draft = `${path}.part`
  rmSync(draft, { force: true })
  try {
    await database.copyTo(draft)
    if (key) encryptCopy(draft, key)
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
  for (const old of copiesIn(folder).slice(kept)) rmSync(join(folder, old), { force: true })
  return { path, bytes: statSync(path).size }
}

/** When the newest copy of the folder was made, UTC ms; null: there is none. */
export function lastCopyAt(folder: string): number | null {
  const [newest] = copiesIn(folder)
  return newest === undefined ? null : statSync(join(folder, newest)).mtimeMs
}

/** Newest first. */
function copiesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => /^hub-\d{8}T\d{6}Z\.db$/.test(name))
    .sort()
    .reverse()
}

/**
 * Makes a hub from a copy where there is none. It is another database from now on (a new epoch):
 * what consoles were told after the copy was made is not in it, so they must ask before they go on.
 */
export async function restore(copy: string, place: string, key: Buffer | null): Promise<void> {
  if (isTaken(place)) throw new Error('there is a hub already')
  await madeAt(place, async draft => {
    copyFileSync(copy, draft)
    decryptCopy(draft, key)
    const database = openSqlite(draft, { mustExist: true, isBulk: true })
    await database.db
      .updateTable('meta')
      .set({ value: randomUUID() })
      .where('key', '=', 'epoch')
      .execute()
    await database.close()
  })
}

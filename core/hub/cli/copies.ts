import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backUp, restore } from '../store/copies.ts'
import { NotVacant } from '../store/copy-rows.ts'
import { writeCsv } from '../store/csv.ts'
import { BadDump, readDump, writeDump } from '../store/dump.ts'
import { openHubStore } from '../store/hub-store.ts'
import { isTaken } from '../store/made-at.ts'
import { isPostgres, shownPlace } from '../store/place.ts'
import { Misused } from './command-line.ts'
import { type Desk, Stopped, withFolder, withStore } from './desk.ts'
import { backupKey } from './key-file.ts'

const fileOf = ({ line }: Desk): string => {
  const [verb, path] = line.words
  if (path === undefined) throw new Misused(verb ?? '')
  return resolve(path)
}

/** `export FILE.json`, or `export FOLDER --format csv`: a folder that is not there yet. */
export async function exportCommand(desk: Desk): Promise<void> {
  const path = fileOf(desk)
  const isCsv = desk.line.format === 'csv'
  if (isCsv && existsSync(path)) throw new Stopped(desk.t('hubDatabase.folderTaken', { path }))
  const rows = await withStore(desk, ({ database }) =>
    isCsv ? writeCsv(database, path) : writeDump(database, path),
  )
  desk.say(desk.t('hub.cli.exported', { path, rows }))
}

/** `import FILE.json`: only where there is no hub yet, or one with nobody in it. */
export async function importCommand(desk: Desk): Promise<void> {
  const path = fileOf(desk)
  const { t, line, say } = desk
  if (!existsSync(path)) throw new Stopped(t('hub.cli.noFile', { path }))
  const rows = await withFolder(desk, async () => {
    if (!(await isVacant(line.databasePath))) throw taken(desk)
    return readDump(path, line.databasePath).catch(error => {
      if (error instanceof NotVacant) throw taken(desk)
      throw error instanceof BadDump
        ? new Stopped(t('hub.cli.badDump', { why: error.message }))
        : error
    })
  })
  say(t('hub.cli.imported', { path, rows }))
}

const taken = ({ t, line }: Desk): Stopped =>
  new Stopped(t('hub.cli.exists', { path: shownPlace(line.databasePath) }))

async function isVacant(place: string): Promise<boolean> {
  if (!isPostgres(place) && !existsSync(place)) return true
  const store = await openHubStore(place)
  const { index } = await store.world()
  await store.close()
  return index.employeeById.size === 0
}

/** `backup [--to FOLDER]` */
export async function backupCommand(desk: Desk): Promise<void> {
  const { line, t, say } = desk
  const folder = resolve(line.to ?? join(line.folder, 'backups'))
  const key = backupKey(desk.environment)
  const { path, bytes } = await withStore(desk, store =>
    backUp(store.database, folder, key, store.now()),
  )
  say(t('hub.cli.backedUp', { path, bytes }))
}

/** `restore FILE.db` */
export async function restoreCommand(desk: Desk): Promise<void> {
  const path = fileOf(desk)
  const { line, t, say } = desk
  if (!existsSync(path)) throw new Stopped(t('hub.cli.noFile', { path }))
  if (isTaken(line.databasePath)) throw taken(desk)
  await withFolder(desk, () =>
    restore(path, line.databasePath, backupKey(desk.environment)).catch(error => {
      throw error instanceof NotVacant ? taken(desk) : error
    }),
  )
  say(t('hub.cli.restored', { path }))
}

import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hubFile, isWorkspaceName, spaceFolder, workspaceId } from '../console/spaces.ts'
import { backUp } from '../hub/store/copies.ts'
import { openSqlite } from '../hub/store/sqlite.ts'
import { dataKey } from '../secrets/data-key.ts'
import { backupOutbox } from '../store/backup.ts'
import { openStore } from '../store/open-store.ts'
import { liveAddress } from './live.ts'
import type { ExitCode, Terminal } from './terminal.ts'

export interface BackupOrder {
  readonly dataFolder: string
  /** null: `backups` in the data folder. */
  readonly to: string | null
  readonly isJson: boolean
}

interface Copy {
  readonly path: string
  readonly bytes: number
}

/** Verified copies of every embedded hub and of every outbox, while nobody works on the folder. */
export async function backupCommand(order: BackupOrder, io: Terminal): Promise<ExitCode> {
  const { dataFolder, isJson } = order
  const address = await liveAddress(dataFolder)
  if (address !== null) {
    io.err(io.t('cli.live', { folder: dataFolder, address }))
    return 1
  }
  const names = new Set(['hubs', 'spaces'].flatMap(part => namesIn(join(dataFolder, part))))
  const secret = [...names].filter(name => name !== 'demo')
  const key = secret.length === 0 ? null : await keyOf(dataFolder)
  const locked = key === null ? secret : []
  const target = order.to ?? join(dataFolder, 'backups')
  const copies: Copy[] = []
  for (const name of names)
    if (!locked.includes(name))
      copies.push(
        ...(await copySpace({ dataFolder, name, target, key: name === 'demo' ? null : key })),
      )
  report({ copies, locked, target, isJson }, io)
  return locked.length === 0 ? 0 : 1
}

interface Space {
  readonly dataFolder: string
  readonly name: string
  readonly target: string
  /** Of the copies; null only for the demo. */
  readonly key: Buffer | null
}

async function copySpace(space: Space): Promise<Copy[]> {
  const { dataFolder, name } = space
  const hub = hubFile(dataFolder, name)
  const copies = existsSync(hub) ? [await copyHub(hub, space)] : []
  const hasOutbox = existsSync(join(spaceFolder(dataFolder, name), 'outbox.db'))
  return hasOutbox ? [...copies, copyOutbox(space)] : copies
}

async function copyHub(path: string, { name, target, key }: Space): Promise<Copy> {
  const database = openSqlite(path, { mustExist: true })
  try {
    return await backUp(database, join(target, name), key, Date.now())
  } finally {
    await database.close()
  }
}

function copyOutbox({ dataFolder, name, target, key }: Space): Copy {
  const folder = spaceFolder(dataFolder, name)
  const store = openStore({ folder, workspaceId: workspaceId(name), key, now: Date.now })
  try {
    const made = backupOutbox(store)
    const path = join(target, name, basename(made.path))
    mkdirSync(join(target, name), { recursive: true, mode: 0o700 })
    copyFileSync(made.path, path)
    return { path, bytes: made.bytes }
  } finally {
    store.close()
  }
}

async function keyOf(dataFolder: string): Promise<Buffer | null> {
  const answer = await dataKey({ folder: dataFolder, keyFile: process.env['NACHALO_KEY_FILE'] })
  return answer.kind === 'ok' ? answer.key : null
}

interface Made {
  readonly copies: readonly Copy[]
  readonly locked: readonly string[]
  readonly target: string
  readonly isJson: boolean
}

function report({ copies, locked, target, isJson }: Made, io: Terminal): void {
  if (isJson) io.out(JSON.stringify({ copies, locked }))
  else if (copies.length > 0) {
    io.out(io.t('cli.backup.done', { folder: target }))
    for (const { path, bytes } of copies)
      io.out(io.t('cli.backup.item', { name: path.slice(target.length + 1), bytes }))
  }
  if (locked.length > 0) io.err(io.t('cli.backup.locked', { names: locked.join(', ') }))
  else if (copies.length === 0 && !isJson) io.out(io.t('cli.backup.nothing'))
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(isWorkspaceName).toSorted() : []
}

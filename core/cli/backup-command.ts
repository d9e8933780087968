import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hubFile, isWorkspaceName, spaceFolder, workspaceId } from '../console/spaces.ts'
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
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** Verified copies of every embedded hub and of every outbox, while nobody works on the folder. */
export async function backupCommand(order: BackupOrder, io: Terminal): Promise<ExitCode> {
  const { dataFolder } = order
  const address = await liveAddress(dataFolder)
  if (address !== null) {
    io.err(io.t('cli.live', { folder: dataFolder, address }))
    return 1
  }
  const target = order.to ?? join(dataFolder, 'backups')
  const hubs = namesIn(join(dataFolder, 'hubs')).filter(name =>
    existsSync(hubFile(dataFolder, name)),
  )
  const desks = namesIn(join(dataFolder, 'spaces')).filter(name =>
    existsSync(join(spaceFolder(dataFolder, name), 'outbox.db')),
  )
  const key = desks.every(name => name === 'demo') ? null : await keyOf(dataFolder)
  const locked = key === null ? desks.filter(name => name !== 'demo') : []
  if (hubs.length + desks.length > 0) mkdirSync(target, { recursive: true, mode: 0o700 })
  const copies: Copy[] = []
  for (const name of hubs) copies.push(await copyHub(dataFolder, name, target))
  for (const name of desks)
    if (!locked.includes(name))
      copies.push(copyOutbox(dataFolder, name, target, name === 'demo' ? null : key))
  report({ copies, locked, target, isJson: order.isJson }, io)
  return locked.length === 0 ? 0 : 1
}

async function copyHub(dataFolder: string, name: string, target: string): Promise<Copy> {
  const path = join(target, `${name}-hub-${stamp()}.db`)
  const database = openSqlite(hubFile(dataFolder, name), { mustExist: true })
  try {
    await database.copyTo(path)
  } finally {
    await database.close()
  }
  return { name: `${name}/hub`, path, bytes: statSync(path).size }
}

function copyOutbox(dataFolder: string, name: string, target: string, key: Buffer | null): Copy {
  const store = openStore({
    folder: spaceFolder(dataFolder, name),
    workspaceId: workspaceId(name),
    key,
    now: Date.now,
  })
  try {
    const made = backupOutbox(store)
    const path = join(target, `${name}-${basename(made.path)}`)
    copyFileSync(made.path, path)
    return { name: `${name}/outbox`, path, bytes: made.bytes }
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
      io.out(io.t('cli.backup.item', { name: basename(path), bytes }))
  }
  if (locked.length > 0) io.err(io.t('cli.backup.locked', { names: locked.join(', ') }))
  else if (copies.length === 0 && !isJson) io.out(io.t('cli.backup.nothing'))
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(isWorkspaceName).toSorted() : []
}

/** Sorts by time and may stand in a file name everywhere. */
const stamp = (): string => new Date().toISOString().replaceAll(/[:.]/g, '-')

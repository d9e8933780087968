import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareId } from '../bare-id.ts'
import { startHub } from '../server.ts'
import { changeOrg } from '../store/change-org.ts'
import { backUp, lastCopyAt } from '../store/copies.ts'
import type { HubStore } from '../store/hub-store.ts'
import { type Desk, Stopped } from './desk.ts'
import { backupKey } from './key-file.ts'
import { signInOf } from './sign-in-options.ts'

const dayMs = 24 * 3_600_000

/** `serve`: answers until Ctrl+C or SIGTERM, with a verified copy a day. */
export async function serveCommand(desk: Desk): Promise<void> {
  const { line, t, say } = desk
  const tls = tlsOf(desk)
  const signIn = signInOf(desk)
  const key = backupKey(desk.environment)
  const { databasePath, host, port, language } = line
  // Whoever reads the log may go; the hub stays.
  process.stdout.on('error', () => undefined)
  const hub = await startHub({
    databasePath,
    host,
    port,
    language,
    ...(tls ? { tls } : {}),
    ...(signIn ? { signIn } : {}),
    log: say,
  })
  const folder = join(line.folder, 'backups')
  const copy = () =>
    void backUp(hub.store.database, folder, key, hub.store.now()).catch(error =>
      say(JSON.stringify({ fault: 'backup', why: error instanceof Error ? error.name : '' })),
    )
  const daily = setInterval(copy, dayMs)
  if (await isEmpty(hub.store)) {
    await furnish(hub.store, t('hub.cli.emptyDepartment'))
    say(t('hub.cli.empty'))
  } else if ((lastCopyAt(folder) ?? 0) < Date.now() - dayMs) copy()
  say(t('hub.cli.ready', { url: hub.url }))
  await stopAsked()
  clearInterval(daily)
  await hub.close()
}

function tlsOf({ line, t }: Desk): { readonly cert: string; readonly key: string } | null {
  const { tlsCert, tlsKey } = line
  if (tlsCert === undefined || tlsKey === undefined) return null
  try {
    return { cert: readFileSync(tlsCert, 'utf8'), key: readFileSync(tlsKey, 'utf8') }
  } catch {
    // Which of the two is missing matters less than that nothing is served without them.
    throw new Stopped(t('hub.cli.noFile', { path: `${tlsCert}, ${tlsKey}` }))
  }
}

async function isEmpty(store: HubStore): Promise<boolean> {
  return (await store.world()).index.employeeById.size === 0
}

/** One department, so that a case has somewhere to go from the first minute. */
async function furnish(store: HubStore, name: string): Promise<void> {
  if ((await store.world()).top !== null) return
  await changeOrg(store, {
    departments: [
      {
        departmentId: bareId('department', 'top'),
        parentId: null,
        name,
        defaultLimit: null,
        hoursPerPoint: null,
        zone: null,
      },
    ],
  })
}

const stopAsked = () =>
  new Promise<void>(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })

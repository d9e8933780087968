/** The console's core: composition root and the two doors. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createConsole } from './console/console.ts'
import { createLog } from './console/log.ts'
import { startOptions } from './console/options.ts'
import { askToShow, forgetRunning, newSecret, writeRunning } from './console/running.ts'
import { dataFolder as dataFolderOf } from './data-folder.ts'
import { openBrowserDoor } from './doors/browser-door.ts'
import { openParentDoor, type ParentPort } from './doors/parent-door.ts'
import { StoreError } from './store/errors.ts'
import { lockFolder } from './store/lock.ts'
import { worldError } from './store/world-error.ts'
import { createWords } from './words/words.ts'

const isSource = import.meta.url.endsWith('.ts')
const built = (name: string, source: string) => new URL(isSource ? source : name, import.meta.url)

/** One JSON line a fact: read by `npm start`, by Electron and by tests. */
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

// Whatever lies in a folder others may read is still this user's alone.
process.umask(0o077)

const options = startOptions(process.argv.slice(2))
const dataFolder = dataFolderOf(options.dataFolder)
const lock = holdFolder()
if (!lock) {
  const url = await askToShow(dataFolder)
  say(url ? { kind: 'already', url } : failed('inUse'))
  process.exit(url ? 0 : 1)
}

/** A folder that cannot be made or written ends the start with the reason; nothing is there half. */
function holdFolder(): ReturnType<typeof lockFolder> {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    return lockFolder(dataFolder)
  } catch (error) {
    if (!(worldError(error, dataFolder) instanceof StoreError)) throw error
    say(failed('cannotOpen'))
    return process.exit(1)
  }
}

/** `sentence` is for a window that has nothing else to show yet. */
function failed(code: 'inUse' | 'cannotOpen') {
  const { t } = createWords(options.language ?? 'ru')
  const sentence = t(`launcher.failed.${code}`, { path: dataFolder })
  return { kind: 'failed', code, path: dataFolder, sentence }
}

const log = createLog(dataFolder)
process.on('unhandledRejection', error => log('unhandledRejection', error))
process.on('uncaughtException', error => {
  log('uncaughtException', error)
  process.exit(1)
})

const parent = 'parentPort' in process ? (process.parentPort as ParentPort | null) : null
const desk = createConsole({
  dataFolder,
  version: '0.1.0',
  language: options.language,
  keyFile: process.env['NACHALO_KEY_FILE'],
  embeddedHub: built('embedded.js', './hub/embedded.ts'),
  demoPortal: process.env['NACHALO_DEMO_PORTAL']?.split(' '),
  log,
  onNews: news => parent?.postMessage(news),
})

await begin()
const close = await openDoor()
void desk.warmUp()

/** The window finds its space open; a file that cannot be imported ends the start with the reason. */
async function begin(): Promise<void> {
  const { importing, space } = options
  if (!importing) return void (await desk.begin(space))
  const { preview } = await desk.importAndOpen(importing.file, importing.mapping, importing.asOf)
  if (!preview.problem) return
  say({ kind: 'failed', code: 'import', problem: preview.problem })
  process.exit(1)
}

async function openDoor(): Promise<() => Promise<void>> {
  if (parent) {
    openParentDoor(parent, { onWire: desk.attach, onOpenCase: desk.openCase })
    return async () => {}
  }
  const showSecret = newSecret()
  const door = await openBrowserDoor({
    port: options.port,
    root: options.page ?? fileURLToPath(built('../renderer', '../out/renderer')),
    strangerText: createWords(options.language ?? 'ru').t('launcher.stranger'),
    showSecret,
    onWire: desk.attach,
    onShow: desk.show,
  })
  writeRunning(dataFolder, {
    pid: process.pid,
    address: `http://127.0.0.1:${door.port}`,
    secret: showSecret,
  })
  say({ kind: 'ready', url: door.newAddress(), windowUrl: door.newAddress(), dataFolder })
  return door.close
}

let isEnding = false
async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  await close()
  await desk.close()
  forgetRunning(dataFolder)
  lock?.release()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

import { join } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import { startCore, type CoreProcess } from './core-process.ts'
import { guardContents, guardSession } from './guard.ts'
import { setMenu } from './menu.ts'
import { openExternal } from './open-external.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { focusWindow, openWindow } from './window.ts'

const built = join(import.meta.dirname, '..')
const terminator = process.argv.indexOf('--')
const args = terminator < 0 ? [] : process.argv.slice(terminator + 1)
const dataFolder = args[args.indexOf('--data-dir') + 1]

// One window for one data folder: the lock lies in Electron's own folder inside it.
if (args.includes('--data-dir') && dataFolder) app.setPath('userData', join(dataFolder, 'electron'))
app.enableSandbox()
declarePageScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()

function run(): void {
  setMenu(process.platform)
  servePage(join(built, 'renderer'))
  guardSession(session.defaultSession)
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, url => void openExternal(url)),
  )
  const core = startCore(join(built, 'main', 'core.js'), args, {
    restarted: () =>
      BrowserWindow.getAllWindows().forEach(({ webContents }) => core.link(webContents)),
    ended: () => app.quit(),
  })
  show(core)
  app.on('second-instance', () => focusWindow(BrowserWindow.getAllWindows()[0]))
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && show(core))
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => core.end())
}

/** A page that was loaded, also again, gets a port of its own. */
function show(core: CoreProcess): void {
  const { webContents } = openWindow(built)
  webContents.on('did-finish-load', () => core.link(webContents))
}

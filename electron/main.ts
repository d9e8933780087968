import { join } from 'node:path'
import { app, BrowserWindow, dialog, screen, session } from 'electron'
import { startCore } from './core-process.ts'
import { settle } from './desktop.ts'
import { guardContents, guardSession, mayHavePort } from './guard.ts'
import { caseNumberOf, startOf } from './link.ts'
import { hasTray } from './manners.ts'
import { openExternal } from './open-external.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { boundsOn, readRemembered } from './remembered.ts'
import { focusWindow, openWindow, windowTitle } from './window.ts'

const built = join(import.meta.dirname, '..')
const { platform, env } = process
const { args, caseNumber } = startOf(process.argv)
const dataFolder = args[args.indexOf('--data-dir') + 1]
/** Of a link that came before anything was there to open it. */
let early = caseNumber
let open = (number: string | null): void => void (early = number)

// One window for one data folder: the lock lies in Electron's own folder inside it.
const home = args.includes('--data-dir') && dataFolder ? dataFolder : app.getPath('userData')
app.setPath('userData', join(home, 'electron'))
app.setAppUserModelId('nachalo.console')
app.enableSandbox()
declarePageScheme()
app.on('open-url', (event, url) => {
  event.preventDefault()
  open(caseNumberOf(url))
})
if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()

function run(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('nachalo')
  servePage(join(built, 'renderer'))
  guardSession(session.defaultSession)
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, url => void openExternal(url)),
  )
  const memory = join(app.getPath('userData'), 'window.json')
  const stood = readRemembered(memory)
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const core = startCore(join(built, 'main', 'core.js'), args, {
    restarted: () => BrowserWindow.getAllWindows().forEach(link),
    ended(why) {
      if (why !== null) dialog.showErrorBox(windowTitle, why)
      app.quit()
    },
    said: message => desktop.hear(message),
  })
  const window = openWindow(built, { ...stood, bounds: boundsOn(displays, stood.bounds) })
  const desktop = settle(window, {
    platform,
    memory,
    pictures: join(built, '..', 'resources', 'tray'),
    isHiding: hasTray(platform, env['XDG_CURRENT_DESKTOP']),
  })
  // A page that was loaded, also again, gets a port of its own; only our page does.
  const link = ({ webContents }: BrowserWindow) => {
    if (mayHavePort(webContents)) core.link(webContents)
  }
  window.webContents.on('did-finish-load', () => link(window))
  const show = () => focusWindow(window)
  if (early !== null) core.openCase(early)
  open = number => {
    if (number !== null) core.openCase(number)
    show()
  }
  app.on('second-instance', (_event, argv) => open(startOf(argv).caseNumber))
  app.on('activate', show)
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => core.end())
}

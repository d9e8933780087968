import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'

/** What our code said to Electron, by name of the function, in order. */
export const said: { readonly name: string; readonly args: readonly unknown[] }[] = []
export const forget = (): void => void (said.length = 0)
export const lastSaid = (name: string): readonly unknown[] =>
  said.findLast(each => each.name === name)?.args ?? []

const note =
  (name: string, answer?: unknown) =>
  (...args: unknown[]): unknown => {
    said.push({ name, args })
    return answer
  }

class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = []
  static readonly getAllWindows = () => FakeWindow.all
  readonly webContents = Object.assign(new EventEmitter(), {
    postMessage: note('webContents.postMessage'),
    setZoomFactor: note('setZoomFactor'),
    getURL: () => state.url,
    isDestroyed: () => state.isDestroyed,
  })
  readonly loadURL = note('loadURL', Promise.resolve())
  readonly show = note('show')
  readonly focus = note('focus')
  readonly restore = note('restore')
  readonly hide = note('hide')
  readonly maximize = note('maximize')
  readonly setOverlayIcon = note('setOverlayIcon')
  readonly isMinimized = () => true
  readonly isMaximized = () => state.isMaximized
  readonly isVisible = () => state.isVisible
  readonly getNormalBounds = () => state.bounds
  constructor(options: unknown) {
    super()
    said.push({ name: 'BrowserWindow', args: [options] })
    FakeWindow.all = [this]
  }
}

export const lastWindow = (): FakeWindow => {
  const [window] = FakeWindow.all
  if (!window) throw new Error('no window was opened')
  return window
}

/** How the window stands, as Electron would tell. */
export const state = {
  url: 'app://nachalo/index.html',
  isDestroyed: false,
  isVisible: true,
  isMaximized: false,
  bounds: { x: 10, y: 20, width: 1200, height: 800 },
}

/** The trays and notifications that were made; `emit('click')` is a click on one. */
export const trays: FakeTray[] = []
class FakeTray extends EventEmitter {
  readonly setImage = note('tray.setImage')
  readonly setToolTip = note('tray.setToolTip')
  readonly setTitle = note('tray.setTitle')
  readonly setContextMenu = note('tray.setContextMenu')
  constructor(picture: unknown) {
    super()
    said.push({ name: 'Tray', args: [picture] })
    trays.push(this)
  }
}

export const notifications: FakeNotification[] = []
class FakeNotification extends EventEmitter {
  static readonly isSupported = () => true
  readonly show = note('notification.show')
  readonly close = note('notification.close')
  constructor(options: unknown) {
    super()
    said.push({ name: 'Notification', args: [options] })
    notifications.push(this)
  }
}

class FakeChannel {
  readonly port1 = { end: 1 }
  readonly port2 = { end: 2 }
}

/** The core processes that were forked; `emit('exit', code)` ends one. */
export const forked: EventEmitter[] = []
const fork = (...args: unknown[]): EventEmitter => {
  said.push({ name: 'fork', args })
  const child = Object.assign(new EventEmitter(), {
    postMessage: note('core.postMessage'),
    kill: note('kill'),
    stdout: new EventEmitter(),
  })
  forked.push(child)
  return child
}

/** `emit` what Electron would tell the app. */
export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  getPath: (name: string) => `/paths/${name}`,
  setPath: note('setPath'),
  setAppUserModelId: note('setAppUserModelId'),
  setAsDefaultProtocolClient: note('setAsDefaultProtocolClient'),
  setBadgeCount: note('setBadgeCount', true),
  enableSandbox: note('enableSandbox'),
  requestSingleInstanceLock: () => note('requestSingleInstanceLock', isFirst)(),
  whenReady: note('whenReady', Promise.resolve()),
  quit: note('quit'),
})
let isFirst = true
/** From now on another instance holds the lock, or none. */
export const setFirst = (isIt: boolean): void => void (isFirst = isIt)

const sessionSetters = [
  'PermissionRequest',
  'PermissionCheck',
  'DevicePermission',
  'DisplayMediaRequest',
  'USBProtectedClasses',
  'BluetoothPairing',
].map(name => `set${name}Handler`)

/** What the user answers to a question. */
export const answers = { response: 0 }

export const ipcRenderer = new EventEmitter()

const electron: Record<string, unknown> = {
  app,
  session: {
    defaultSession: Object.fromEntries(sessionSetters.map(name => [name, note(name)])),
  },
  BrowserWindow: FakeWindow,
  MessageChannelMain: FakeChannel,
  Tray: FakeTray,
  Notification: FakeNotification,
  nativeImage: { createFromPath: note('createFromPath', 'picture') },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
  utilityProcess: { fork },
  ipcRenderer,
  contextBridge: { exposeInMainWorld: note('exposeInMainWorld') },
  dialog: {
    showErrorBox: note('showErrorBox'),
    showMessageBox: (options: unknown) => Promise.resolve(note('ask', answers)(options)),
  },
  shell: { openExternal: note('openExternal', Promise.resolve()), openPath: note('openPath') },
  protocol: { handle: note('handle'), registerSchemesAsPrivileged: note('registerSchemes') },
  Menu: { setApplicationMenu: note('setMenu'), buildFromTemplate: note('buildMenu', 'menu') },
}

/**
 * From now on `import … from 'electron'` gives what is above: the npm package would download a
 * runtime, and this checks what we tell Electron, not what Electron does.
 */
export function installFakeElectron(): void {
  Object.assign(globalThis, { fakeElectron: electron })
  const source = Object.keys(electron).map(name => `export const ${name} = fakeElectron.${name}`)
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: 'fake:electron', format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === 'fake:electron'
        ? { format: 'module', source: source.join('\n'), shortCircuit: true }
        : next(url, context),
  })
}

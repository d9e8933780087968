/** The window's manners, told to a stand-in. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, test } from 'node:test'
import {
  app,
  forget,
  installFakeElectron,
  lastSaid,
  notifications,
  said,
  state,
  trays,
} from './testing/fake-electron.ts'

installFakeElectron()
const { settle } = await import('./desktop.ts')
const { openWindow } = await import('./window.ts')
const { hasTray } = await import('./manners.ts')
const core: { desktopNews(told: object): object } = await import(
  new URL('../core/console/desktop-news.ts', import.meta.url).href
)

const newsOf = (waiting: number, arrived: number, language = 'ru') =>
  core.desktopNews({ waiting, arrived, language })
const names = () => said.map(({ name }) => name)
interface Item {
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly visible?: boolean
  readonly submenu?: readonly Item[]
  readonly click?: () => void
}

beforeEach(() => {
  forget()
  app.removeAllListeners()
  trays.length = notifications.length = 0
  Object.assign(state, { isVisible: true, isMaximized: false })
})

function settled(platform: string, isHiding = true) {
  const memory = join(mkdtempSync(join(tmpdir(), 'nachalo-desktop-')), 'window.json')
  const window = openWindow('/built', { bounds: null, isMaximized: false })
  const desktop = settle(window, { platform, pictures: '/pictures', memory, isHiding })
  return { window, hear: desktop.hear, remembered: () => JSON.parse(readFileSync(memory, 'utf8')) }
}

/** Closes the window as a user does; true: it stayed. */
function isKept(window: NodeJS.EventEmitter): boolean {
  let isStopped = false
  window.emit('close', { preventDefault: () => (isStopped = true) })
  return isStopped
}

test('where there is a tray closing hides, and quitting closes', () => {
  const { window } = settled('win32')
  assert.equal(isKept(window), true)
  assert.equal(names().at(-1), 'hide')
  app.emit('before-quit')
  assert.equal(isKept(window), false)
})

test('where there is none closing closes', () => {
  const { window } = settled('linux', false)
  assert.equal(isKept(window), false)
  assert.ok(!names().includes('hide') && trays.length === 0)
})

test('only desktops known to show a tray are taken at their word', () => {
  const shown = ['KDE', 'XFCE', 'ubuntu:GNOME', 'X-Cinnamon', 'MATE', 'LXQt', 'Unity']
  const notShown = ['GNOME', 'sway', 'Hyprland', '', 'KDE\nGNOME', undefined]
  assert.deepEqual(
    [...shown, ...notShown].map(name => hasTray('linux', name)),
    [...shown.map(() => true), ...notShown.map(() => false)],
  )
  assert.deepEqual(
    ['win32', 'darwin', 'freebsd'].map(platform => hasTray(platform, undefined)),
    [true, true, false],
  )
})

test('the count stands on tray, badge and, on Windows, over the icon', () => {
  const { hear } = settled('win32')
  hear(newsOf(42, 0))
  assert.deepEqual(lastSaid('tray.setToolTip'), ['«Начало»: 42 дела'])
  assert.deepEqual(lastSaid('tray.setImage'), [join('/pictures', 'tray-waiting.png')])
  assert.deepEqual(lastSaid('setBadgeCount'), [42])
  assert.deepEqual(lastSaid('setOverlayIcon'), ['picture', '«Начало»: 42 дела'])
  hear(newsOf(0, 0))
  assert.deepEqual(lastSaid('tray.setImage'), [join('/pictures', 'tray.png')])
  assert.deepEqual(lastSaid('setOverlayIcon'), [null, '«Начало»: всё роздано'])
})

test('macOS writes the count beside its own picture', () => {
  const { hear } = settled('darwin')
  hear(newsOf(42, 0))
  assert.deepEqual(lastSaid('tray.setTitle'), ['42'])
  assert.deepEqual(lastSaid('tray.setImage'), [join('/pictures', 'trayTemplate.png')])
  assert.deepEqual(lastSaid('setOverlayIcon'), [])
})

test('the tray shows the window and ends the program', () => {
  const { hear } = settled('linux')
  hear(newsOf(1, 0))
  const [items] = lastSaid('buildMenu') as [readonly Item[]]
  assert.deepEqual(
    items.map(({ label }) => label),
    ['Показать «Начало»', undefined, 'Выйти'],
  )
  forget()
  trays[0]?.emit('click')
  items[0]?.click?.()
  items[2]?.click?.()
  assert.deepEqual(names(), ['restore', 'show', 'focus', 'restore', 'show', 'focus', 'quit'])
})

test('many cases that come while the window is hidden make one notification, and a click shows it', () => {
  const { window, hear } = settled('win32')
  state.isVisible = false
  hear(newsOf(40, 1))
  hear(newsOf(42, 3))
  hear(newsOf(42, 3))
  assert.deepEqual(
    said.filter(({ name }) => name === 'Notification').map(({ args }) => args[0]),
    [
      { title: 'Начало', body: '+1 новое дело' },
      { title: 'Начало', body: '+3 новых дела' },
    ],
  )
  assert.equal(names().filter(name => name === 'notification.close').length, 1)
  forget()
  notifications[1]?.emit('click')
  window.emit('show')
  assert.deepEqual(names(), ['restore', 'show', 'focus', 'notification.close'])
  hear(newsOf(43, 1))
  assert.equal(notifications.length, 3)
})

test('a window that is seen needs no notification', () => {
  const { window, hear } = settled('win32')
  Object.assign(window, { isMinimized: () => false })
  hear(newsOf(42, 3))
  assert.equal(notifications.length, 0)
  Object.assign(window, { isMinimized: () => true })
  hear(newsOf(42, 3))
  assert.equal(notifications.length, 1)
})

test('what is no news changes nothing', () => {
  const { hear } = settled('win32')
  forget()
  for (const message of [null, 'x', {}, { ...newsOf(1, 1), subject: 'x' }]) hear(message)
  assert.deepEqual(said, [])
})

test('the menu speaks the window’s language and takes no key of the page', () => {
  const { hear } = settled('linux')
  const menu = () => lastSaid('buildMenu')[0] as readonly Item[]
  hear(newsOf(1, 0, 'en'))
  hear(newsOf(1, 0))
  const built = said.filter(({ name }) => name === 'setMenu').length
  hear(newsOf(2, 0))
  assert.equal(said.filter(({ name }) => name === 'setMenu').length, built)
  const [menus] = said.filter(({ name }) => name === 'buildMenu').map(({ args }) => args[0]) as [
    readonly Item[],
  ]
  assert.deepEqual(
    menus.map(({ label }) => label),
    ['Program', 'View'],
  )
  assert.ok(menu().length > 0)
  const keys = menus.flatMap(({ submenu }) => submenu?.map(({ accelerator }) => accelerator) ?? [])
  assert.deepEqual(
    keys.filter(key => key !== undefined),
    [
      'CommandOrControl+Q',
      'CommandOrControl+Plus',
      'CommandOrControl+=',
      'CommandOrControl+numadd',
      'CommandOrControl+-',
      'CommandOrControl+numsub',
      'CommandOrControl+0',
      'CommandOrControl+num0',
    ],
  )
})

test('until the window has spoken there is no menu, but on macOS', () => {
  settled('linux')
  assert.deepEqual(lastSaid('setMenu'), [null])
  forget()
  settled('darwin')
  assert.ok(!names().includes('setMenu'))
})

test('macOS keeps its own menus, so that copying works there', () => {
  const { hear } = settled('darwin')
  hear(newsOf(1, 0))
  const all = said.filter(({ name }) => name === 'buildMenu').map(({ args }) => args[0])
  const menus = all.find(items => (items as Item[]).some(({ role }) => role !== undefined))
  assert.deepEqual(
    (menus as Item[]).map(({ role, label }) => role ?? label),
    ['appMenu', 'editMenu', 'Вид', 'windowMenu'],
  )
})

test('the size of the page is remembered and comes back with it', () => {
  const { window, hear, remembered } = settled('linux')
  hear(newsOf(1, 0))
  const built = said.filter(({ name }) => name === 'buildMenu').map(({ args }) => args[0])
  const view = (built as (readonly Item[])[]).flat().find(({ label }) => label === 'Вид')
  const press = (label: string) => view?.submenu?.find(item => item.label === label)?.click?.()
  press('Крупнее')
  press('Крупнее')
  assert.deepEqual([lastSaid('setZoomFactor'), remembered().zoom], [[1.25], 1.25])
  window.webContents.emit('did-finish-load')
  assert.deepEqual(lastSaid('setZoomFactor'), [1.25])
  press('Обычный размер')
  assert.deepEqual([lastSaid('setZoomFactor'), remembered().zoom], [[1], 1])
})

test('where the window stood is remembered when it is left', () => {
  const { window, remembered } = settled('linux')
  state.isMaximized = true
  window.emit('blur')
  assert.deepEqual(remembered(), { bounds: state.bounds, isMaximized: true, zoom: 1 })
})

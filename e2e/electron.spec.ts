/** What only Electron does; where its runtime is missing these are reported as not run here. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test, type ElectronApplication } from '@playwright/test'
import { FirstRun } from './pages/first-run.ts'

const root = join(import.meta.dirname, '..')
const electronFolder = join(root, 'node_modules', 'electron')
const pathFile = join(electronFolder, 'path.txt')
const runtime = existsSync(pathFile)
  ? join(electronFolder, 'dist', readFileSync(pathFile, 'utf8'))
  : null
const isShown =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

test.skip(!runtime || !existsSync(runtime) || !isShown, 'no Electron runtime or no display')

let app: ElectronApplication
let dataFolder: string

const launch = (): Promise<ElectronApplication> =>
  _electron.launch({
    ...(runtime ? { executablePath: runtime } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      root,
      '--',
      '--data-dir',
      dataFolder,
      '--lang',
      'ru',
    ],
  })

test.beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'nachalo-electron-'))
  app = await launch()
})
test.afterEach(() => app.close())

test('the window opens and the core answers it over its port', async () => {
  const page = await app.firstWindow()
  await expect(new FirstRun(page).heading).toBeVisible()
  expect(page.url()).toBe('app://nachalo/index.html')
})

test('the page has nothing of Node or Electron', async () => {
  const page = await app.firstWindow()
  const names = ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer']
  expect(await page.evaluate(all => all.filter(name => name in globalThis), names)).toEqual([])
})

test('the page can neither leave nor open another window', async () => {
  const page = await app.firstWindow()
  await expect(new FirstRun(page).heading).toBeVisible()
  await page.evaluate(() => {
    globalThis.open('https://example.com/')
    location.href = 'https://example.com/'
  })
  await page.waitForTimeout(500)
  expect(page.url()).toBe('app://nachalo/index.html')
  expect(app.windows()).toHaveLength(1)
})

test('no permission is given', async () => {
  const page = await app.firstWindow()
  const states = await page.evaluate(() =>
    Promise.all(
      (['geolocation', 'notifications', 'camera', 'microphone'] as const).map(async name => {
        const { state } = await navigator.permissions.query({ name })
        return state
      }),
    ),
  )
  expect(states).not.toContain('granted')
})

test('a second start ends at once and the first stays', async () => {
  await app.firstWindow()
  const second = await launch().catch(() => null)
  await second?.waitForEvent('close').catch(() => null)
  expect(app.windows()).toHaveLength(1)
})

test('the built-in demo opens: the database runs in the core’s own process', async () => {
  const page = await app.firstWindow()
  const firstRun = new FirstRun(page)
  await firstRun.demo.click()
  await expect(firstRun.heading).toBeHidden()
})

const everything = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
const isVisible = () =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)

test('the window has the size and the place it was left with, and its zoom', async () => {
  await app.firstWindow()
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1000, height: 700 }),
  )
  await app.evaluate(({ app: program }) => program.quit()).catch(() => null)
  await app.waitForEvent('close')
  app = await launch()
  await app.firstWindow()
  const bounds = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  )
  expect(bounds).toMatchObject({ width: 1000, height: 700 })
})

test('the menu of the window is in its language and makes the page larger', async () => {
  const page = await app.firstWindow()
  await expect(new FirstRun(page).heading).toBeVisible()
  const labels = () =>
    app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [])
  await expect.poll(labels).toContain('Вид')
  await page.keyboard.press('ControlOrMeta+Equal')
  const zoom = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    )
  await expect.poll(zoom).toBeCloseTo(1.1)
})

test('closing hides the window where there is a tray, and a second start shows it again', async () => {
  test.skip(
    process.platform === 'linux' &&
      !/KDE|XFCE|ubuntu/i.test(process.env['XDG_CURRENT_DESKTOP'] ?? ''),
    'this desktop shows no tray',
  )
  const page = await app.firstWindow()
  await expect(new FirstRun(page).heading).toBeVisible()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(isVisible).toBe(false)
  expect(await everything()).toBe(1)
  await launch().catch(() => null)
  await expect.poll(isVisible).toBe(true)
})

test('a link from the system opens its case', async () => {
  const page = await app.firstWindow()
  const firstRun = new FirstRun(page)
  await firstRun.demo.click()
  await expect(firstRun.heading).toBeHidden()
  const number = await page.locator('.ag-row [col-id="number"]').first().innerText()
  await app.evaluate(
    ({ app: program }, link) => program.emit('second-instance', {}, ['nachalo', link]),
    `nachalo://case/${number}`,
  )
  await expect(page.getByRole('region', { name: `Дело №${number}` })).toBeVisible()
})

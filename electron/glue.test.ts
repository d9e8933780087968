/** What our code tells Electron, heard by a stand-in: the runtime itself is met in e2e/electron.spec.ts. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, mock, test } from 'node:test'
import { contentPolicy, pageUrl, safePreferences } from './decisions.ts'
import {
  answers,
  forget,
  forked,
  installFakeElectron,
  ipcRenderer,
  lastSaid,
  said,
} from './testing/fake-electron.ts'

installFakeElectron()
const { openWindow, focusWindow } = await import('./window.ts')
const { declarePageScheme, servePage } = await import('./page-protocol.ts')
const { startCore } = await import('./core-process.ts')
const { openExternal } = await import('./open-external.ts')

const anywhere = { bounds: null, isMaximized: false }

beforeEach(() => {
  forget()
  forked.length = 0
})

test('the window is opened with the safe preferences and nothing over them', () => {
  const window = openWindow('/built', anywhere)
  const [options] = lastSaid('BrowserWindow') as [{ webPreferences: object; show: boolean }]
  assert.deepEqual(options.webPreferences, {
    ...safePreferences,
    preload: join('/built', 'preload', 'preload.cjs'),
  })
  assert.equal(options.show, false)
  assert.deepEqual(lastSaid('loadURL'), [pageUrl])
  window.emit('ready-to-show')
  assert.equal(said.at(-1)?.name, 'show')
})

test('a second start brings the window to the front, and one that is gone is no error', () => {
  focusWindow(openWindow('/built', anywhere))
  assert.deepEqual(
    said.slice(-3).map(({ name }) => name),
    ['restore', 'show', 'focus'],
  )
  assert.doesNotThrow(() => focusWindow(undefined))
})

test('app:// is a secure origin of its own that asks other origins for leave', () => {
  declarePageScheme()
  assert.deepEqual(lastSaid('registerSchemes'), [
    [
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
      },
    ],
  ])
})

test('the page is served with its policy, and nothing else is served', async () => {
  const root = mkdtempSync(join(tmpdir(), 'nachalo-page-'))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  servePage(root)
  const [, serve] = lastSaid('handle') as [string, (request: object) => Promise<Response>]
  const page = await serve({ method: 'GET', url: pageUrl })
  assert.deepEqual(
    [page.status, page.headers.get('content-security-policy'), await page.text()],
    [200, contentPolicy, '<!doctype html>'],
  )
  for (const request of [
    { method: 'POST', url: pageUrl },
    { method: 'GET', url: 'app://nachalo/assets/none.js' },
    { method: 'GET', url: 'app://nachalo/%2e%2e/%2e%2e/etc/passwd.html' },
  ])
    assert.equal((await serve(request)).status, 404)
})

test('page and core get the two ends of one port', () => {
  const contents = openWindow('/built', anywhere).webContents
  startCore('/built/main/core.js', ['--lang', 'ru'], {
    restarted: () => {},
    ended: () => {},
    said: () => {},
  }).link(contents)
  assert.deepEqual(lastSaid('fork').slice(0, 2), ['/built/main/core.js', ['--lang', 'ru']])
  assert.deepEqual(lastSaid('core.postMessage'), [{ kind: 'port' }, [{ end: 1 }]])
  assert.deepEqual(lastSaid('webContents.postMessage'), ['nachalo-port', null, [{ end: 2 }]])
})

test('a core that dies is started again, later each time; one with nothing to do ends the app', t => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  t.after(() => mock.timers.reset())
  const heard: string[] = []
  startCore('core.js', [], {
    restarted: () => heard.push('restarted'),
    ended: () => heard.push('ended'),
    said: () => {},
  })
  forked[0]?.emit('exit', 1)
  mock.timers.tick(999)
  assert.deepEqual([forked.length, heard], [1, []])
  mock.timers.tick(1)
  assert.deepEqual([forked.length, heard], [2, ['restarted']])
  forked[1]?.emit('exit', 1)
  mock.timers.tick(1999)
  assert.equal(forked.length, 2)
  mock.timers.tick(1)
  assert.equal(forked.length, 3)
  forked[2]?.emit('exit', 0)
  mock.timers.tick(60_000)
  assert.deepEqual([forked.length, heard], [3, ['restarted', 'restarted', 'ended']])
})

test('a core that cannot work here is not started over and over, and its reason is passed on', () => {
  const heard: (string | null)[] = []
  startCore('core.js', [], {
    restarted: () => heard.push('restarted'),
    ended: why => heard.push(why),
    said: () => {},
  })
  const core = forked[0] as { stdout?: NodeJS.EventEmitter } & NodeJS.EventEmitter
  core.stdout?.emit('data', Buffer.from('{"kind":"failed","code":"inUse","sentence":"Занято."}\n'))
  core.emit('exit', 1)
  assert.deepEqual([forked.length, heard], [1, ['Занято.']])
})

test('nothing is opened outside without a yes, and what is unsafe is not even asked about', async () => {
  await openExternal('file:///etc/passwd')
  assert.deepEqual(said, [])
  answers.response = 0
  await openExternal('https://example.com/')
  assert.deepEqual(
    said.map(({ name }) => name),
    ['ask'],
  )
  answers.response = 1
  await openExternal('https://example.com/')
  assert.deepEqual(lastSaid('openExternal'), ['https://example.com/'])
})

test('the preload hands the port on to our own origin and leaves the page nothing else', async () => {
  const posted: unknown[] = []
  const page = { postMessage: (...args: unknown[]) => posted.push(args) }
  Object.assign(globalThis, { window: page, location: { origin: 'app://nachalo' } })
  const before = Object.keys(globalThis)
  const preload = await import('./preload.ts')
  assert.deepEqual(
    [Object.keys(preload), Object.keys(globalThis), Object.keys(page)],
    [[], before, ['postMessage']],
  )
  assert.deepEqual(lastSaid('exposeInMainWorld'), [])
  assert.deepEqual(ipcRenderer.eventNames(), ['nachalo-port'])
  ipcRenderer.emit('nachalo-port', { ports: ['port'], sender: 'never passed on' })
  assert.deepEqual(posted, [[{ kind: 'nachalo-port' }, 'app://nachalo', ['port']]])
})

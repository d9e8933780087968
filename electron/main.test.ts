/** The composition of the Electron side, told to a stand-in in the order it happens. */
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  app,
  forget,
  forked,
  installFakeElectron,
  lastSaid,
  lastWindow,
  said,
  setFirst,
} from './testing/fake-electron.ts'

installFakeElectron()
const names = () => said.map(({ name }) => name)
const start = async (query: string) => {
  forget()
  app.removeAllListeners()
  forked.length = 0
  await import(`./main.ts?${query}`)
  await new Promise(setImmediate)
}

test('the first start is sandboxed before it is ready, guarded before it shows, and serves one folder', async () => {
  process.argv.push('--', '--data-dir', '/data', '--lang', 'ru')
  await start('first')
  const order = [
    'setPath',
    'setAppUserModelId',
    'enableSandbox',
    'registerSchemes',
    'requestSingleInstanceLock',
    'whenReady',
  ]
  assert.deepEqual(names().slice(0, 6), order)
  assert.deepEqual(lastSaid('setPath'), ['userData', join('/data', 'electron')])
  for (const before of [
    'handle',
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
  ])
    assert.ok(
      names().indexOf(before) < names().indexOf('BrowserWindow') && names().includes(before),
      before,
    )
  assert.deepEqual(lastSaid('fork')[1], ['--data-dir', '/data', '--lang', 'ru'])
  assert.equal(said.filter(({ name }) => name === 'BrowserWindow').length, 1)
})

test('every page that is loaded gets a port, again when it is loaded again', () => {
  forget()
  const window = lastWindow()
  window.webContents.emit('did-finish-load')
  window.webContents.emit('did-finish-load')
  assert.deepEqual(
    names().filter(name => name !== 'setZoomFactor'),
    ['core.postMessage', 'webContents.postMessage', 'core.postMessage', 'webContents.postMessage'],
  )
})

test('contents that are created are guarded, whatever they are', () => {
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => {} })
  app.emit('web-contents-created', {}, contents)
  assert.deepEqual(contents.eventNames().map(String).toSorted(), [
    'will-attach-webview',
    'will-frame-navigate',
    'will-navigate',
    'will-redirect',
  ])
})

test('a second start brings the first to the front', () => {
  forget()
  app.emit('second-instance', {}, ['/nachalo', '--some-switch'])
  assert.deepEqual(names(), ['restore', 'show', 'focus'])
})

test('a link opens its case in the window that is there, and a senseless one only shows it', () => {
  forget()
  app.emit('second-instance', {}, ['/nachalo', 'nachalo://case/5306'])
  assert.deepEqual(names(), ['core.postMessage', 'restore', 'show', 'focus'])
  assert.deepEqual(lastSaid('core.postMessage'), [{ kind: 'openCase', number: '5306' }])
  const prevented: string[] = []
  const event = { preventDefault: () => prevented.push('yes') }
  forget()
  app.emit('open-url', event, 'nachalo://case/17')
  assert.deepEqual(lastSaid('core.postMessage'), [{ kind: 'openCase', number: '17' }])
  forget()
  app.emit('open-url', event, 'nachalo://case/../../etc')
  assert.deepEqual(names(), ['restore', 'show', 'focus'])
  assert.equal(prevented.length, 2)
})

test('the last window closed ends the app, and the end of the app ends the core', () => {
  forget()
  app.emit('window-all-closed')
  app.emit('will-quit')
  assert.deepEqual(names(), ['quit', 'kill'])
})

test('why the core cannot work is shown before the app ends', async () => {
  await start('failing')
  forget()
  const core = forked[0] as { stdout?: EventEmitter } & EventEmitter
  const line = JSON.stringify({ kind: 'failed', code: 'cannotOpen', sentence: 'Нельзя писать.' })
  core.stdout?.emit('data', Buffer.from(`${line}\n`))
  core.emit('exit', 1)
  assert.deepEqual(names(), ['showErrorBox', 'quit'])
  assert.deepEqual(lastSaid('showErrorBox'), ['Начало', 'Нельзя писать.'])
})

test('a link that starts the program waits for the core, and brings no options with it', async () => {
  const argv = process.argv.splice(0, process.argv.length, '/nachalo', 'nachalo://case/5306')
  await start('link')
  process.argv.splice(0, process.argv.length, ...argv)
  assert.deepEqual(lastSaid('setPath'), ['userData', join('/paths/userData', 'electron')])
  assert.deepEqual(lastSaid('fork')[1], [])
  assert.deepEqual(lastSaid('core.postMessage'), [{ kind: 'openCase', number: '5306' }])
})

test('a start that is not the first opens nothing and ends', async () => {
  setFirst(false)
  await start('second')
  assert.deepEqual(names().slice(-2), ['requestSingleInstanceLock', 'quit'])
  assert.ok(!names().includes('BrowserWindow') && forked.length === 0)
})

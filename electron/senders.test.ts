/**
 * Who may speak to whom. There is no channel to the main process that a page could use (the lint
 * rule `safety` refuses every one of them): all there is is a port, and this is who gets it.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pageUrl } from './decisions.ts'
import { mayHavePort } from './guard.ts'
import { counted } from './testing/counted.ts'
import {
  app,
  forget,
  installFakeElectron,
  lastWindow,
  said,
  state,
} from './testing/fake-electron.ts'
import { root } from './testing/planted-faults.ts'

installFakeElectron()

interface Sender {
  readonly url: string
  readonly isDestroyed?: boolean
  /** What Electron tells when it has loaded. */
  readonly event?: string
}

const senders: Readonly<Record<string, Sender>> = {
  'our page': { url: pageUrl },
  'a frame in our page': { url: pageUrl, event: 'did-frame-finish-load' },
  'another origin': { url: 'https://evil.example/index.html' },
  'a host that looks alike': { url: 'app://nachalo.evil.example/index.html' },
  'a user before the host': { url: 'app://nachalo@evil.example/index.html' },
  'upper case': { url: 'APP://NACHALO/INDEX.HTML' },
  'letters of another script': { url: 'app://nаchalo/index.html' },
  'a file': { url: 'file:///app/index.html' },
  data: { url: 'data:text/html,app://nachalo/index.html' },
  'a blob': { url: 'blob:app://nachalo/5e1f' },
  'an empty page': { url: 'about:blank' },
  nothing: { url: '' },
  'a page of errors': { url: 'chrome-error://chromewebdata/' },
  'a window that is gone': { url: pageUrl, isDestroyed: true },
  'a service worker': { url: 'app://nachalo/worker.js' },
}

test('of fifteen senders one gets a port to the core', async () => {
  const granted: string[] = []
  process.argv.push('--')
  const program: string = './main.ts?senders'
  await import(program)
  await new Promise(setImmediate)
  for (const [name, { url, isDestroyed = false, event = 'did-finish-load' }] of Object.entries(
    senders,
  )) {
    forget()
    Object.assign(state, { url, isDestroyed })
    lastWindow().webContents.emit(event)
    if (said.some(each => each.name === 'webContents.postMessage')) granted.push(name)
  }
  counted(
    `senders: ${Object.keys(senders).length} × 1 channel (the port), ${granted.length} accepted`,
  )
  assert.deepEqual(granted, ['our page'])
  assert.equal(Object.keys(senders).length, 15)
  app.removeAllListeners()
})

test('a place in our page is our page', () => {
  const at = (url: string) => mayHavePort({ getURL: () => url, isDestroyed: () => false })
  assert.deepEqual([at(`${pageUrl}#case/5306`), at(`${pageUrl}?x`)], [true, false])
})

test('no file of this side registers a channel, whatever it is called', () => {
  const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|mjs)$/.test(name) && !/\.test\.ts$|^(lint|testing)[\\/]/.test(name))
    .map(name => [name, readFileSync(join(root, 'electron', name), 'utf8')] as const)
  assert.ok(sources.length > 20)
  const speaking = sources.filter(([, text]) =>
    /ipcMain|\.ipc\b|ipc-message|contextBridge/.test(text),
  )
  assert.deepEqual(
    speaking.map(([name]) => name),
    [],
  )
  const hearing = sources.filter(([, text]) => text.includes('ipcRenderer'))
  assert.deepEqual(
    hearing.map(([name]) => name),
    ['preload.ts'],
  )
})

import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { appWindowArguments, findBrowser, whyNoWindow } from './browser.mjs'

const linux = { platform: 'linux', isRoot: false }

test('without a display, or as root, there is no window and it is said why', () => {
  assert.equal(whyNoWindow({ ...linux, environment: {} }), 'noDisplay')
  assert.equal(whyNoWindow({ ...linux, environment: { DISPLAY: '' } }), 'noDisplay')
  assert.equal(whyNoWindow({ ...linux, environment: { DISPLAY: ':0' }, isRoot: true }), 'root')
  assert.equal(whyNoWindow({ ...linux, environment: { DISPLAY: ':0' } }), null)
  assert.equal(whyNoWindow({ ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } }), null)
  assert.equal(whyNoWindow({ platform: 'darwin', environment: {}, isRoot: false }), null)
  assert.equal(whyNoWindow({ platform: 'win32', environment: {}, isRoot: false }), null)
})

test('Chromium is taken before Chrome and Chrome before Edge, wherever they lie', () => {
  const [first, second] = ['nachalo-a-', 'nachalo-b-'].map(name =>
    mkdtempSync(join(tmpdir(), name)),
  )
  const environment = { PATH: `${first}${delimiter}${delimiter}${second}` }
  assert.equal(findBrowser({ ...linux, environment }), null)
  const place = (folder: string | undefined, name: string) => {
    const path = join(folder ?? '', name)
    writeFileSync(path, '')
    return path
  }
  const edge = place(first, 'microsoft-edge')
  assert.equal(findBrowser({ ...linux, environment }), edge)
  const chrome = place(second, 'google-chrome-stable')
  assert.equal(findBrowser({ ...linux, environment }), chrome)
  const chromium = place(second, 'chromium')
  assert.equal(findBrowser({ ...linux, environment }), chromium)
})

test('the app window has a profile of its own and keeps its sandbox', () => {
  const args = appWindowArguments('http://127.0.0.1:1/?token=t', '/data/browser', 'ru')
  assert.equal(args[0], '--app=http://127.0.0.1:1/?token=t')
  assert.ok(args.includes('--user-data-dir=/data/browser'))
  assert.ok(args.includes('--lang=ru'))
  assert.ok(args.every(arg => !/sandbox|web-security|remote-debugging/.test(arg)))
})

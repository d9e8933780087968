import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { WebContents } from 'electron'
import { pageUrl } from './decisions.ts'
import { guardContents, guardSession } from './guard.ts'
import { counted } from './testing/counted.ts'
import { permissionNames } from './testing/electron-types.ts'

type Answering = (...args: unknown[]) => unknown

/** A session that keeps the handlers it is given. */
function fakeSession(): Record<string, Answering> {
  const given: Record<string, Answering> = {}
  const setters = [
    'PermissionRequest',
    'PermissionCheck',
    'DevicePermission',
    'DisplayMediaRequest',
    'USBProtectedClasses',
    'BluetoothPairing',
  ].map(name => [`set${name}Handler`, (handler: Answering) => void (given[name] = handler)])
  guardSession(Object.fromEntries(setters))
  return given
}

test('every permission Electron knows is refused, asked or checked', () => {
  const { PermissionRequest, PermissionCheck } = fakeSession()
  const names = permissionNames()
  assert.ok(names.length >= 40, `only ${names.length} names were found`)
  const origins = [pageUrl, 'https://evil.example/', 'null']
  let asked = 0
  for (const name of [...names, 'one that comes later'])
    for (const origin of origins) {
      const answers: unknown[] = []
      const note = (answer: unknown) => answers.push(answer)
      const contents = { getURL: () => origin }
      PermissionRequest?.(contents, name, note, { requestingUrl: origin, isMainFrame: true })
      answers.push(PermissionCheck?.(contents, name, origin, { requestingUrl: origin }))
      assert.deepEqual(answers, [false, false], `${name} for ${origin}`)
      asked += answers.length
    }
  counted(`permissions: ${names.length} names, ${asked} questions, 0 granted`)
})

test('no device, screen or pairing is given', () => {
  const given = fakeSession()
  const answers: unknown[] = []
  const note = (answer: unknown) => answers.push(answer)
  given['DisplayMediaRequest']?.({}, note)
  given['BluetoothPairing']?.({}, note)
  assert.deepEqual(answers, [{}, { confirmed: false }])
  assert.equal(given['DevicePermission']?.({}), false)
  assert.deepEqual(given['USBProtectedClasses']?.({ protectedClasses: ['audio', 'hid'] }), [
    'audio',
    'hid',
  ])
})

function guarded() {
  let openHandler: Answering = () => null
  const opened: string[] = []
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: Answering) => void (openHandler = handler),
  })
  guardContents(contents as unknown as WebContents, url => opened.push(url))
  const isStopped = (name: string, url: string) => {
    let isPrevented = false
    contents.emit(name, { url, preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
  return { isStopped, open: (url: string) => openHandler({ url }), opened }
}

test('a page cannot leave, be led away, or lead a frame away', () => {
  const { isStopped } = guarded()
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    assert.deepEqual(
      [pageUrl, 'https://evil.example/', 'file:///etc/passwd', 'about:blank'].map(url =>
        isStopped(name, url),
      ),
      [false, true, true, true],
    )
  assert.equal(isStopped('will-attach-webview', ''), true)
})

test('no second window opens: the address is offered to the system instead', () => {
  const { open, opened } = guarded()
  assert.deepEqual(open('https://example.com/'), { action: 'deny' })
  assert.deepEqual(opened, ['https://example.com/'])
})

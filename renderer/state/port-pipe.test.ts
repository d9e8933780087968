/** Who may hand the page a port: fifteen who try, of whom one is its own preload. */
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { portPipe } from './wire.ts'

const port = () => ({ addEventListener: () => {}, start: () => {}, postMessage: () => {} })
const offer = { kind: 'nachalo-port' }

test('of fifteen who offer the page a port only its own window is believed', () => {
  const page = new EventTarget()
  const other = new EventTarget()
  Object.assign(globalThis, { window: page })
  let opened = 0
  portPipe()({ opened: () => (opened += 1), received: () => {}, lost: () => {} })
  const say = (source: unknown, data: unknown, ports: readonly unknown[] = [port()]) => {
    const before = opened
    page.dispatchEvent(Object.assign(new Event('message'), { source, data, ports }))
    return opened > before
  }
  const tries: Readonly<Record<string, boolean>> = {
    'the page itself, by its preload': say(page, offer),
    'a frame': say(other, offer),
    'the opener': say({ opener: true }, offer),
    'a worker': say(null, offer),
    'a service worker': say({ scriptURL: 'app://nachalo/worker.js' }, offer),
    nobody: say(undefined, offer),
    'a page without a port': say(page, offer, []),
    'a page with another word': say(page, { kind: 'port' }),
    'a word in capitals': say(page, { kind: 'NACHALO-PORT' }),
    'a word alone': say(page, 'nachalo-port'),
    'a list': say(page, [offer]),
    nothing: say(page, null),
    'a number': say(page, 7),
    'a word inside': say(page, { message: offer }),
    'a word of an ancestor': say(page, Object.create({ kinds: 'nachalo-port' })),
  }
  equal(Object.keys(tries).length, 15)
  deepEqual(
    Object.keys(tries).filter(name => tries[name]),
    ['the page itself, by its preload'],
  )
})

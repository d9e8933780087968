import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import type { Wire } from '../rpc.ts'
import { openBrowserDoor, type BrowserDoor } from './browser-door.ts'

let door: BrowserDoor
const wires: Wire[] = []
let shown = 0

before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-door-'))
  const root = join(folder, 'page')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Начало</title>')
  writeFileSync(join(root, 'assets', 'a-1.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), '"outside"')
  door = await openBrowserDoor({
    port: 0,
    root,
    strangerText: 'stranger',
    showSecret: 'the secret',
    onWire: wire => {
      wires.push(wire)
      wire.receive(message => wire.send({ echo: message }))
    },
    onShow: () => void (shown += 1),
  })
})
after(() => door.close())

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: door.port, path, method, headers },
      response => {
        let body = ''
        response.on('data', piece => (body += piece))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        )
      },
    )
    sent.on('error', reject)
    sent.end()
  })

const enter = async () => {
  const { pathname, search } = new URL(door.newAddress())
  const traded = await ask(pathname + search)
  return String(traded.headers['set-cookie']).split(';')[0] ?? ''
}

const socketOutcome = (headers: Record<string, string>, path = '/wire') =>
  new Promise<string>(resolve => {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers })
    socket.on('open', () => {
      socket.close()
      resolve('open')
    })
    socket.on('error', error => resolve(error.message))
  })

test('the token is traded once for an HttpOnly SameSite=Strict cookie and leaves the address', async () => {
  const { pathname, search } = new URL(door.newAddress())
  const first = await ask(pathname + search)
  assert.equal(first.status, 303)
  assert.equal(first.headers['location'], '/')
  const cookie = String(first.headers['set-cookie'])
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  assert.equal((await ask(pathname + search)).status, 403)
  const page = await ask('/', { cookie: cookie.split(';')[0] ?? '' })
  assert.equal(page.status, 200)
  assert.match(page.body, /Начало/)
  assert.match(String(page.headers['content-security-policy']), /script-src 'self';/)
})

test('without a session there is nothing to read', async () => {
  for (const path of ['/', '/assets/a-1.js', '/?token=', '/?token=wrong', '/wire'])
    assert.deepEqual([path, (await ask(path)).status], [path, 403])
})

test('no path leads outside the page', async () => {
  const cookie = await enter()
  const paths = [
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%00',
    '/%',
    '/..\\secret.json',
    '/assets',
    '//etc/passwd',
  ]
  for (const path of paths)
    assert.deepEqual([path, (await ask(path, { cookie })).status], [path, 404])
  assert.equal((await ask('/assets/a-1.js', { cookie })).status, 200)
})

test('another host name, another method and a stranger’s show are refused', async () => {
  const cookie = await enter()
  assert.equal((await ask('/', { cookie, host: `evil.example:${door.port}` })).status, 421)
  assert.equal((await ask('/', { cookie }, 'PUT')).status, 405)
  assert.equal((await ask('/show', { authorization: 'Bearer guess' }, 'POST')).status, 403)
  assert.equal(shown, 0)
  const shownAt = await ask('/show', { authorization: 'Bearer the secret' }, 'POST')
  assert.equal(shownAt.status, 200)
  assert.match(shownAt.body, /token=/)
  assert.equal(shown, 1)
})

test('the socket opens only for our own page with our cookie', async () => {
  const cookie = await enter()
  const origin = `http://127.0.0.1:${door.port}`
  assert.equal(await socketOutcome({ cookie, origin }), 'open')
  const refused = [
    { cookie },
    { origin },
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: `http://127.0.0.1:${door.port + 1}` },
    { cookie, origin: 'null' },
    { cookie: 'nachalo=x', origin },
    { cookie, origin, host: `evil.example:${door.port}` },
  ]
  for (const headers of refused) assert.match(await socketOutcome(headers), /403/)
  assert.match(await socketOutcome({ cookie, origin }, '/other'), /403/)
})

for (const [what, message, code] of [
  ['that is no JSON', '{"id":', 1007],
  ['that is too long', 'x'.repeat(9 * 1024 * 1024), 1009],
] as const)
  test(`a message ${what} closes its socket and nothing else`, () => closesAlone(message, code))

async function closesAlone(message: string, code: number): Promise<void> {
  const cookie = await enter()
  const open = () =>
    new WebSocket(`ws://127.0.0.1:${door.port}/wire`, {
      headers: { cookie, origin: `http://127.0.0.1:${door.port}` },
    })
  const good = open()
  const bad = open()
  await Promise.all([good, bad].map(each => new Promise(resolve => each.once('open', resolve))))
  const closed = new Promise(resolve => bad.once('close', resolve))
  bad.on('error', () => {})
  bad.send(message)
  assert.equal(await closed, code)
  const echoed = new Promise(resolve =>
    good.once('message', data => resolve(Buffer.isBuffer(data) ? data.toString() : null)),
  )
  good.send('{"id":1}')
  assert.equal(await echoed, '{"echo":{"id":1}}')
  good.close()
}

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { after, test } from 'node:test'
import { BackendError } from '../errors.ts'
import { openHubClient, pauseOf } from './client.ts'
import { hubAddressOf } from './http.ts'

const timeouts = {
  connectMs: 300,
  firstByteMs: 150,
  idleBodyMs: 150,
  wholeBodyMs: 400,
  idleStreamMs: 150,
}
const secret = 'nch_verysecrettoken'
const open: { close(): void }[] = []
after(() => {
  for (const one of open) one.close()
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  open.push({
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  return openAt(await listening(createServer(answer)))
}

function openAt(url: string) {
  const client = openHubClient(hubAddressOf(url), secret, timeouts)
  open.push(client)
  return client
}

async function failureOf(work: Promise<unknown>): Promise<BackendError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof BackendError, `BackendError expected, came ${String(error)}`)
  assert.ok(!error.message.includes(secret) && !error.message.includes('cursor'))
  return error
}

const signal = () => new AbortController().signal
const kindsOf = async (client: ReturnType<typeof openAt>) => [
  (await failureOf(client.changes('some-cursor', 10, signal()))).kind,
  (await failureOf(client.decide([], signal()))).kind,
]

test('a port nobody listens on means that nothing left', async () => {
  const server = createSocketServer()
  const url = await listening(server)
  await new Promise(resolve => {
    server.close(resolve)
  })
  assert.deepEqual(await kindsOf(openAt(url)), ['offline', 'offline'])
})

test('a name that does not resolve means that nothing left', async () => {
  const client = openAt('https://hub.invalid')
  assert.equal((await failureOf(client.me(signal()))).kind, 'offline')
})

test('a server that takes the request and says nothing leaves the outcome unknown', async () => {
  const client = openAt(await listening(createSocketServer(() => {})))
  assert.deepEqual(await kindsOf(client), ['ambiguous', 'ambiguous'])
})

test('a connection cut after the request leaves the outcome unknown', async () => {
  const client = openAt(
    await listening(createSocketServer(socket => void socket.on('data', () => socket.destroy()))),
  )
  assert.deepEqual(await kindsOf(client), ['ambiguous', 'ambiguous'])
})

test('an answer cut in the middle leaves the outcome unknown', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"outcomes":[')
    setTimeout(() => response.destroy(), 20)
  })
  assert.deepEqual(await kindsOf(client), ['ambiguous', 'ambiguous'])
})

test('a body that stops coming is given up', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{')
  })
  const startedAt = performance.now()
  assert.equal((await failureOf(client.decide([], signal()))).kind, 'ambiguous')
  assert.ok(performance.now() - startedAt < 1_000)
})

test('a body that drips for ever is given up', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(drip))
  })
  const startedAt = performance.now()
  assert.deepEqual(await kindsOf(client), ['broken', 'ambiguous'])
  assert.ok(performance.now() - startedAt < 2_000)
})

test('a page of a portal with 200 makes no sense, and of a write nothing is known', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<html>Sign in to the network</html>')
  })
  assert.deepEqual(await kindsOf(client), ['broken', 'ambiguous'])
})

test('a redirect is not followed, so the token stays here', async () => {
  const seen: (string | undefined)[] = []
  const elsewhere = await listening(
    createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end('{}')
    }),
  )
  const client = await clientOf((_request, response) => {
    response.writeHead(302, { location: elsewhere })
    response.end()
  })
  assert.deepEqual(await kindsOf(client), ['broken', 'ambiguous'])
  assert.deepEqual(seen, [])
})

test('each status has its kind', async () => {
  const said = { code: 'someCode', message: 'some message' }
  const cases: [number, unknown, string, string][] = [
    [401, said, 'unauthorised', 'unauthorised'],
    [403, said, 'forbidden', 'forbidden'],
    [422, said, 'refused', 'refused'],
    [400, said, 'refused', 'refused'],
    [400, 'Bad Request by a proxy', 'broken', 'ambiguous'],
    [404, said, 'broken', 'ambiguous'],
    [429, said, 'busy', 'busy'],
    [503, said, 'busy', 'busy'],
    [500, said, 'broken', 'ambiguous'],
    [502, '<html>', 'broken', 'ambiguous'],
    [504, '', 'broken', 'ambiguous'],
  ]
  for (const [status, body, read, write] of cases) {
    const client = await clientOf((_request, response) => {
      response.writeHead(status)
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    assert.deepEqual(await kindsOf(client), [read, write], String(status))
  }
})

test('a pause asked for is believed when it makes sense', () => {
  const pauses = [
    pauseOf(undefined, undefined),
    pauseOf('0', undefined),
    pauseOf('-5', undefined),
    pauseOf('7', undefined),
    pauseOf('7', 2_000),
    pauseOf(undefined, 2_000),
    pauseOf('99999999999', undefined),
    pauseOf('soon', undefined),
    pauseOf(undefined, Number.NaN),
    pauseOf(undefined, -1),
  ]
  assert.deepEqual(pauses, [null, null, null, 7_000, 7_000, 2_000, 300_000, null, null, null])
})

test('a busy hub says how long to wait', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(429, { 'retry-after': '3' })
    response.end()
  })
  assert.equal((await failureOf(client.me(signal()))).retryAfterMs, 3_000)
})

test('who stops does not wait for the answer', async () => {
  const client = openAt(await listening(createSocketServer(() => {})))
  const stopping = new AbortController()
  const asked = failureOf(client.decide([], stopping.signal))
  setTimeout(() => stopping.abort(), 30)
  const startedAt = performance.now()
  assert.equal((await asked).kind, 'ambiguous')
  assert.ok(performance.now() - startedAt < 120)
  assert.equal((await failureOf(client.me(stopping.signal))).kind, 'offline')
})

test('a stream of notices tells at its opening and at each event, and ends when it falls silent', async () => {
  let told = 0
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\ndata: {"some')
    response.write('thing":1}\n\nevent: changed\ndata: x\n\n')
  })
  const error = await failureOf(client.events(() => (told += 1), signal()))
  assert.deepEqual([told, error.kind], [3, 'ambiguous'])
})

test('a stream of notices that is none is refused', async () => {
  const client = await clientOf((_request, response) => response.end('<html>'))
  assert.equal((await failureOf(client.events(() => assert.fail(), signal()))).kind, 'broken')
})

test('an address with a secret, another protocol or plain http over the network is refused', () => {
  const codeOf = (text: string) => {
    try {
      return hubAddressOf(text).href
    } catch (error) {
      return error instanceof BackendError ? error.code : error
    }
  }
  assert.deepEqual(
    [
      'https://hub.example.ru/base/?token=1#x',
      ' http://localhost:7777 ',
      'http://[::1]:7777',
      'http://hub.example.ru',
      'https://user:pass@hub.example.ru',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'hub',
      '',
    ].map(codeOf),
    [
      'https://hub.example.ru/base/',
      'http://localhost:7777/',
      'http://[::1]:7777/',
      'insecureAddress',
      'badAddress',
      'badAddress',
      'badAddress',
      'badAddress',
      'badAddress',
    ],
  )
})

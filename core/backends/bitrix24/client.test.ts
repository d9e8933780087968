import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { failureOf, signal, worldOf } from '../../testing/bitrix-wire.ts'
import { createClient, Limiters } from './client.ts'
import type { Access } from './client.ts'

const limits = { firstByteMs: 150, idleBodyMs: 150, wholeBodyMs: 400, bodyBytes: 100_000 }
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

const accessAt = (address: string): Access => ({
  kind: 'webhook',
  address,
  userId: '7',
  secret: 'verysecretwebhook',
})

function openAt(address: string, stored: Access[] = []) {
  const client = createClient({
    access: accessAt(address),
    onAccess: access => stored.push(access),
    limits,
    limiters: new Limiters(),
    version: '1.2.3',
  })
  open.push(client)
  return client
}

const clientOf = async (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
  openAt(await listening(createServer(answer)))

async function kindsOf(client: ReturnType<typeof openAt>) {
  const read = await failureOf(client.call('user.get', {}, { signal: signal() }))
  const write = await failureOf(
    client.call('crm.item.update', {}, { signal: signal(), isWrite: true }),
  )
  assert.deepEqual(read.code, write.code)
  return [read.kind, write.kind, read.code]
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}

test('a call is a POST of JSON, and its answer is read', async () => {
  const seen: unknown[] = []
  const client = await clientOf((request, response) => {
    void bodyOf(request).then(body => {
      const { 'content-type': type, accept, 'user-agent': agent } = request.headers
      seen.push({ method: request.method, url: request.url, type, accept, agent, body })
      response.end(
        gzipIf(request, '{"result":[{"ID":"1"}],"next":50,"total":77,"time":{}}', response),
      )
    })
  })
  const answer = await client.call('user.get', { FILTER: { ACTIVE: true } }, { signal: signal() })
  assert.deepEqual(answer, { result: [{ ID: '1' }], next: 50, total: 77, at: null })
  assert.deepEqual(seen, [
    {
      method: 'POST',
      url: '/rest/7/verysecretwebhook/user.get',
      type: 'application/json',
      accept: 'application/json',
      agent: 'Nachalo/1.2.3',
      body: '{"FILTER":{"ACTIVE":true}}',
    },
  ])
})

function gzipIf(request: IncomingMessage, text: string, response: ServerResponse): Buffer {
  assert.match(String(request.headers['accept-encoding']), /gzip/)
  response.setHeader('content-encoding', 'gzip')
  return gzipSync(text)
}

test('a port nobody listens on and a name that does not resolve mean that nothing left', async () => {
  const server = createSocketServer()
  const url = await listening(server)
  await new Promise(resolve => {
    server.close(resolve)
  })
  assert.deepEqual(await kindsOf(openAt(url)), ['offline', 'offline', null])
  assert.deepEqual(await kindsOf(openAt('https://portal.invalid')), ['offline', 'offline', null])
})

test('a server that speaks no TLS gets no request', async () => {
  const url = await listening(createServer((_request, response) => response.end()))
  const client = openAt(url.replace('http:', 'https:'))
  assert.deepEqual(await kindsOf(client), ['offline', 'offline', null])
  const cut = await listening(createSocketServer(socket => socket.destroy()))
  assert.deepEqual((await kindsOf(openAt(cut.replace('http:', 'https:'))))[0], 'offline')
})

test('silence, a cut connection and a cut answer leave a write unknown', async () => {
  const silent = openAt(await listening(createSocketServer(() => {})))
  assert.deepEqual(await kindsOf(silent), ['offline', 'ambiguous', 'timeout'])
  const cutting = openAt(
    await listening(createSocketServer(socket => void socket.on('data', () => socket.destroy()))),
  )
  assert.deepEqual(await kindsOf(cutting), ['offline', 'ambiguous', null])
  const cutInside = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"result":[')
    setTimeout(() => response.destroy(), 20)
  })
  assert.deepEqual(await kindsOf(cutInside), ['offline', 'ambiguous', null])
  const short = await clientOf((_request, response) => response.end('{"result":['))
  assert.deepEqual(await kindsOf(short), ['offline', 'ambiguous', 'badAnswer'])
})

test('a body that stops, drips for ever or swells is given up', async () => {
  const stopping = await clientOf((_request, response) => {
    response.writeHead(200)
    response.write('{')
  })
  assert.deepEqual(await kindsOf(stopping), ['offline', 'ambiguous', 'timeout'])
  const dripping = await clientOf((_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(drip))
  })
  assert.deepEqual(await kindsOf(dripping), ['offline', 'ambiguous', 'timeout'])
  const bomb = gzipSync(Buffer.alloc(5_000_000, ' '))
  const swelling = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(bomb)
  })
  assert.deepEqual(await kindsOf(swelling), ['broken', 'ambiguous', 'badAnswer'])
  const spoilt = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end('no gzip at all')
  })
  assert.deepEqual(await kindsOf(spoilt), ['offline', 'ambiguous', null])
})

test('who stops does not wait for the answer', async () => {
  const client = openAt(await listening(createSocketServer(() => {})))
  const kindAfter = async (isWrite: boolean) => {
    const stopping = new AbortController()
    setTimeout(() => stopping.abort(), 30)
    const startedAt = performance.now()
    const error = await failureOf(client.call('a', {}, { signal: stopping.signal, isWrite }))
    assert.ok(performance.now() - startedAt < 120)
    const again = await failureOf(client.call('a', {}, { signal: stopping.signal, isWrite }))
    return [error.kind, again.kind]
  }
  assert.deepEqual(await kindAfter(true), ['ambiguous', 'offline'])
  assert.deepEqual(await kindAfter(false), ['offline', 'offline'])
  const asked = failureOf(client.call('a', {}, { signal: signal(), isWrite: true }))
  setTimeout(() => client.close(), 30)
  assert.equal((await asked).kind, 'ambiguous')
  assert.equal((await failureOf(client.call('a', {}, { signal: signal() }))).kind, 'offline')
})

test('a redirect is followed with the same body to where the same user answers', async () => {
  const seen: string[] = []
  const there = await listening(
    createServer((request, response) => {
      void bodyOf(request).then(body => {
        seen.push(`${request.method} ${request.url?.split('/').at(-1)} ${body}`)
        response.end('{"result":{"ID":"7"}}')
      })
    }),
  )
  const here = await listening(
    createServer((request, response) => {
      response.writeHead(301, { location: there + request.url })
      response.end()
    }),
  )
  const stored: Access[] = []
  const client = openAt(here, stored)
  const write = { signal: signal(), isWrite: true }
  await client.call('crm.item.update', { id: 351 }, write)
  assert.deepEqual(seen, ['POST profile {}', 'POST crm.item.update {"id":351}'])
  assert.deepEqual(
    stored.map(({ address }) => address),
    [there],
  )
  assert.equal(client.address(), there)
})

test('a redirect to the network from this computer is refused', async () => {
  const client = await clientOf((request, response) => {
    response.writeHead(302, { location: `https://evil.bitrix24.ru${request.url}` })
    response.end()
  })
  assert.deepEqual(await kindsOf(client), ['broken', 'broken', 'redirected'])
})

test('time is over by the clock that was given', async () => {
  const { client, clock } = worldOf(() => new Promise(() => {}))
  const asked = failureOf(client.call('a', {}, { signal: signal(), isWrite: true }))
  let isOver = false
  void asked.then(() => (isOver = true))
  await clock.pass(69_999)
  assert.equal(isOver, false)
  await clock.pass(1)
  const { kind, code } = await asked
  assert.deepEqual([kind, code], ['ambiguous', 'timeout'])
})

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Wire } from '../rpc.ts'
import { localHeaders } from './local-headers.ts'
import { cookieOf, createSessions, type Sessions } from './session.ts'
import { staticFile } from './static-files.ts'

/** Door 2: the page and its socket on the loopback address, for an ordinary browser. */
export interface BrowserDoor {
  readonly port: number
  /** An address that opens one window; good for one use. */
  newAddress(): string
  close(): Promise<void>
}

export interface BrowserDoorOptions {
  /** 0: any free port. */
  readonly port: number
  /** Folder of the built page. */
  readonly root: string
  /** What a stranger without a session reads. */
  readonly strangerText: string
  /** Known only to this user's processes; a second start shows it to be answered. */
  readonly showSecret: string
  readonly onWire: (wire: Wire) => void
  readonly onShow: () => void
}

// 'unsafe-inline' is for style attributes that AG Grid and Mantine set; scripts have no such door.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = localHeaders(policy)

const maxMessageBytes = 8 * 1024 * 1024

/** Rejects when the port is taken. */
export async function openBrowserDoor(options: BrowserDoorOptions): Promise<BrowserDoor> {
  const sessions = createSessions()
  const server = createServer({
    maxHeaderSize: 16_384,
    requestTimeout: 10_000,
    headersTimeout: 5_000,
  })
  await listening(server, options.port)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const door = { options, sessions, port, cookie: `nachalo-${port}` }
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  })
  server.on('request', (request, response) => answer(door, request, response))
  server.on('upgrade', (request, socket, head) => {
    if (!isAllowedSocket(door, request)) return refuseSocket(socket)
    sockets.handleUpgrade(request, socket, head, opened => options.onWire(socketWire(opened)))
  })
  return {
    port,
    newAddress: () => `http://127.0.0.1:${port}/?token=${sessions.newToken()}`,
    async close() {
      for (const each of sockets.clients) each.terminate()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const listening = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

interface Door {
  readonly options: BrowserDoorOptions
  readonly sessions: Sessions
  readonly port: number
  readonly cookie: string
}

// A name of another site that resolves to this machine must not open the door.
const isOurHost = (door: Door, host: string | undefined) =>
  host === `127.0.0.1:${door.port}` || host === `localhost:${door.port}`

const hasSession = (door: Door, request: IncomingMessage) =>
  door.sessions.isOpen(cookieOf(request.headers.cookie, door.cookie))

function isAllowedSocket(door: Door, request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return (
    request.url === '/wire' &&
    isOurHost(door, host) &&
    origin === `http://${host}` &&
    hasSession(door, request)
  )
}

function refuseSocket(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function answer(door: Door, request: IncomingMessage, response: ServerResponse): void {
  if (!isOurHost(door, request.headers.host)) return say(response, 421, '')
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${door.port}`)
  if (request.method === 'POST' && url.pathname === '/show') return show(door, request, response)
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, '')
  const token = url.searchParams.get('token')
  if (url.pathname === '/' && token !== null) return trade(door, request, token, response)
  if (!hasSession(door, request)) return say(response, 403, door.options.strangerText)
  const file = staticFile(door.options.root, url.pathname)
  if (!file) return say(response, 404, '')
  const cache = file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store'
  response.writeHead(200, { ...headers, 'content-type': file.type, 'cache-control': cache })
  response.end(file.body)
}

function trade(
  door: Door,
  request: IncomingMessage,
  token: string,
  response: ServerResponse,
): void {
  const session = door.sessions.trade(token)
  if (!session && !hasSession(door, request)) return say(response, 403, door.options.strangerText)
  const cookie = session
    ? { 'set-cookie': `${door.cookie}=${session}; HttpOnly; SameSite=Strict; Path=/` }
    : {}
  response.writeHead(303, { ...headers, ...cookie, location: '/' })
  response.end()
}

function show(door: Door, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== `Bearer ${door.options.showSecret}`)
    return say(response, 403, '')
  door.options.onShow()
  const url = `http://127.0.0.1:${door.port}/?token=${door.sessions.newToken()}`
  response.writeHead(200, { ...headers, 'content-type': 'application/json' })
  response.end(JSON.stringify({ url }))
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
  response.end(text)
}

function socketWire(socket: WebSocket): Wire {
  // A message too long or malformed ends this socket, and nothing else.
  socket.on('error', () => socket.terminate())
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
    },
    receive: listener =>
      socket.on('message', (data, isBinary) => {
        if (isBinary || !Buffer.isBuffer(data)) return socket.close(1003)
        const message = parsed(data.toString('utf8'))
        if (message === undefined) socket.close(1007)
        else listener(message)
      }),
    closed: listener => socket.on('close', listener),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

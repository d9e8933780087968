import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Portal } from './portal.ts'

export interface PortalServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves a portal over plain HTTP on this machine; it is at home at the server's address then. */
export async function startPortalServer(
  portal: Portal,
  { port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {},
): Promise<PortalServer> {
  const server = createServer((request, response) => {
    answer(portal, origin(), request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const bound = server.address()
  const url = `http://${host}:${typeof bound === 'object' && bound ? bound.port : port}`
  const origin = () => url
  portal.settle(url)
  return {
    url,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  portal: Portal,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece))
  const reply = await portal.answer({
    url: new URL(request.url ?? '/', origin),
    httpMethod: request.method ?? 'GET',
    contentType: (request.headers['content-type'] ?? '').toLowerCase(),
    body: Buffer.concat(pieces).toString('utf8'),
  })
  if (reply.kind === 'broken') return void request.socket.destroy()
  response.writeHead(reply.status, reply.headers)
  response.end(reply.body)
}

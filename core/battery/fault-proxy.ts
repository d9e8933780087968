/** A way to a hub that loses, repeats, delays and cuts what goes over it. */
import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type WireFault =
  | 'lostRequest'
  | 'lostAnswer'
  | 'repeated'
  | 'delayed'
  | 'cut'
  | 'portal'
  | 'badGateway'
  | { readonly status: 429 | 503; readonly retryAfter: string | null }

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface FaultProxy {
  readonly url: string
  /** What the next requests meet, one after another; then the way is well. */
  readonly faults: WireFault[]
  readonly met: Map<string, number>
  close(): void
}

/** Longer than the console waits for an answer. */
const delayMs = 700

export async function createFaultProxy(port: number): Promise<FaultProxy> {
  const faults: WireFault[] = []
  const met = new Map<string, number>()
  const server = createServer((request, response) => {
    // The stream of notices passes as it is: it only saves time.
    if (request.url === '/v1/events') return stream(port, request, response)
    void whole(request).then(body => {
      const fault = faults.shift()
      const name = typeof fault === 'object' ? 'busy' : (fault ?? 'none')
      met.set(name, (met.get(name) ?? 0) + 1)
      return serve({ port, request, response, body }, fault)
    })
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    met,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Exchange {
  readonly port: number
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
}

async function serve(exchange: Exchange, fault: WireFault | undefined): Promise<void> {
  const { response } = exchange
  if (typeof fault === 'object') {
    const { status, retryAfter } = fault
    response.writeHead(status, retryAfter === null ? {} : { 'retry-after': retryAfter })
    return void response.end('{}')
  }
  if (fault === 'lostRequest') return void response.destroy()
  if (fault === 'portal') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end('<html>Wi-Fi</html>')
  }
  if (fault === 'badGateway') return void response.writeHead(502).end()
  if (fault === 'delayed') await new Promise(resolve => setTimeout(resolve, delayMs))
  if (fault === 'repeated') await forward(exchange).catch(() => null)
  const answer = await forward(exchange).catch(() => null)
  if (!answer || fault === 'lostAnswer' || fault === 'delayed') return void response.destroy()
  response.writeHead(answer.status, answer.headers)
  if (fault !== 'cut') return void response.end(answer.body)
  response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy())
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function forward({ port, request, body }: Exchange): Promise<Answer> {
  const { method, url, headers } = request
  return new Promise((resolve, reject) => {
    const far = ask(
      { port, host: '127.0.0.1', method, path: url, headers, agent: false },
      answer => {
        whole(answer).then(
          all => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all }),
          reject,
        )
      },
    )
    far.on('error', reject)
    far.end(body)
  })
}

function stream(port: number, { method, url, headers }: IncomingMessage, response: ServerResponse) {
  const far = ask({ port, host: '127.0.0.1', method, path: url, headers, agent: false }, answer => {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  far.on('error', () => response.destroy())
  response.on('close', () => far.destroy())
  far.end()
}

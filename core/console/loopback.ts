import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { localHeaders } from '../doors/local-headers.ts'

/** What a browser brought back from a sign-in. */
export type Brought =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'error'; readonly error: string }

export interface LoopbackOptions {
  /** Known to whoever was sent away and nobody else. */
  readonly state: string
  /** Heard once; resolves to the page for the person. */
  readonly onBrought: (brought: Brought) => Promise<string>
  /** For whoever did not come from there. */
  readonly strangerPage: string
  /** The `content-security-policy` of both pages. */
  readonly policy: string
}

/** A door of this computer that one browser is to come back through (RFC 8252). */
export interface Loopback {
  readonly address: string
  /** Lets nobody in any more; whoever is in hears the answer. */
  close(): void
}

const path = '/signed-in'
const longestCode = 2000

/** Opens the door at a port of its own, for this computer alone. */
export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer({
    maxHeaderSize: 16_384,
    requestTimeout: 10_000,
    headersTimeout: 5_000,
  })
  const port = await listening(server)
  let isTaken = false
  const close = () => {
    isTaken = true
    server.close()
    server.closeIdleConnections()
  }
  server.on('request', (request, response) => {
    const brought = broughtBy(request, options.state, port)
    if (!brought || isTaken) return say(response, 403, options.strangerPage, options.policy)
    // A state serves once: whoever repeats what the browser said comes too late.
    close()
    void options
      .onBrought(brought)
      .then(page => say(response, 200, page, options.policy))
      .catch(() => response.destroy())
  })
  return { address: `http://127.0.0.1:${port}${path}`, close }
}

const listening = (server: Server) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : 0)
    })
  })

/** null: it is not the browser that was sent away. */
function broughtBy(request: IncomingMessage, state: string, port: number): Brought | null {
  // A name of another site that resolves to this machine must not open the door.
  if (request.method !== 'GET' || request.headers.host !== `127.0.0.1:${port}`) return null
  const address = URL.parse(request.url ?? '/', `http://127.0.0.1:${port}`)
  if (address?.pathname !== path) return null
  return isSame(address.searchParams.get('state') ?? '', state) ? saidIn(address) : null
}

function saidIn({ searchParams }: URL): Brought | null {
  const [code, error] = [searchParams.get('code'), searchParams.get('error')]
  if (code !== null && code !== '' && code.length <= longestCode) return { kind: 'code', code }
  return error === null ? null : { kind: 'error', error }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

function say(response: ServerResponse, status: 200 | 403, page: string, policy: string): void {
  response.writeHead(status, {
    ...localHeaders(policy),
    'content-type': 'text/html; charset=utf-8',
    connection: 'close',
  })
  response.end(page)
}

import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { FastifyServerOptions } from 'fastify'
import type { HubOptions } from '../company.ts'
import { bodyBytes } from './route-doc.ts'

/** Measured settings (security, section 5): what comes large or malformed is cut off early. */
export const fastifyOptions = {
  logger: false,
  bodyLimit: bodyBytes,
  handlerTimeout: 8_000,
  onProtoPoisoning: 'error',
  onConstructorPoisoning: 'error',
  forceCloseConnections: 'idle',
  exposeHeadRoutes: false,
  trustProxy: false,
  routerOptions: { maxParamLength: 2000 },
  ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
} as const satisfies FastifyServerOptions

/** The default looks for slow connections only twice a minute. */
const limits = { maxHeaderSize: 16_384, connectionsCheckingInterval: 1000 }

/** A server that cuts off what comes slowly; TLS with a certificate, plain without. */
export function createServer(answer: RequestListener, tls: HubOptions['tls']): Server {
  const server = tls
    ? createSecure({ ...limits, ...tls, minVersion: 'TLSv1.2' }, answer)
    : createPlain(limits, answer)
  server.headersTimeout = 5_000
  server.requestTimeout = 10_000
  server.keepAliveTimeout = 72_000
  server.setTimeout(15_000)
  return server
}

/** Is the host only reachable from this machine? */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

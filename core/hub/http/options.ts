import type { FastifyServerOptions } from 'fastify'
import { bodyBytes } from './route-doc.ts'

/** Measured settings (security, section 5): what comes slowly, large or malformed is cut off early. */
export const fastifyOptions = {
  logger: false,
  bodyLimit: bodyBytes,
  requestTimeout: 10_000,
  connectionTimeout: 15_000,
  handlerTimeout: 8_000,
  keepAliveTimeout: 72_000,
  onProtoPoisoning: 'error',
  onConstructorPoisoning: 'error',
  forceCloseConnections: 'idle',
  exposeHeadRoutes: false,
  trustProxy: false,
  routerOptions: { maxParamLength: 2000 },
  ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
} as const satisfies FastifyServerOptions

/** The default looks for slow connections only twice a minute. */
export const serverOptions = { maxHeaderSize: 16_384, connectionsCheckingInterval: 1000 }
export const headersTimeoutMs = 5000

/** Is the host only reachable from this machine? */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

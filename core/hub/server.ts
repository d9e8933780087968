import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { HubOptions, SignInOptions } from './company.ts'
import { createApp } from './http/app.ts'
import { addDocs } from './http/docs-page.ts'
import type { Limits } from './http/flood.ts'
import { createNotices } from './http/notices.ts'
import { isLoopback } from './http/options.ts'
import { routeDocs } from './http/route-doc.ts'
import { addRoutes } from './http/routes.ts'
import { type HubStore, openHubStore } from './store/hub-store.ts'
import { isPostgres } from './store/place.ts'
import { holdFile } from './store/sqlite.ts'

export interface Hub {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly store: HubStore
  /** Answers what was asked, ends the streams, closes the database. */
  close(): Promise<void>
}

/** How long whoever was asked something last has for its answer. */
const patienceMs = 3000

/** `code` names the reason in words; `address`: where the running hub answers, when it is known. */
export class HubRefusal extends Error {
  readonly code: 'busy' | 'insecure'
  readonly address: string
  constructor(code: 'busy' | 'insecure', address: string) {
    super(
      code === 'busy'
        ? `this hub is already open ${address}`
        : `without TLS only this machine is listened on, not ${address}`,
    )
    this.name = 'HubRefusal'
    this.code = code
    this.address = address
  }
}

/**
 * Opens a hub's database and answers on `host:port`: a file alone, a PostgreSQL database together
 * with any other process. Throws `HubRefusal` when another process holds the file or when others
 * could listen to the wire.
 */
export async function startHub(options: HubOptions & { readonly limits?: Limits }): Promise<Hub> {
  const { databasePath, host, port, tls, now = Date.now } = options
  if (!tls && !isLoopback(host)) throw new HubRefusal('insecure', host)
  const hold = isPostgres(databasePath) ? null : holdHub(databasePath)
  const store = await openHubStore(databasePath, now)
  const notices = createNotices(store)
  const app = createApp(store, options)
  const here = { url: '' }
  addRoutes(app, store, { notices, signInAt: () => signInAt(options.signIn, here.url) })
  if (options.signIn) await addProvider(app, store, { ...options, signIn: options.signIn, here })
  addDocs(app, options.language ?? 'ru')
  app.addHook('preClose', async () => notices.close())
  await app.listen({ host, port }).catch(async error => {
    await app.close()
    await store.close()
    hold?.release()
    throw error
  })
  const bound = app.server.address()
  const realPort = isAddress(bound) ? bound.port : port
  const url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${realPort}`
  here.url = url
  if (hold) writeFileSync(`${databasePath}.address`, url, { mode: 0o600 })
  return {
    url,
    port: realPort,
    store,
    close: async () => {
      // A browser may hold a connection it has never asked anything on.
      const late = setTimeout(() => app.server.closeAllConnections(), patienceMs)
      await app.close()
      clearTimeout(late)
      await store.close()
      if (hold) rmSync(`${databasePath}.address`, { force: true })
      hold?.release()
    },
  }
}

/** What only a sign-in provider needs is not loaded without one. */
async function addProvider(
  app: FastifyInstance,
  store: HubStore,
  { signIn, language = 'ru', here }: HubOptions & { signIn: SignInOptions; here: { url: string } },
): Promise<void> {
  const { addSignIn } = await import('./http/sign-in-routes.ts')
  const publicUrl = () => publicUrlOf(signIn, here.url)
  await addSignIn(app, store, { signIn, language, publicUrl })
}

/** Where browsers reach the hub. */
const publicUrlOf = ({ publicUrl }: SignInOptions, url: string): string => publicUrl ?? url

const signInAt = (signIn: SignInOptions | undefined, url: string): string | null =>
  signIn ? `${publicUrlOf(signIn, url)}${routeDocs.signIn.url}` : null

/** Takes a hub's database for this process alone; throws `HubRefusal` with the address of who has it. */
export function holdHub(databasePath: string): { release(): void } {
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 })
  const hold = holdFile(`${databasePath}.lock`)
  if (!hold) throw new HubRefusal('busy', addressOf(databasePath))
  return hold
}

function addressOf(databasePath: string): string {
  try {
    return readFileSync(`${databasePath}.address`, 'utf8').trim()
  } catch {
    // Whoever holds the hub may not listen: a command does not.
    return ''
  }
}

const isAddress = (bound: AddressInfo | string | null): bound is AddressInfo =>
  typeof bound === 'object' && bound !== null

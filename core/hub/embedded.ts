/** The hub as a thread of the console's core: one workspace, one owner, this machine alone. */
import { existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { runArrivals } from '../demo/arrivals.ts'
import { demoDoor } from './demo-door.ts'
import { type EmbeddedAnswer, startSchema, stopMessage } from './embedded-client.ts'
import { type Hub, startHub } from './server.ts'
import { createToken, revokeLabelled, usualScopes } from './store/tokens.ts'

const label = 'embedded'
const start = startSchema.parse(workerData)
const say = (answer: EmbeddedAnswer) => parentPort?.postMessage(answer)

try {
  if (!existsSync(start.databasePath))
    throw Object.assign(new Error('there is no hub in this place'), { code: 'missing' })
  const hub = await startHub({
    databasePath: start.databasePath,
    host: '127.0.0.1',
    port: 0,
    language: start.language,
  })
  const arrivals = new AbortController()
  if (start.isDemo)
    void runArrivals({ door: demoDoor(hub.store), seed: hub.port, signal: arrivals.signal })
  parentPort?.on('message', message => {
    if (message !== stopMessage) return
    arrivals.abort()
    void hub.close().then(() => parentPort?.close())
  })
  say({ kind: 'ready', url: hub.url, token: await ownersToken(hub) })
} catch (error) {
  // The thread must say why before it ends: the console turns the code into a sentence.
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'broken'
  say({ kind: 'failed', code, message: error instanceof Error ? error.message : 'the hub failed' })
}

/** A fresh token at every start; those of earlier starts hold no more. */
async function ownersToken({ store }: Hub): Promise<string> {
  const { ownerId } = await store.world()
  if (ownerId === null) throw Object.assign(new Error('this hub has no owner'), { code: 'noOwner' })
  await revokeLabelled(store, label)
  const { token } = await createToken(store, {
    employeeId: ownerId,
    role: 'person',
    scopes: usualScopes.person,
    label,
    expiresAt: null,
  })
  return token
}

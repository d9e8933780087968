/** The hub as a thread of the console's core: one workspace, one owner, this machine alone. */
import { existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { runArrivals } from '../demo/arrivals.ts'
import { demoDoor } from './demo-door.ts'
import { type EmbeddedAnswer, startSchema, stopMessage } from './embedded-client.ts'
import { type Hub, startHub } from './server.ts'
import { createToken, revokeLabelled, usualScopes } from './store/tokens.ts'

class StartFault extends Error {
  readonly code: 'missing' | 'noOwner'
  constructor(code: 'missing' | 'noOwner', message: string) {
    super(message)
    this.code = code
  }
}

const label = 'embedded'
const start = startSchema.parse(workerData)
const say = (answer: EmbeddedAnswer) => parentPort?.postMessage(answer)
const arrivals = new AbortController()
let arriving: Promise<void> = Promise.resolve()
let hub: Hub | null = null

// Listening keeps the thread alive until it is told to stop, so that its answer is never cut off.
parentPort?.on('message', message => {
  if (message === stopMessage) void stop()
})

try {
  hub = await begin()
  say({ kind: 'ready', url: hub.url, token: await ownersToken(hub) })
} catch (error) {
  // The thread must say why before it ends: the console turns the code into a sentence.
  const { code = 'broken' } = Object(error)
  const message = error instanceof Error ? error.message : 'the hub failed'
  say({ kind: 'failed', code: String(code), message })
}

async function begin(): Promise<Hub> {
  const { databasePath, isDemo, language } = start
  if (!existsSync(databasePath)) throw new StartFault('missing', 'there is no hub in this place')
  const begun = await startHub({ databasePath, host: '127.0.0.1', port: 0, language })
  const door = demoDoor(begun.store)
  if (isDemo) arriving = runArrivals({ door, seed: begun.port, signal: arrivals.signal })
  return begun
}

async function stop(): Promise<void> {
  arrivals.abort()
  await arriving
  await hub?.close()
  parentPort?.close()
}

/** A fresh token at every start; those of earlier starts hold no more. */
async function ownersToken({ store }: Hub): Promise<string> {
  const { ownerId } = await store.world()
  if (ownerId === null) throw new StartFault('noOwner', 'this hub has no owner')
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

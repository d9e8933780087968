/** A Bitrix24 portal over HTTP (bitrix24.md 1, 2, 7): calls and batches, each answer checked. */
import { secretsOf, endpointOf } from './access.ts'
import { heardOf, paramsOfBatch } from './batch.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { bodyOf } from './encode.ts'
import { readingOf } from './envelope.ts'
import { errorOf, senseless } from './errors.ts'
import type { Asked } from './errors.ts'
import { exchange, usualTimeouts } from './exchange.ts'
import type { Timeouts, Wire } from './exchange.ts'
import { cleanerOf } from './redact.ts'
import type { Access, Answer, BitrixClient, CallOptions, Params } from './shapes.ts'

export type { BadWebhook } from './access.ts'
export { webhookAccess } from './access.ts'
export type { Clock } from './clock.ts'
export type {
  Access,
  Answer,
  BitrixClient,
  CallOptions,
  Command,
  CommandAnswer,
  Params,
} from './shapes.ts'

export type Limits = Timeouts

export interface ClientOptions {
  readonly access: Access
  /** Stores durably, before it returns, what is used from then on; what it throws fails the call. */
  readonly onAccess: (access: Access) => void
  readonly fetch?: typeof fetch
  readonly clock?: Clock
  readonly limits?: Partial<Limits>
  readonly version?: string
}

export function createClient(options: ClientOptions): BitrixClient {
  const access = options.access
  const closing = new AbortController()
  const wire: Wire = {
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? systemClock,
    timeouts: { ...usualTimeouts, ...options.limits },
    userAgent: `Nachalo/${options.version ?? '0'}`,
  }
  const clean = cleanerOf(() => secretsOf(access))
  const askedOf = (method: string, { isWrite = false }: CallOptions): Asked => ({
    method,
    isWrite,
    clean,
  })
  const ask = async (method: string, params: Params, called: CallOptions): Promise<Answer> => {
    const asked = askedOf(method, called)
    const auth = access.kind === 'oauth' ? { auth: access.accessToken } : {}
    const reply = await exchange(wire, {
      url: endpointOf(access, method),
      contentType: 'application/json',
      body: bodyOf({ ...params, ...auth }),
      asked,
      signals: [called.signal, closing.signal],
    })
    const reading = readingOf(reply.status, reply.text)
    if (reading.kind === 'answered') return reading.answer
    throw reading.kind === 'refused'
      ? errorOf(reading.refusal, asked)
      : senseless(reply.status, reading.isJson, asked)
  }
  return {
    call: ask,
    async batch(commands, called) {
      const params = paramsOfBatch(commands, called.isHalting ?? false)
      if (commands.length === 0) return new Map()
      const { result } = await ask('batch', params, called)
      const heard = heardOf(commands, result, { asked: askedOf('batch', called), errorOf })
      return new Map(heard.map(({ command, answer }) => [command.key, answer]))
    },
    address: () => access.address,
    close: () => closing.abort(),
  }
}

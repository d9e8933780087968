import type { z } from 'zod'

/** A pipe for plain messages: a message port or a socket. */
export interface Wire {
  send(message: unknown): void
  receive(listener: (message: unknown) => void): void
  /** Called once when no message can come any more. */
  closed(listener: () => void): void
}

/** An error as it crosses the wire: never a stack, never a secret. */
export interface WireError {
  readonly code: string
  readonly message: string
}

export class CallError extends Error {
  readonly code: string
  constructor(error: WireError) {
    super(error.message)
    this.name = 'CallError'
    this.code = error.code
  }
}

type Schemas = Readonly<Record<string, z.ZodType>>
type Handler = (arg: never) => unknown

type Message =
  | { readonly id: number; readonly ask: string; readonly arg: unknown }
  | { readonly id: number; readonly ok: unknown }
  | { readonly id: number; readonly error: WireError }
  | { readonly tell: string; readonly body: unknown }

const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && ('tell' in message || 'id' in message)

/**
 * Answers the questions of one wire. `args` are checked before a handler runs; an unknown name
 * or a bad argument is an error to the asker and changes nothing. `report` hears what we threw.
 */
export function serve(
  wire: Wire,
  args: Schemas,
  handlers: Readonly<Record<string, Handler>>,
  report: (error: unknown, name: string) => WireError,
): (name: string, body: unknown) => void {
  wire.receive(message => {
    if (isMessage(message) && 'ask' in message) void answer(message)
  })
  const answer = async ({ id, ask, arg }: { id: number; ask: string; arg: unknown }) => {
    try {
      wire.send({ id, ok: await run(ask, arg) })
    } catch (error) {
      wire.send({ id, error: error instanceof CallError ? plain(error) : report(error, ask) })
    }
  }
  const run = (ask: string, arg: unknown): unknown => {
    const schema = Object.hasOwn(args, ask) ? args[ask] : undefined
    const handler = Object.hasOwn(handlers, ask) ? handlers[ask] : undefined
    if (!schema || !handler) throw new CallError({ code: 'unknownCall', message: 'unknown call' })
    const checked = schema.safeParse(arg)
    if (!checked.success) {
      const issue = checked.error.issues[0]
      const place = issue?.path.join('.') ?? ''
      throw new CallError({
        code: 'badArgument',
        message: `${place}: ${issue?.message ?? 'invalid'}`,
      })
    }
    return handler(checked.data as never)
  }
  return (name, body) => wire.send({ tell: name, body })
}

const plain = (error: CallError): WireError => ({ code: error.code, message: error.message })

/** The other end: `calls.name(arg)` asks, `on(name, listener)` hears. */
export interface Connection<Calls, Events> {
  readonly calls: Calls
  on<K extends keyof Events & string>(name: K, listener: (body: Events[K]) => void): () => void
}

/** Questions still waiting when the wire closes are rejected with code `closed`. */
export function connect<Calls extends object, Events>(wire: Wire): Connection<Calls, Events> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, Set<(body: never) => void>>()
  let lastId = 0
  let isClosed = false
  wire.receive(message => {
    if (!isMessage(message)) return
    if ('tell' in message) {
      for (const listener of listeners.get(message.tell) ?? []) listener(message.body as never)
      return
    }
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if ('error' in message) asker?.reject(new CallError(message.error))
    else if ('ok' in message) asker?.resolve(message.ok)
  })
  const closedError = () => new CallError({ code: 'closed', message: 'the core is not connected' })
  wire.closed(() => {
    isClosed = true
    for (const asker of waiting.values()) asker.reject(closedError())
    waiting.clear()
  })
  const ask = (name: string, arg: unknown) =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(closedError())
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      wire.send({ id: lastId, ask: name, arg })
    })
  const calls = new Proxy({} as Calls, {
    get: (_target, name) =>
      typeof name === 'string' && name !== 'then' ? (arg: unknown) => ask(name, arg) : undefined,
  })
  return {
    calls,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
  }
}

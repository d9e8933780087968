import type { Wire } from '../../core/rpc.ts'

/** One live pipe to the core: a socket or a port. */
export interface Pipe {
  send(message: unknown): void
}
export interface PipeEvents {
  opened(pipe: Pipe): void
  received(message: unknown): void
  lost(): void
}
export type OpenPipe = (events: PipeEvents) => void

export type Link = 'connecting' | 'open' | 'lost'

interface Ask {
  readonly id: number
  readonly ask: string
}

const isAsk = (message: unknown): message is Ask =>
  typeof message === 'object' && message !== null && 'ask' in message && 'id' in message
const answeredId = (message: unknown): number | null =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  typeof message.id === 'number'
    ? message.id
    : null

/**
 * A wire that outlives its pipes. A question that may be repeated (it carries its own ids, or
 * changes nothing) waits for the next pipe and is asked again there, unchanged; any other is
 * answered with the error `closed` when its pipe is lost.
 */
export function lastingWire(
  open: OpenPipe,
  canRepeat: (ask: string) => boolean,
  onLink: (link: Link) => void,
): Wire {
  const unanswered = new Map<number, Ask>()
  const listeners = new Set<(message: unknown) => void>()
  let pipe: Pipe | null = null
  const hear = (message: unknown) => {
    for (const listener of listeners) listener(message)
  }
  const refuse = ({ id }: Ask) => {
    unanswered.delete(id)
    hear({ id, error: { code: 'closed', message: 'the core is not connected' } })
  }
  open({
    opened(next) {
      pipe = next
      onLink('open')
      for (const asked of unanswered.values()) next.send(asked)
    },
    received(message) {
      const id = answeredId(message)
      if (id !== null) unanswered.delete(id)
      hear(message)
    },
    lost() {
      pipe = null
      onLink('lost')
      for (const asked of unanswered.values()) if (!canRepeat(asked.ask)) refuse(asked)
    },
  })
  return {
    send(message) {
      if (isAsk(message)) unanswered.set(message.id, message)
      if (pipe) pipe.send(message)
      else if (isAsk(message) && !canRepeat(message.ask)) queueMicrotask(() => refuse(message))
    },
    receive: listener => void listeners.add(listener),
    closed: () => undefined,
  }
}

const firstDelayMs = 250
const longestDelayMs = 5000

/** A WebSocket that is opened again for ever, waiting longer each time it fails. */
export function socketPipe(url: string): OpenPipe {
  return events => {
    let delayMs = firstDelayMs
    const dial = () => {
      const socket = new WebSocket(url)
      socket.addEventListener('open', () => {
        delayMs = firstDelayMs
        events.opened({ send: message => socket.send(JSON.stringify(message)) })
      })
      socket.addEventListener('message', event => {
        if (typeof event.data === 'string') events.received(JSON.parse(event.data))
      })
      socket.addEventListener('close', () => {
        events.lost()
        setTimeout(dial, delayMs)
        delayMs = Math.min(delayMs * 2, longestDelayMs)
      })
    }
    dial()
  }
}

const isPortOffer = (data: unknown) =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'nachalo-port'

/** The port Electron's preload posts to the page; a new one comes when the core was started again. */
export function portPipe(): OpenPipe {
  return events => {
    let current: MessagePort | null = null
    window.addEventListener('message', event => {
      const port = event.ports[0]
      if (event.source !== window || !isPortOffer(event.data) || !port) return
      if (current) events.lost()
      current = port
      port.addEventListener('message', ({ data }) => events.received(data))
      port.addEventListener('close', () => {
        if (current !== port) return
        current = null
        events.lost()
      })
      port.start()
      events.opened({ send: message => port.postMessage(message) })
    })
  }
}

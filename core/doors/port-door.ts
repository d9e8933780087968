import type { Wire } from '../rpc.ts'

/** What we need of a port: Electron's MessagePortMain and Node's MessagePort both have it. */
export interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start?(): void
}

/** Door 1: a message port posted to us by Electron's main process. */
export function portWire(port: Port): Wire {
  return {
    send: message => port.postMessage(message),
    receive(listener) {
      port.on('message', event => listener(dataOf(event)))
      port.start?.()
    },
    closed: listener => void port.on('close', listener),
  }
}

// Electron hands an event with `data`, Node hands the message itself.
const dataOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'data' in event && !('id' in event)
    ? event.data
    : event

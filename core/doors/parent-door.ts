import type { Wire } from '../rpc.ts'
import { portWire, type Port } from './port-door.ts'

/** What we need of the port to Electron's main process. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): void
  postMessage(message: unknown): void
}

const longestNumber = 100

/** The number of a case that the system was asked to open; null: the message asks something else. */
function caseNumberIn(message: unknown): string | null {
  if (typeof message !== 'object' || message === null) return null
  if (!('kind' in message) || message.kind !== 'openCase' || !('number' in message)) return null
  const { number } = message
  if (typeof number !== 'string' || number.length === 0 || number.length > longestNumber)
    return null
  return number
}

/** Door 1 from the side of Electron's main process: ports of windows, and a case to open. */
export function openParentDoor(
  parent: ParentPort,
  heard: { onWire(wire: Wire): void; onOpenCase(number: string): void },
): void {
  parent.on('message', ({ data, ports }) => {
    for (const port of ports) heard.onWire(portWire(port))
    const number = caseNumberIn(data)
    if (number !== null) heard.onOpenCase(number)
  })
}

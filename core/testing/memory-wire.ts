import type { Wire } from '../rpc.ts'

/** Two ends of one wire in memory; `cut` closes both. */
export function memoryWire(): {
  readonly near: Wire
  readonly far: Wire
  readonly cut: () => void
} {
  const ends = [newEnd(), newEnd()] as const
  return {
    near: wireOf(ends[0], ends[1]),
    far: wireOf(ends[1], ends[0]),
    cut: () => {
      for (const end of ends) {
        end.listeners.length = 0
        for (const listener of end.closings) listener()
      }
    },
  }
}

interface End {
  readonly listeners: ((message: unknown) => void)[]
  readonly closings: (() => void)[]
}
const newEnd = (): End => ({ listeners: [], closings: [] })

const wireOf = (own: End, other: End): Wire => ({
  send: message => {
    for (const listener of other.listeners) listener(message)
  },
  receive: listener => void own.listeners.push(listener),
  closed: listener => void own.closings.push(listener),
})

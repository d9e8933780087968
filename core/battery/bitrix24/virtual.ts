import type { Sleep } from '../../sync/bell.ts'

/** Time that passes only from one planned thing to the next; everything at rest in between. */
export interface Virtual {
  /** Ms since the beginning; monotonic, and the wall clock of the simulation too. */
  now(): number
  /** `isQuiet`: nothing waits for a promise of it, so the next thing may follow at once. */
  at(time: number, act: () => void, isQuiet?: boolean): Planned
  readonly sleep: Sleep
  /** Until nothing is planned up to `until`; returns how many things happened. */
  run(until: number): Promise<number>
}

interface Planned {
  readonly time: number
  readonly order: number
  readonly isQuiet: boolean
  /** null: called off. */
  act: (() => void) | null
}

/** One turn of the event loop empties the queue of promises, and nothing here waits for anything else. */
const settled = () =>
  new Promise<void>(resolve => {
    setImmediate(resolve)
  })

export function createVirtual(): Virtual {
  const heap: Planned[] = []
  let now = 0
  let made = 0
  const at: Virtual['at'] = (time, act, isQuiet = false) => {
    made += 1
    const planned = { time: Math.max(now, Math.round(time)), order: made, isQuiet, act }
    push(heap, planned)
    return planned
  }
  return {
    now: () => now,
    at,
    sleep: (milliseconds, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        const wake = () => {
          planned.act = null
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const planned = at(now + Math.max(0, milliseconds), wake)
        signal.addEventListener('abort', wake)
      }),
    async run(until) {
      let happened = 0
      await settled()
      for (let next = heap[0]; next && next.time <= until; next = heap[0]) {
        pop(heap)
        const { act, time, isQuiet } = next
        if (!act) continue
        now = time
        next.act = null
        happened += 1
        act()
        if (!isQuiet) await settled()
      }
      return happened
    },
  }
}

const isBefore = (one: Planned, other: Planned): boolean =>
  one.time < other.time || (one.time === other.time && one.order < other.order)

function push(heap: Planned[], added: Planned): void {
  let place = heap.length
  heap.push(added)
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent]
    if (!above || !isBefore(added, above)) break
    heap[place] = above
    place = parent
  }
  heap[place] = added
}

function pop(heap: Planned[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    const right = heap[child + 1]
    const left = heap[child]
    if (!left) break
    if (right && isBefore(right, left)) child += 1
    const least = heap[child]
    if (!least || !isBefore(least, last)) break
    heap[place] = least
    place = child
  }
  heap[place] = last
}

import { readFileSync } from 'node:fs'

/** Milliseconds this thread stood in the queue for a processor: not ours, but its neighbours' time. */
const queuedMs = (): number => {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6
  } catch {
    // Only Linux tells; elsewhere nothing is taken off.
    return 0
  }
}

/** Starts to measure; the answer is the time since then without waiting for a processor. */
export function startWatch(): () => number {
  const [at, queued] = [performance.now(), queuedMs()]
  return () => performance.now() - at - (queuedMs() - queued)
}

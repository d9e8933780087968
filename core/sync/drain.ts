/** How fast the outbox goes out, for as long as it is not empty. */
export interface Drain {
  /** So many are settled now. */
  settled(count: number, now: number): void
  /** Nothing waits any more. */
  empty(): void
  /** ms until `waiting` more are settled at the pace so far; null: too early to say. */
  leftMs(waiting: number, now: number): number | null
}

/** Fewer say nothing of the pace. */
const fewest = 10

export function createDrain(): Drain {
  let startedAt: number | null = null
  let settled = 0
  return {
    settled(count, now) {
      startedAt ??= now
      settled += count
    },
    empty() {
      startedAt = null
      settled = 0
    },
    leftMs(waiting, now) {
      if (startedAt === null || settled < fewest || waiting === 0) return null
      return Math.round(((now - startedAt) / settled) * waiting)
    },
  }
}

import type { Standing } from './marker.ts'

/** `turn`: how often it was said so far; the portal's own time of the case does not move with it. */
export interface Fact {
  readonly kind: Standing
  readonly turn: number
}

/** The fact after one more saying. */
export const factAfter = (before: Fact | undefined, kind: Standing): Fact => ({
  kind,
  turn: (before?.turn ?? 0) + 1,
})

const mostTurns = 8

/** Above the time the portal gives, below its next second: what is said here alone is a change too. */
export const versionWith = (updatedAt: number, fact: Fact | undefined): number =>
  updatedAt + 100 * Math.min(fact?.turn ?? 0, mostTurns)

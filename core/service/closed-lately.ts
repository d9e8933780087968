import type { ClosedLately } from '../contract.ts'
import { closedSince } from '../store/closed-lately.ts'
import type { Desk } from './desk.ts'

const daysKept = 7
const mostShown = 300
const dayMs = 24 * 3_600_000

/** What was closed in the last week, the newest first, as the head sees it. */
export function closedLately(desk: Desk): ClosedLately {
  const sinceAt = desk.now() - daysKept * dayMs
  const cases = closedSince(desk.store, sinceAt, mostShown + 1)
  return { cases: cases.slice(0, mostShown), isMore: cases.length > mostShown }
}

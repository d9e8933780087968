/** Five counts of a person (design, «State of a case, counts, load»). */
export interface Counts {
  readonly inWork: number
  readonly overdue: number
  readonly deferred: number
  readonly awaitingApproval: number
  readonly closed: number
}

/** Closed cases of a person: this calendar month (the count shown), today and in the last 30 days. */
export interface ClosedCounts {
  readonly month: number
  readonly today: number
  readonly days30: number
}

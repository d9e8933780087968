/** What went wrong outside; each kind has one consequence in sync. */
export type BackendErrorKind =
  | 'offline' // the request did not leave: try again with backoff
  | 'ambiguous' // it left and no answer came: the outcome is unknown
  | 'busy' // refused for now, not executed: wait
  | 'unauthorised' // the token does not hold: ask the head
  | 'forbidden'
  | 'refused' // the backend understood and says no
  | 'broken' // the answer makes no sense

/** Thrown only in `backends/`, caught only in `sync/`; `message` never holds a secret. */
export class BackendError extends Error {
  readonly kind: BackendErrorKind
  readonly retryAfterMs: number | null
  readonly code: string | null
  constructor(
    kind: BackendErrorKind,
    message: string,
    more: { retryAfterMs?: number; code?: string } = {},
  ) {
    super(message)
    this.name = 'BackendError'
    this.kind = kind
    this.retryAfterMs = more.retryAfterMs ?? null
    this.code = more.code ?? null
  }
}

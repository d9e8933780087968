/** What goes wrong with one request (section 8 of bitrix24.md). */
export type Fault =
  /** Nobody listens. */
  | { readonly kind: 'refused' }
  /** The connection breaks before the portal has done anything, or after it has done everything. */
  | { readonly kind: 'resetBefore' | 'resetAfter' }
  /** The connection breaks at once, and the portal carries the request out later. */
  | { readonly kind: 'zombie'; readonly afterMs: number }
  /** The answer comes so much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** A page of the web server instead of an answer: nothing was done, or (`isDone`) everything. */
  | { readonly kind: 'badGateway'; readonly status?: 502 | 503 | 504; readonly isDone?: boolean }
  /** 503 QUERY_LIMIT_EXCEEDED, 429 OPERATION_TIME_LIMIT, 503 OVERLOAD_LIMIT, 500. */
  | { readonly kind: 'tooMany' | 'methodBlocked' | 'overload' | 'internal' }
  /** The answer breaks off in the middle of its JSON, with status 200. */
  | { readonly kind: 'truncated' }
  /** A captive portal between: HTML with status 200, nothing reached anybody. */
  | { readonly kind: 'captive' }
  /** The token is no longer good. */
  | { readonly kind: 'expired' }

export interface FaultRequest {
  /** In lower case; `batch` for a batch. */
  readonly method: string
  readonly isWrite: boolean
  /** Of the request, from 0. */
  readonly index: number
}

export type FaultPlan = (request: FaultRequest) => Fault | null

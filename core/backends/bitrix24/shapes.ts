/** What is asked of a Bitrix24 portal and what comes back, in the words of the REST interface. */
import type { BackendError } from '../errors.ts'

/**
 * What a request may present. `address`: scheme, name and port of the portal, with no path. Of an
 * incoming webhook the path of every request is made with `userId` and `secret` (bitrix24.md 1.1);
 * of an application `server` is where tokens are renewed, `expiresAt` is UTC ms (1.2).
 */
export type Access = WebhookAccess | OAuthAccess

export interface WebhookAccess {
  readonly kind: 'webhook'
  readonly address: string
  readonly userId: string
  readonly secret: string
}

export interface OAuthAccess {
  readonly kind: 'oauth'
  readonly address: string
  readonly clientId: string
  readonly clientSecret: string
  readonly memberId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: number
  readonly server: string
}

export interface Params {
  readonly [name: string]: unknown
}

/** An answered call; `next` and `total` are null when not told, and a total of 0 means nothing. */
export interface Answer {
  readonly result: unknown
  readonly next: number | null
  readonly total: number | null
  /** The portal's clock at the start of the answer, UTC ms. */
  readonly at: number | null
}

/** One call in a batch; `key`: a letter, then letters and digits, such as `c0`. */
export interface Command {
  readonly key: string
  readonly method: string
  readonly params: Params
}

/** `absent`: not executed, because of a halt or for no stated reason. */
export type CommandAnswer =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly error: BackendError }
  | { readonly kind: 'absent' }

export interface CallOptions {
  readonly signal: AbortSignal
  /** A write that left and was not answered is `ambiguous`; a read never is. */
  readonly isWrite?: boolean
}

/** Every method throws BackendError and nothing else. */
export interface BitrixClient {
  call(method: string, params: Params, options: CallOptions): Promise<Answer>
  /** One HTTP request, at most 50 commands, carried out in their order. */
  batch(
    commands: readonly Command[],
    options: CallOptions & { readonly isHalting?: boolean },
  ): Promise<ReadonlyMap<string, CommandAnswer>>
  /** Where the portal is now (it may have been renamed), without secrets. */
  address(): string
  /** Cuts what is under way; a renewal of tokens is let finish, for it cannot be repeated. */
  close(): void
}

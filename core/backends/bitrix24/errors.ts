/** Which of our errors a refusal of the portal is: the table of bitrix24.md 7 with 11. */
import { BackendError } from '../errors.ts'
import type { BackendErrorKind } from '../errors.ts'
import type { Refusal } from './envelope.ts'

/** Our own codes of `BackendError.code`. */
export type Code = keyof typeof meanings

interface Meaning {
  readonly kind: BackendErrorKind
  readonly retryAfterMs?: number
}

/**
 * `internal` and `badAnswer` are of a read; of a write both are ambiguous. A lapsed plan is
 * `forbidden`, so that what waits to be sent goes on waiting and the status names the reason.
 */
const meanings = {
  authLost: { kind: 'unauthorised' },
  portalGone: { kind: 'unauthorised' },
  planBlocked: { kind: 'forbidden', retryAfterMs: 3_600_000 },
  scopeMissing: { kind: 'forbidden' },
  accessDenied: { kind: 'forbidden' },
  notFound: { kind: 'refused' },
  invalid: { kind: 'refused' },
  unsupported: { kind: 'refused' },
  rateLimited: { kind: 'busy', retryAfterMs: 1_000 },
  methodBlocked: { kind: 'busy', retryAfterMs: 60_000 },
  portalBlocked: { kind: 'busy', retryAfterMs: 900_000 },
  confirmWait: { kind: 'busy', retryAfterMs: 300_000 },
  redirected: { kind: 'broken' },
  httpsRequired: { kind: 'broken' },
  batchMisuse: { kind: 'broken' },
  badAnswer: { kind: 'broken' },
  internal: { kind: 'offline' },
  timeout: { kind: 'offline' },
} satisfies Record<string, Meaning>

/** Their codes in lower case; what stands nowhere here is judged by its status. */
const codes: ReadonlyMap<string, Code> = new Map(
  (
    [
      [
        'authLost',
        `expired_token invalid_token no_auth_found authorization_error application_not_found
         error_oauth not_installed wrong_client invalid_client invalid_grant bad_verification_code`,
      ],
      ['planBlocked', 'payment_required update_dynamic_item_restricted'],
      [
        'accessDenied',
        `access_denied access_error user_access_error allowed_only_intranet_user wrong_auth_type
         method_confirm_denied -`,
      ],
      ['scopeMissing', 'insufficient_scope invalid_scope'],
      ['confirmWait', 'method_confirm_waiting'],
      ['rateLimited', 'query_limit_exceeded'],
      ['methodBlocked', 'operation_time_limit'],
      ['portalBlocked', 'overload_limit'],
      ['internal', 'internal_server_error error_unexpected_answer'],
      ['portalGone', 'portal_deleted'],
      ['unsupported', 'error_method_not_found error_manifest_is_not_available'],
      ['notFound', 'not_found error_not_found owner_not_found'],
      [
        'invalid',
        `invalid_arg_value crm_field_error_value_not_valid crm_field_error_required error_core
         invalid_request`,
      ],
      ['batchMisuse', 'error_batch_length_exceeded error_batch_method_not_allowed'],
    ] as const
  ).flatMap(([ours, theirs]) => theirs.split(/\s+/).map(code => [code, ours] as const)),
)

/** Codes that say nothing, so that the description, which may be translated, is all there is. */
const mute = new Set(['', '0', '100'])

/** Never throws; `invalid` when nothing is known of a refusal. */
export function meaningOf(refusal: Refusal): Code {
  const code = refusal.code.toLowerCase()
  const found = mute.has(code) ? byDescription(refusal) : byCode(code, refusal)
  const isServers = (refusal.status ?? 0) >= 500
  return isServers && (found === 'invalid' || found === 'notFound') ? 'internal' : found
}

function byCode(code: string, refusal: Refusal): Code {
  const found =
    depending.get(code)?.(refusal) ?? codes.get(code) ?? byStatus(refusal.status) ?? 'invalid'
  return found === 'notFound' ? notFoundOr(refusal.description) : found
}

/** Codes that mean more than one thing. */
const depending: ReadonlyMap<string, (refusal: Refusal) => Code | null> = new Map<
  string,
  (refusal: Refusal) => Code | null
>([
  // 401: a webhook that is none; 403 and within a batch: the user may not (bitrix24.md 11.5).
  [
    'invalid_credentials',
    ({ status }) => (status === 403 || status === null ? 'accessDenied' : 'authLost'),
  ],
  [
    'access_denied',
    ({ description }) => (/commercial plan|коммерческ/i.test(description) ? 'planBlocked' : null),
  ],
  ['invalid_request', ({ description }) => (/https/i.test(description) ? 'httpsRequired' : null)],
])

/** A kind of item that is not there is no deleted item. */
const notFoundOr = (description: string): Code =>
  /smart.?process|смарт.?процесс/i.test(description) ? 'invalid' : 'notFound'

function byDescription({ status, description }: Refusal): Code {
  if (status === 401 || status === 429 || (status ?? 0) >= 500)
    return byStatus(status) ?? 'internal'
  if (/access denied|not allowed|доступ запрещ|доступ закрыт/i.test(description))
    return 'accessDenied'
  if (/not found|wrong task id|не найден/i.test(description)) return notFoundOr(description)
  return byStatus(status) ?? 'invalid'
}

function byStatus(status: number | null): Code | null {
  if (status === null) return null
  if (status >= 500) return 'internal'
  return statuses.get(status) ?? null
}
const statuses: ReadonlyMap<number, Code> = new Map([
  [401, 'authLost'],
  [403, 'accessDenied'],
  [404, 'notFound'],
  [429, 'rateLimited'],
])

/** What a message is about, and how it becomes fit to be seen. */
export interface Asked {
  readonly method: string
  readonly isWrite: boolean
  readonly clean: (text: string) => string
}

/** `error` of a refusal; `retryAfterMs` when more is known than the usual pause. */
export function errorOf(refusal: Refusal, asked: Asked, retryAfterMs?: number): BackendError {
  const code = meaningOf(refusal)
  const { status, description } = refusal
  const said = `${status ?? 'in a batch'} ${refusal.code}: ${description}`
  return errorWith(code, said, asked, retryAfterMs)
}

/** An error of our code whose words are made fit to be seen. */
export function errorWith(
  code: Code,
  words: string,
  asked: Asked,
  retryAfterMs?: number,
): BackendError {
  const meaning: Meaning = meanings[code]
  const isUnknown = asked.isWrite && (code === 'internal' || code === 'badAnswer')
  const pause = retryAfterMs ?? meaning.retryAfterMs
  return new BackendError(
    isUnknown ? 'ambiguous' : meaning.kind,
    asked.clean(`${asked.method}: ${words}`),
    pause === undefined ? { code } : { code, retryAfterMs: pause },
  )
}

/**
 * An answer that is none: HTML, cut JSON, a 5xx without a code. Of a write nothing is known then;
 * for a read it is the way to the portal (a page of a network's sign-in) or the portal itself.
 */
export function senseless(status: number, isJson: boolean, asked: Asked): BackendError {
  const code = status >= 500 ? 'internal' : 'badAnswer'
  const words = `the answer of status ${status} is not one of a portal`
  const isAway = !asked.isWrite && (status >= 500 || (!isJson && status < 300))
  if (isAway) return new BackendError('offline', asked.clean(`${asked.method}: ${words}`), { code })
  return errorWith(code, words, asked)
}

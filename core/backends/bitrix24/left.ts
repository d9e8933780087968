/** Whether a request that failed had left: only then is the outcome of a write unknown. */
export interface Left {
  readonly hasLeft: boolean
  /** The system's code alone: messages of Node may quote an address. */
  readonly cause: string
}

/** Names that were not found and connections that were not made. */
const beforeConnecting = /^(ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL)$/
/** A certificate or a handshake that was not accepted; nothing is sent before both are. */
const beforeTrusting =
  /^(CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|\w*HANDSHAKE_FAILURE|TLSV1_ALERT_PROTOCOL_VERSION|PACKET_LENGTH_TOO_LONG))$/

/** Of an error thrown by `fetch`; in doubt it left. */
export function leftOf(error: unknown): Left {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = codeOf(cause)
  return { hasLeft: !didNotLeave(cause, code), cause: code }
}

function didNotLeave(cause: unknown, code: string): boolean {
  if (beforeConnecting.test(code) || beforeTrusting.test(code)) return true
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return cause.errors.every(one => didNotLeave(one, codeOf(one)))
  if (!(cause instanceof Error)) return false
  if ('syscall' in cause) return cause.syscall === 'connect' || cause.syscall === 'getaddrinfo'
  return cause.message.includes('before secure TLS connection was established')
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no answer'

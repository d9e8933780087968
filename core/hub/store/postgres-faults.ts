/** What the driver says without a code when the server is not reached or hangs up. */
const driverSays =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|Connection ended)/

/** The server could not serve just now: another try may find it. SQLSTATE classes and codes. */
const passing = /^(08|53|57P|58|28|3D|25P03|40|55P03)/

/** What the server itself answered: known by its shape, so that a hub in a file needs no driver. */
const isAnswer = (error: Error): error is Error & { readonly code: unknown } =>
  'severity' in error && 'code' in error

/** How PostgreSQL (or the way to it) failed: its code, never an address or a password; null: it did not. */
export function postgresFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (isAnswer(error)) return String(error.code)
  const [said] = driverSays.exec(error.message) ?? []
  if (said !== undefined) return said
  const isOfWay =
    'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')
  return isOfWay && 'code' in error ? String(error.code) : null
}

/** Is the database away or busy, so that the same request may succeed a moment later? */
export function isPassingFault(error: unknown): boolean {
  const why = postgresFault(error)
  return why !== null && !(error instanceof Error && isAnswer(error) && !passing.test(why))
}

import type { Fault } from './faults.ts'
import { RestError } from './rest-error.ts'

/** Faults that are said in the portal's own words: status, code, description (bitrix24.md 7). */
const said: Readonly<Partial<Record<Fault['kind'], readonly [number, string, string]>>> = {
  tooMany: [503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'],
  methodBlocked: [429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.'],
  overload: [503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload.'],
  internal: [500, 'INTERNAL_SERVER_ERROR', 'Internal server error'],
  confirmWaiting: [401, 'METHOD_CONFIRM_WAITING', 'Waiting for confirmation'],
  paymentRequired: [401, 'PAYMENT_REQUIRED', 'Subscription has been ended'],
  portalDeleted: [403, 'PORTAL_DELETED', 'Portal is deleted'],
  expired: [401, 'expired_token', 'The access token provided has expired.'],
}

/** null: nothing the portal itself would say. */
export function errorOfFault(fault: Fault | null): RestError | null {
  const words = fault && said[fault.kind]
  return words ? new RestError(...words) : null
}

import type { EmployeeId } from '../../domain/id.ts'
import type { Scope } from '../rights/may.ts'
import type { TokenRole } from '../store/tables.ts'

/** Who stands behind a request, as its token says. */
export interface Caller {
  readonly tokenId: string
  readonly employeeId: EmployeeId | null
  readonly tokenRole: TokenRole
  readonly scopes: ReadonlySet<Scope>
}

/** How the audit log names a caller. */
export const actorOf = (caller: Caller): string =>
  caller.employeeId === null
    ? `token:${caller.tokenId}`
    : `employee:${caller.employeeId} token:${caller.tokenId}`

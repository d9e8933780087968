import type { ProductionCalendar } from './calendar.ts'
import type { Kind } from './case.ts'
import type { ClientId, DepartmentId, EmployeeId, KindId } from './id.ts'
import type { PersonLoad } from './load.ts'
import type { OrgIndex } from './org-index.ts'

/** What is known when a case hangs over a person; made anew when any of it changes, never mutated. */
export interface DropWorld {
  readonly now: number
  readonly index: OrgIndex
  readonly kinds: ReadonlyMap<KindId, Kind>
  readonly loads: ReadonlyMap<EmployeeId, PersonLoad>
  /** Who knows which client. */
  readonly acquainted: Readonly<Record<ClientId, readonly EmployeeId[]>>
  /** Departments the head gives out in. */
  readonly scope: ReadonlySet<DepartmentId>
  readonly me: EmployeeId
  readonly calendar: ProductionCalendar
  /** The workspace's IANA zone. */
  readonly zone: string
  /** When each person will have done what they hold, where it is known (from `agendaOf`). */
  readonly freeAt?: ReadonlyMap<EmployeeId, number | null>
  /** Who is responsible for which client, where it is known. */
  readonly clientOwners?: Readonly<Record<ClientId, EmployeeId | null>>
  /** People a rule of the workspace excludes, with the name of the rule. */
  readonly excluded?: ReadonlyMap<EmployeeId, string>
  /** My own department, for cases that name none. */
  readonly fallback?: DepartmentId | null
}

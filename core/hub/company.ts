import type { Case, CaseText, Kind } from '../domain/case.ts'
import type { Reason } from '../domain/decision.ts'
import type { CaseId, ClientId, DepartmentId, EmployeeId, HistoryId } from '../domain/id.ts'
import type { Absence, Department, Employee, Post, Substitution } from '../domain/org.ts'

/** A case to be written into a hub: no version yet, never masked; `departmentId` null: routed by kind, else to the top. */
export type CompanyCase = Omit<Case, 'isMasked' | 'version'> & Omit<CaseText, 'caseId'>

export interface CompanyClient {
  readonly clientId: ClientId
  readonly name: string
  readonly responsibleId: EmployeeId | null
}

/** One line of a case's past; `employeeId` null: the system. Keys of `from` and `to` are field names. */
export interface CompanyHistory {
  readonly historyId: HistoryId
  readonly caseId: CaseId
  readonly at: number
  readonly employeeId: EmployeeId | null
  readonly decisionId: string | null
  readonly verb: string
  readonly from: Readonly<Record<string, string | number | null>>
  readonly to: Readonly<Record<string, string | number | null>>
  readonly ruleId: string | null
  readonly ruleVersion: number | null
  readonly reasons: readonly Reason[]
}

/** `employeeId` may give out the cases of `departmentId` and of all below it. */
export interface Dispatcher {
  readonly employeeId: EmployeeId
  readonly departmentId: DepartmentId
  readonly fromAt: number | null
  /** Exclusive. */
  readonly untilAt: number | null
}

/** Read once, in the order of the fields of `Company`. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>

/** A whole company with bare ids, as `writeCompany` takes it and `export` gives it. */
export interface Company {
  readonly company: string
  /** IANA zone. */
  readonly zone: string
  /** Whose workspace it is: the token of an embedded hub is this employee's; null: nobody's. */
  readonly ownerId: EmployeeId | null
  /** At least one. */
  readonly departments: readonly Department[]
  readonly posts: readonly Post[]
  readonly employees: readonly Employee[]
  readonly absences: readonly Absence[]
  readonly substitutions: readonly Substitution[]
  readonly kinds: readonly Kind[]
  readonly dispatchers?: readonly Dispatcher[]
  readonly cases: Rows<CompanyCase>
  readonly clients: Rows<CompanyClient>
  readonly history: Rows<CompanyHistory>
}

/** `done` counts rows written; a thrown `signal` leaves nothing behind. */
export interface WriteOptions {
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** How people sign in at the company's OpenID Connect provider. */
export interface SignInOptions {
  /** https, or http on this machine. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The claim that says who somebody is; `email` counts only where the provider has verified it. */
  readonly claim: string
  /** Where people's browsers reach this hub, when that is not where it listens. */
  readonly publicUrl?: string
}

/** What runs: `core/hub/server.ts` exports `startHub(options: HubOptions): Promise<Hub>`. */
export interface HubOptions {
  readonly databasePath: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly now?: () => number
  /** Language of messages to a caller who names none. */
  readonly language?: 'ru' | 'en'
  /** PEM; without both only a loopback host is listened on. */
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly signIn?: SignInOptions
  /** One line a request: no personal data, no token. */
  readonly log?: (line: string) => void
}

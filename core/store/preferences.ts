import type { CaseId, DepartmentId, EmployeeId } from '../domain/id.ts'
import { fromJson, statement, tables } from './db.ts'
import type { Me } from './records.ts'
import type { Store } from './store.ts'

/** What the head set for this workspace; lives in the outbox and is never rebuilt. */
export interface Preferences {
  /** Points a person may hold where nothing else says; design: 10. */
  readonly defaultLimit: number
  /** Weight by kind id. */
  readonly kindWeights: Readonly<Record<string, number>>
  /** Limit by employee id; null: the department's default. */
  readonly limits: Readonly<Record<string, number | null>>
}

/** What a plan was begun with, and what was so then. */
export interface PlanDraft {
  /** Split among the people of this department and below; absent: of the whole scope. */
  readonly departmentId?: DepartmentId
  readonly caseIds: readonly CaseId[]
  /** The head's own choices; null: to nobody. */
  readonly kept: readonly { readonly caseId: CaseId; readonly employeeId: EmployeeId | null }[]
  readonly draftedAt: number
  /** Who of those one could give to was away. */
  readonly away: readonly EmployeeId[]
}

interface Named extends Preferences {
  readonly planDraft: PlanDraft | null
  readonly me: Me
  /** Where the backend is and the token that opens it. */
  readonly access: { readonly address: string; readonly token: string }
  /** The same of a portal of Bitrix24, with its rules; who wrote it knows its shape. */
  readonly portal: unknown
}

const initial: Preferences = { defaultLimit: 10, kindWeights: {}, limits: {} }

const read = statement<{ name: string }>()(value =>
  tables.selectFrom('preferences').select('valueJson').where('name', '=', value('name')),
)
const write = statement<{ name: string; valueJson: string }>()(value =>
  tables
    .insertInto('preferences')
    .orReplace()
    .values({ name: value('name'), valueJson: value('valueJson') }),
)

export function readPreference<Name extends keyof Preferences>(
  store: Store,
  name: Name,
): Preferences[Name] {
  return readNamed(store, name) ?? initial[name]
}

export function writePreference<Name extends keyof Preferences>(
  store: Store,
  name: Name,
  value: Preferences[Name] & Named[Name],
): void {
  store.transact(touching => {
    writeNamed(store, name, value)
    touching.isOrgTouched ||= name !== 'kindWeights'
    touching.areKindsTouched ||= name === 'kindWeights'
  })
}

/** Anything small that must outlive the replica, by name; null when it was never written. */
export function readNamed<Name extends keyof Named>(store: Store, name: Name): Named[Name] | null {
  const row = store.one(read({ name }))
  return row ? fromJson<Named[Name]>(row.valueJson) : null
}

export function writeNamed<Name extends keyof Named>(
  store: Store,
  name: Name,
  value: Named[Name],
): void {
  store.run(write({ name, valueJson: JSON.stringify(value) }))
}

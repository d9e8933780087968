import { fromJson, statement, tables } from './db.ts'
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

export function readPreference<Name extends keyof Preferences>(store: Store, name: Name): Preferences[Name] {
  return readNamed<Preferences[Name]>(store, name) ?? initial[name]
}

export function writePreference<Name extends keyof Preferences>(
  store: Store,
  name: Name,
  value: Preferences[Name],
): void {
  store.transact(touching => {
    writeNamed(store, name, value)
    touching.isOrgTouched ||= name !== 'kindWeights'
    touching.areKindsTouched ||= name === 'kindWeights'
  })
}

/** Anything small that must outlive the replica, by name; null when it was never written. */
export function readNamed<Value>(store: Store, name: string): Value | null {
  const row = store.one(read({ name }))
  return row ? fromJson<Value>(row.valueJson) : null
}

export function writeNamed(store: Store, name: string, value: unknown): void {
  store.run(write({ name, valueJson: JSON.stringify(value) }))
}

import type { Store } from './store.ts'

/** What the head set for this workspace; lives in the outbox and is never rebuilt. */
export interface Preferences {
  /** Points a person may hold where nothing else says; design: 10. */
  readonly defaultLimit: number
  /** Weight by kind id. */
  readonly kindWeights: Readonly<Record<string, number>>
  /** Limit by employee id; null: the department's default. */
  readonly limits: Readonly<Record<string, number | null>>
  /** Where the backend is and the token that opens it; null where the space needs none. */
  readonly access: { readonly address: string; readonly token: string } | null
}

export function readPreference<Name extends keyof Preferences>(store: Store, name: Name): Preferences[Name] {
  throw new Error(`not yet: ${store.folder} ${name}`)
}
export function writePreference<Name extends keyof Preferences>(
  store: Store,
  name: Name,
  value: Preferences[Name],
): void {
  throw new Error(`not yet: ${store.folder} ${name} ${String(value)}`)
}

import type { Case } from '../domain/case.ts'
import type { Store } from './store.ts'

/** Finds by number, subject, client, phone, e-mail, text; any input is safe; best first. */
export function searchCases(store: Store, text: string, limit: number): Case[] {
  throw new Error(`not yet: ${store.folder} ${text} ${limit}`)
}

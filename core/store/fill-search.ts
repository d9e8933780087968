import type { Store } from './store.ts'

/** Indexes the next cases within `budgetMs`; true when nothing is left. */
export function fillSearch(store: Store, budgetMs: number): boolean {
  throw new Error(`not yet: ${store.folder} ${budgetMs}`)
}

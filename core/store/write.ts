import type { Cursor, Page } from './records.ts'
import type { Store } from './store.ts'

/** Rows and cursor in one transaction; rows older than ours by `version` are left alone. */
export function applyPage(store: Store, page: Page): void {
  throw new Error(`not yet: ${store.folder} ${page.nextCursor}`)
}
export interface SliceOptions {
  /** How long one transaction may last; 20 ms. */
  readonly sliceMs?: number
  /** Awaited between transactions; setImmediate by default. */
  readonly pause?: () => Promise<void>
  /** Aborted between slices: the cursor stays, the page comes again. */
  readonly signal?: AbortSignal
}
/** The same in short transactions, so that the head's own acts go between; the cursor moves with the last. */
export async function applyPageInSlices(store: Store, page: Page, options: SliceOptions = {}): Promise<void> {
  throw new Error(`not yet: ${store.folder} ${page.nextCursor} ${String(options.sliceMs)}`)
}
export function readCursor(store: Store): Cursor {
  throw new Error(`not yet: ${store.folder}`)
}
/** The backend wants everything from the start: what does not come again will be swept. */
export function beginRestart(store: Store): void {
  throw new Error(`not yet: ${store.folder}`)
}
/** Sweeps what did not come since `beginRestart`; applyPage does it itself with the last page. */
export function finishRestart(store: Store): void {
  throw new Error(`not yet: ${store.folder}`)
}

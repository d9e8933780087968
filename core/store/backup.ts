import type { Store } from './store.ts'

/** A verified copy of the outbox under the same key; keeps 3 recent and 7 daily. */
export function backupOutbox(store: Store): { readonly path: string; readonly bytes: number } {
  throw new Error(`not yet: ${store.folder}`)
}
/** When the newest backup was made (UTC ms), or null. */
export function lastBackupAt(store: Store): number | null {
  throw new Error(`not yet: ${store.folder}`)
}

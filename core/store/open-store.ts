import type { WorkspaceId } from '../domain/id.ts'
import type { Store } from './store.ts'

export type { Store, Touched } from './store.ts'
export { StoreError } from './errors.ts'

/** `folder`: the workspace's own folder; made when missing. `key`: 32 bytes, null only for the demo. */
export interface StoreOptions {
  readonly folder: string
  readonly workspaceId: WorkspaceId
  readonly key: Buffer | null
  readonly now: () => number
}

export function openStore(options: StoreOptions): Store {
  throw new Error(`not yet: ${options.folder}`)
}

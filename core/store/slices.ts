import { join } from 'node:path'
import { replicaName, sizeOf } from './files.ts'
import type { Store } from './store.ts'

export interface SliceOptions {
  /** How long the rows of one transaction may take; 15 ms, for the commit takes as long again. */
  readonly sliceMs?: number
  /** Awaited between transactions; setImmediate by default. */
  readonly pause?: () => Promise<void>
  /** Aborted between slices: the cursor stays, the page comes again. */
  readonly signal?: AbortSignal
}

/** A checkpoint in a turn of its own adds to no slice: 20 ms under encryption; SQLite itself waits for more. */
const checkpointBytes = 1024 * 1024

/** Repeats a short transaction until it says that all is done, each after what the window asked meanwhile. */
export async function inSlices(
  store: Store,
  { sliceMs = 15, pause = nextTurn, signal }: SliceOptions,
  slice: (sliceMs: number) => boolean,
): Promise<void> {
  const log = join(store.folder, `${replicaName}-wal`)
  for (;;) {
    await pause()
    if (signal?.aborted || slice(sliceMs)) return
    if (sizeOf(log) <= checkpointBytes) continue
    await pause()
    store.execute('PRAGMA replica.wal_checkpoint(PASSIVE)')
  }
}

const nextTurn = () =>
  new Promise<void>(resolve => {
    setImmediate(resolve)
  })

export type StoreErrorCode =
  /** Another process holds this folder. */
  | 'inUse'
  /** Written by a newer version of the program; nothing was changed. */
  | 'newer'
  /** The key does not fit; nothing was changed. */
  | 'wrongKey'
  /** The outbox is damaged and there is no backup; it was set aside at `path`, never deleted. */
  | 'outboxBroken'
  /** No room on the disk: nothing of the transaction happened. */
  | 'diskFull'
  /** COMMIT failed: ask `isRecorded` before saying no. */
  | 'unknownCommit'
  /** The folder or a file of it cannot be opened or written. */
  | 'cannotOpen'

/** What the disk or the files refuse; `path` names the file, `bytesNeeded` what must be freed. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly path: string | null
  readonly bytesNeeded: number | null
  constructor(
    code: StoreErrorCode,
    message: string,
    more: { path?: string; bytesNeeded?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'StoreError'
    this.code = code
    this.path = more.path ?? null
    this.bytesNeeded = more.bytesNeeded ?? null
  }
}

import { createHash } from 'node:crypto'

/** A row of the offline queue (bitrix24.md 3.7). */
export interface QueuedEvent {
  readonly id: number
  readonly appId: string
  readonly connector: string
  readonly name: string
  readonly data: unknown
  /** Repeated updates of one record collapse into one row. */
  readonly messageId: string
  at: number
  /** Empty: nobody has taken it yet. */
  processId: string
  isFailed: boolean
}

export interface Subscription {
  readonly appId: string
  readonly event: string
  readonly connector: string
}

/** The offline queue: collapses by message, leaves reserved rows alone. */
export class EventQueue {
  readonly subscriptions: Subscription[] = []
  rows: QueuedEvent[] = []
  #nextId = 1

  /** `origin`: the auth_connector of the write, which is not told of its own doing. */
  tell(name: string, data: unknown, at: number, origin = ''): void {
    for (const { appId, event, connector } of this.subscriptions) {
      if (event !== name || (origin !== '' && origin === connector)) continue
      const messageId = createHash('md5')
        .update(`${name}|${JSON.stringify(data)}`)
        .digest('hex')
      const waiting = this.rows.find(
        row =>
          row.messageId === messageId &&
          row.appId === appId &&
          row.connector === connector &&
          row.processId === '',
      )
      if (waiting) waiting.at = at
      else
        this.rows.push({
          id: this.#nextId++,
          appId,
          connector,
          name,
          data,
          messageId,
          at,
          processId: '',
          isFailed: false,
        })
    }
  }
}

import type { Page } from '@playwright/test'

/** What the window asked of its core and heard back, told by the wire itself. */
export interface Journal {
  /** Ids of decisions the core said were done, in order; those taken back before they left are not known here. */
  done(): readonly string[]
}

interface Order {
  readonly decisionId: string
  readonly caseId: string
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const parsed = (payload: string | Buffer): Readonly<Record<string, unknown>> => {
  const message: unknown = JSON.parse(payload.toString())
  return isRecord(message) ? message : {}
}

export function keepJournal(page: Page): Journal {
  const orders = new Map<string, readonly Order[]>()
  const done: string[] = []
  page.on('websocket', socket => {
    const key = (id: unknown) => `${socket.url()} ${String(id)}`
    socket.on('framesent', ({ payload }) => {
      const { id, arg } = parsed(payload)
      if (isRecord(arg) && Array.isArray(arg['orders']))
        orders.set(key(id), arg['orders'] as readonly Order[])
    })
    socket.on('framereceived', ({ payload }) => {
      const { id, ok } = parsed(payload)
      const asked = orders.get(key(id))
      if (!asked || !isRecord(ok) || !Array.isArray(ok['done'])) return
      orders.delete(key(id))
      const caseIds = new Set<unknown>(ok['done'])
      for (const { decisionId, caseId } of asked) if (caseIds.has(caseId)) done.push(decisionId)
    })
  })
  return { done: () => done }
}

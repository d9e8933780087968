import type { Running } from './start.ts'

/** An emulated portal of Bitrix24 and what its director does there meanwhile. */
export interface StagedPortal {
  /** Of the head whose desk it is. */
  readonly webhook: string
  /** Of the director, who may make custom fields. */
  readonly directorWebhook: string
  /** Calls a method as the director. */
  ask(method: string, params?: object): Promise<unknown>
  /** The user responsible for a deal (2) or lead (1). */
  responsibleFor(typeId: number, id: number): Promise<number>
  /** The field in which decisions leave their marks. */
  makeMarks(): Promise<void>
  giveTo(typeId: number, id: number, userId: number): Promise<void>
  stop(): Promise<void>
}

interface Announced {
  readonly webhooks: readonly { readonly webhook: string }[]
}

export function createStagedPortal(program: Running): StagedPortal {
  const { webhooks } = JSON.parse(program.url) as Announced
  const [head, director] = webhooks.map(({ webhook }) => webhook)
  if (head === undefined || director === undefined) throw new Error('no webhooks announced')
  const ask = async (method: string, params: object = {}): Promise<unknown> => {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${director}${method}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(params),
      }).catch(() => null)
      // The faults of the portal meet the test as well.
      const text = (await response?.text().catch(() => '')) ?? ''
      if (response?.ok && text.startsWith('{'))
        return (JSON.parse(text) as { result: unknown }).result
      if (tries > 20) throw new Error(`${method}: ${response?.status} ${text.slice(0, 200)}`)
    }
  }
  return {
    webhook: head,
    directorWebhook: director,
    ask,
    async responsibleFor(entityTypeId, id) {
      const { item } = (await ask('crm.item.get', { entityTypeId, id })) as {
        item: { assignedById: number }
      }
      return item.assignedById
    },
    async makeMarks() {
      const fields = { FIELD_NAME: 'NACHALO', USER_TYPE_ID: 'string' }
      for (const entity of ['deal', 'lead']) await ask(`crm.${entity}.userfield.add`, { fields })
    },
    async giveTo(entityTypeId, id, assignedById) {
      await ask('crm.item.update', { entityTypeId, id, fields: { assignedById } })
    },
    stop: () => program.stop(),
  }
}

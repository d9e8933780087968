import { z } from 'zod'
import type { Access } from '../backends/bitrix24/client.ts'
import { ruleSchema } from '../backends/bitrix24/rule.ts'
import type { Store } from '../store/open-store.ts'
import { readNamed, writeNamed } from '../store/preferences.ts'

const text = z.string().max(2000)
const accessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), address: text, userId: text, secret: text }),
  z.object({
    kind: z.literal('oauth'),
    address: text,
    clientId: text,
    clientSecret: text,
    memberId: text,
    accessToken: text,
    refreshToken: text,
    expiresAt: z.number(),
    server: text,
  }),
]) satisfies z.ZodType<Access>

/** What a workspace of a portal needs to be opened again; lies in the encrypted outbox. */
const portalSchema = z.object({
  access: accessSchema,
  rule: ruleSchema,
  epoch: text,
  company: text,
  zone: text,
  /** How cases stand with a holder, where the portal has no place to say so. */
  taken: z.record(
    z.string().max(64),
    z.object({ kind: z.enum(['taken', 'free']), turn: z.number().int() }),
  ),
})
export type PortalSettings = z.infer<typeof portalSchema>

export function readPortal(store: Store): PortalSettings | null {
  const { success, data } = portalSchema.safeParse(readNamed(store, 'portal'))
  return success ? data : null
}

/** Committed when it returns. */
export const writePortal = (store: Store, portal: PortalSettings): void =>
  store.transact(() => writeNamed(store, 'portal', portal))

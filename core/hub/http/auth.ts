import type { Caller } from '../decide/caller.ts'
import { type Scope, scopes } from '../rights/may.ts'
import type { HubStore } from '../store/hub-store.ts'
import { stringsIn } from '../store/rows.ts'
import type { TokenRow } from '../store/tables.ts'
import { findToken, isHolding } from '../store/tokens.ts'

/** The token of `Authorization: Bearer …`; null: none. */
export function bearerOf(header: string | undefined): string | null {
  const [, token] = /^Bearer +([\x21-\x7e]{1,200}) *$/i.exec(header ?? '') ?? []
  return token ?? null
}

const useKeptMs = 60_000

/** Who the token is, or null: wrong, revoked, expired, or of somebody who works here no more. */
export async function authenticate(store: HubStore, token: string | null): Promise<Caller | null> {
  if (token === null) return null
  const now = store.now()
  const row = await findToken(store, token, now)
  if (!row || !(await isOfSomebodyHere(store, row))) return null
  if (row.lastUsedAt === null || Math.abs(now - row.lastUsedAt) > useKeptMs)
    await store.db
      .updateTable('tokens')
      .set({ lastUsedAt: now })
      .where('tokenId', '=', row.tokenId)
      .execute()
  return callerOf(row)
}

/** Does the token still hold? Asked again and again of those who listen for long. */
export async function isStillGood(store: HubStore, tokenId: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('tokens')
    .selectAll()
    .where('tokenId', '=', tokenId)
    .executeTakeFirst()
  return row !== undefined && isHolding(row, store.now()) && isOfSomebodyHere(store, row)
}

async function isOfSomebodyHere(store: HubStore, { employeeId, role }: TokenRow): Promise<boolean> {
  if (employeeId === null) return role !== 'person'
  const { index } = await store.world()
  return index.employeeById.get(employeeId)?.isDismissed === false
}

function callerOf(row: TokenRow): Caller {
  const held = new Set(stringsIn(row.scopes))
  const known: readonly Scope[] = scopes.filter(scope => held.has(scope))
  return {
    tokenId: row.tokenId,
    employeeId: row.employeeId,
    tokenRole: row.role,
    scopes: new Set(known),
  }
}

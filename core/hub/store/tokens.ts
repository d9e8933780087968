import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { EmployeeId } from '../../domain/id.ts'
import type { Scope } from '../rights/may.ts'
import { audit } from './audit.ts'
import type { HubStore } from './hub-store.ts'
import type { Tables, TokenRole, TokenRow } from './tables.ts'

/** 32 random bytes behind a short name that may be shown and searched by. */
const shape = /^nch_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

/** The part of a token that may be shown; null: this is not a token. */
export const prefixOf = (token: string): string | null => shape.exec(token)?.[1] ?? null

export interface NewToken {
  readonly employeeId: EmployeeId | null
  readonly role: TokenRole
  readonly scopes: readonly Scope[]
  readonly label: string
  /** UTC ms; null: until revoked. */
  readonly expiresAt: number | null
  /** Who the audit log says made it; `hub` when nothing is said. */
  readonly actor?: string
}

/** What a token of that sort may do when nothing else is said. */
export const usualScopes: Readonly<Record<TokenRole, readonly Scope[]>> = {
  person: ['read', 'decide', 'create', 'change'],
  admin: ['read', 'create', 'change'],
  agent: ['read', 'create', 'change', 'agent'],
}

/** Makes a token; it is told here and never again. */
export async function createToken(
  store: HubStore,
  wanted: NewToken,
): Promise<{ token: string; tokenId: string }> {
  const prefix = randomBytes(6).toString('hex')
  const token = `nch_${prefix}_${randomBytes(32).toString('base64url')}`
  const tokenId = randomUUID()
  await store.write(async ({ trx, at }) => {
    const { employeeId, role, label, expiresAt } = wanted
    await trx
      .insertInto('tokens')
      .values({
        tokenId,
        prefix,
        digest: digestOf(token).toString('hex'),
        employeeId,
        role,
        scopes: JSON.stringify(wanted.scopes),
        label,
        createdAt: at,
        expiresAt,
        lastUsedAt: null,
        revokedAt: null,
      })
      .execute()
    await audit(trx, {
      at,
      actor: wanted.actor ?? 'hub',
      verb: 'createToken',
      entity: 'token',
      entityId: tokenId,
      detail: { employeeId, role, scopes: wanted.scopes, expiresAt },
    })
  })
  store.knownPrefixes.add(prefix)
  return { token, tokenId }
}

/** The row of a token that holds at the moment; null for a wrong, revoked or expired one. */
export async function findToken(
  { db, knownPrefixes }: HubStore,
  token: string,
  now: number,
): Promise<TokenRow | null> {
  const prefix = prefixOf(token)
  if (prefix === null) return null
  const row = await db
    .selectFrom('tokens')
    .selectAll()
    .where('prefix', '=', prefix)
    .executeTakeFirst()
  // Another process may have given it out.
  if (row) knownPrefixes.add(prefix)
  if (!row || !timingSafeEqual(digestOf(token), Buffer.from(row.digest, 'hex'))) return null
  return isHolding(row, now) ? row : null
}

export const isHolding = (row: TokenRow, now: number): boolean =>
  row.revokedAt === null && (row.expiresAt === null || now < row.expiresAt)

/** Takes a token back by its id or the name it begins with; false: there is none that holds. */
export async function revokeToken(store: HubStore, name: string): Promise<boolean> {
  const byName = (eb: ExpressionBuilder<Tables, 'tokens'>) =>
    eb.or([eb('tokenId', '=', name), eb('prefix', '=', name)])
  return (await revoke(store, byName)) > 0
}

/** Takes back every token with that label; how many there were. */
export const revokeLabelled = (store: HubStore, label: string): Promise<number> =>
  revoke(store, eb => eb('label', '=', label))

function revoke(
  store: HubStore,
  which: (eb: ExpressionBuilder<Tables, 'tokens'>) => Expression<SqlBool>,
): Promise<number> {
  return store.write(async ({ trx, at }) => {
    const rows = await trx
      .updateTable('tokens')
      .set({ revokedAt: at })
      .where(which)
      .where('revokedAt', 'is', null)
      .returning('tokenId')
      .execute()
    for (const { tokenId } of rows)
      await audit(trx, {
        at,
        actor: 'hub',
        verb: 'revokeToken',
        entity: 'token',
        entityId: tokenId,
        detail: {},
      })
    return rows.length
  })
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

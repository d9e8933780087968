/** Renewing the tokens of an application (bitrix24.md 1.2): one at a time, stored before used. */
import type { BackendError } from '../errors.ts'
import { familyAddress, isSafe } from './access.ts'
import { fieldsOf, jsonOf, numberOf, refusalOf } from './envelope.ts'
import type { Fields } from './envelope.ts'
import { errorOf, errorWith, senseless } from './errors.ts'
import type { Asked } from './errors.ts'
import { exchange } from './exchange.ts'
import type { Reply } from './exchange.ts'
import type { Desk } from './send.ts'
import type { OAuthAccess } from './shapes.ts'

const longestToken = 4_096
const usualLifeMs = 3_600_000

/**
 * Replaces the tokens of `used`, unless somebody has. Throws BackendError; never `ambiguous` or
 * `refused`, for what was asked of the portal was not carried out and may be asked again. Is let
 * finish when nobody waits any more: the portal has rotated the tokens by then.
 */
export function renew(desk: Desk, used: OAuthAccess, signal: AbortSignal): Promise<void> {
  const { keeper } = desk
  return keeper.once('renewal', signal, async () => {
    const { current } = keeper
    if (current.kind !== 'oauth' || current.accessToken !== used.accessToken) return
    keeper.unstored ??= await renewed(desk, current)
    keeper.keep(keeper.unstored)
    keeper.unstored = null
  })
}

async function renewed(desk: Desk, access: OAuthAccess): Promise<OAuthAccess> {
  const asked: Asked = { method: 'oauth/token', isWrite: false, clean: desk.clean }
  const server = URL.parse('/oauth/token/', access.server)
  if (!server || !isSafe(server)) throw errorWith('httpsRequired', 'no place to renew', asked)
  const reply = await exchange(desk.wire, {
    url: server.href,
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: access.clientId,
      client_secret: access.clientSecret,
      refresh_token: access.refreshToken,
    }).toString(),
    asked,
    signal: new AbortController().signal,
  })
  const next = accessIn(reply, access, { asked, now: desk.wire.clock.now() })
  desk.keeper.hide(next)
  return next
}

function accessIn(
  reply: Reply,
  access: OAuthAccess,
  { asked, now }: { readonly asked: Asked; readonly now: number },
): OAuthAccess {
  const fields = grantIn(reply, asked)
  const accessToken = tokenOf(fields['access_token'])
  const refreshToken = tokenOf(fields['refresh_token'])
  if (accessToken === null || refreshToken === null) throw senseless(reply.status, true, asked)
  const memberId = fields['member_id']
  if (memberId !== undefined && memberId !== access.memberId)
    throw errorWith('badAnswer', 'tokens of another portal', asked)
  const address = familyAddress(access.address, fields['client_endpoint']) ?? access.address
  return { ...access, accessToken, refreshToken, address, expiresAt: expiryIn(fields, now) }
}

function grantIn({ status, text }: Reply, asked: Asked): Fields {
  if (status >= 300 && status < 400) throw errorWith('redirected', 'tokens are elsewhere', asked)
  const json = jsonOf(text)
  const fields = fieldsOf(json)
  if (fields && Object.hasOwn(fields, 'error')) throw notRenewed(fields, status, asked)
  if (!fields || status > 299) throw senseless(status, json !== undefined, asked)
  return fields
}

/** Whatever else the server does not like, with these tokens nothing more will be had. */
function notRenewed(fields: Fields, status: number, asked: Asked): BackendError {
  const refusal = refusalOf(fields, status)
  const error = errorOf(refusal, asked)
  return error.kind === 'refused'
    ? errorWith('authLost', `${status} ${refusal.code}: ${refusal.description}`, asked)
    : error
}

const tokenOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && value.length <= longestToken
    ? value
    : null

function expiryIn(fields: Fields, now: number): number {
  const lifeSeconds = numberOf(fields['expires_in'])
  const isSensible = lifeSeconds !== null && lifeSeconds > 0 && lifeSeconds < 1e9
  return now + (isSensible ? lifeSeconds * 1000 : usualLifeMs)
}

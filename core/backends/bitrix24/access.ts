/** Where a portal is and what opens it: addresses as people paste them and as requests need them. */
import type { Access, WebhookAccess } from './shapes.ts'

export interface BadWebhook {
  readonly kind: 'refused'
  readonly code: 'badAddress' | 'plainHttp' | 'notAWebhook'
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const isLoopback = (address: URL): boolean => loopback.has(address.hostname)

/** `/rest/1/secret/`, with `/api` for version 3 and perhaps a method behind (bitrix24.md 1.1). */
const webhookPath = /^\/rest\/(?:api\/)?(\d{1,18})\/([A-Za-z0-9_-]{1,128})(?:\/[\w.]*)?\/?$/

/** Reads what a person pasted: spaces, quotes, a missing scheme and a trailing method do no harm. */
export function webhookAccess(text: string): WebhookAccess | BadWebhook {
  const address = addressIn(text)
  if (!address || address.username || address.password)
    return { kind: 'refused', code: 'badAddress' }
  if (address.protocol === 'http:' && !isLoopback(address))
    return { kind: 'refused', code: 'plainHttp' }
  const [, userId, secret] = webhookPath.exec(address.pathname) ?? []
  if (userId === undefined || secret === undefined) return { kind: 'refused', code: 'notAWebhook' }
  return { kind: 'webhook', address: address.origin, userId, secret }
}

function addressIn(text: string): URL | null {
  const bare = text.replace(/[\s"'<>\u200b-\u200f\u2060\ufeff«»]/g, '')
  if (bare === '') return null
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare)
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(bare)
  const address = URL.parse(hasScheme ? bare : `${isHere ? 'http' : 'https'}://${bare}`)
  return address && /^https?:$/.test(address.protocol) ? address : null
}

/** Where a method is called; holds the secret of a webhook, so it is shown to nobody. */
export const endpointOf = (access: Access, method: string): string =>
  new URL(
    access.kind === 'webhook'
      ? `/rest/${access.userId}/${access.secret}/${method}`
      : `/rest/${method}`,
    access.address,
  ).href

/** What must never be seen, the longest first. */
export const secretsOf = (access: Access): readonly string[] =>
  access.kind === 'webhook'
    ? [access.secret]
    : [access.clientSecret, access.accessToken, access.refreshToken]

/** Over the network only https; plain http does not leave this computer. */
export const isSafe = (address: URL): boolean =>
  address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address))

/** Names a portal may change into: those beside it in the same zone of the cloud. */
const cloudZone = /^[a-z0-9-]+\.(bitrix24\.[a-z]{2,}(?:\.[a-z]{2})?)$/

/**
 * The origin of a new address of the portal, or null when it may not be trusted with a secret:
 * only the same name, another one in the same zone of the cloud, or this computer both times.
 */
export function familyAddress(known: string, told: unknown): string | null {
  const from = URL.parse(known)
  const to = typeof told === 'string' ? URL.parse(told) : null
  if (!from || !to || to.username || to.password) return null
  return isSafe(to) && isFamily(from, to) ? to.origin : null
}

function isFamily(from: URL, to: URL): boolean {
  if (isLoopback(from) || isLoopback(to)) return isLoopback(from) && isLoopback(to)
  return from.hostname === to.hostname || (zoneOf(from) !== null && zoneOf(from) === zoneOf(to))
}

const zoneOf = (address: URL): string | null => cloudZone.exec(address.hostname)?.[1] ?? null

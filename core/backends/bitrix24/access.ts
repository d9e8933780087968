/** Where a portal is and what opens it: addresses as people paste them and as requests need them. */
import type { Access, WebhookAccess } from './shapes.ts'

export interface BadWebhook {
  readonly kind: 'refused'
  readonly code: 'badAddress' | 'plainHttp' | 'notAWebhook'
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLoopback = (address: URL): boolean => loopback.has(address.hostname)

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

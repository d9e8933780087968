import { parsePhpQuery } from './php.ts'
import { isRecord, type Params, recordOf } from './values.ts'

/** A request as it comes over the wire. */
export interface Incoming {
  readonly url: URL
  readonly httpMethod: string
  /** Value of the header `Content-Type`, in lower case; empty without one. */
  readonly contentType: string
  readonly body: string
}

/**
 * Query and body merged. A body of broken JSON, or JSON that does not say so, is no parameters at
 * all, silently (bitrix24.md 11.11).
 */
export function paramsOf({ url, httpMethod, contentType, body }: Incoming): Params {
  const query = parsePhpQuery(url.search.slice(1))
  if (httpMethod === 'GET' || body === '') return query
  return { ...query, ...bodyParams(contentType, body) }
}

function bodyParams(contentType: string, body: string): Params {
  if (contentType.includes('application/json')) return jsonParams(body)
  if (/^\s*[{[]/.test(body)) return {}
  return parsePhpQuery(body)
}

function jsonParams(body: string): Params {
  try {
    const parsed: unknown = JSON.parse(body)
    return Array.isArray(parsed) || isRecord(parsed) ? recordOf(parsed) : {}
  } catch {
    return {}
  }
}

/** Where a request of the REST interface goes. */
export type Route =
  | {
      readonly kind: 'webhook'
      readonly userId: number
      readonly secret: string
      readonly method: string
    }
  | { readonly kind: 'app'; readonly method: string }
  | { readonly kind: 'third'; readonly method: string }
  | { readonly kind: 'token' | 'authorize' | 'page' }

/** `/rest/{uid}/{secret}/{method}[.json]`, `/rest/{method}`, `/rest/api/…`, `/oauth/…` (section 8). */
export function routeOf(path: string): Route {
  const bare = path.replaceAll(/\/+/g, '/')
  if (/^\/oauth\/token\/?$/.test(bare)) return { kind: 'token' }
  if (/^\/oauth\/authorize\/?$/.test(bare)) return { kind: 'authorize' }
  const third = /^\/rest\/api\/(?:\d+\/\w+\/)?([^/]*)\/?$/.exec(bare)
  if (third) return { kind: 'third', method: methodName(third[1]) }
  const hook = /^\/rest\/(\d+)\/(\w+)(?:\/([^/]*))?\/?$/.exec(bare)
  if (hook)
    return {
      kind: 'webhook',
      userId: Number(hook[1]),
      secret: hook[2] ?? '',
      method: methodName(hook[3]),
    }
  const app = /^\/rest\/([^/]*)\/?$/.exec(bare)
  return app ? { kind: 'app', method: methodName(app[1]) } : { kind: 'page' }
}

/** Names are the same in any letter case, but for `tasks.flow.Flow.*` (bitrix24.md 11.12). */
export function methodName(written = ''): string {
  const plain = written.replace(/\.(json|xml)$/i, '')
  return /^tasks\.flow\./i.test(plain) ? plain : plain.toLowerCase()
}

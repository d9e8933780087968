import type { Incoming } from './request.ts'

/** What goes back over the wire. */
export type Reply =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'broken'; readonly code: BrokenCode }
export type BrokenCode = 'ECONNRESET' | 'ECONNREFUSED' | 'ENOTFOUND'

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }
const htmlHeaders = { 'content-type': 'text/html; charset=UTF-8' }

export const json = (status: number, body: unknown): Reply => ({
  kind: 'answered',
  status,
  headers: jsonHeaders,
  body: JSON.stringify(body),
})

export const html = (status: number, body: string): Reply => ({
  kind: 'answered',
  status,
  headers: htmlHeaders,
  body,
})

export const refusal = (status: number, code: string, description: string): Reply =>
  json(status, { error: code, error_description: description })

export const broken = (code: BrokenCode): Reply => ({ kind: 'broken', code })

export const redirect = (to: string, status = 302): Reply => ({
  kind: 'answered',
  status,
  headers: { ...htmlHeaders, location: to },
  body: '<html><head><title>302 Found</title></head><body></body></html>',
})

/** What a web server says instead of the portal (bitrix24.md 2.2). */
export const gatewayPage = (status: number): Reply =>
  html(
    status,
    `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center><hr><center>nginx</center></body>\r\n</html>`,
  )

export const captivePage = html(200, '<!DOCTYPE html><html><body>Wi-Fi: sign in</body></html>')

/** What is in a request of `fetch`. */
export const incomingOf = async (request: Request): Promise<Incoming> => ({
  url: new URL(request.url),
  httpMethod: request.method,
  contentType: (request.headers.get('content-type') ?? '').toLowerCase(),
  body: request.body === null ? '' : await request.text(),
})

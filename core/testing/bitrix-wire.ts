/** A Bitrix24 portal in a function, and time that passes only when a test lets it. */
import assert from 'node:assert/strict'
import { createClient } from '../backends/bitrix24/client.ts'
import type { Access, BitrixClient, Clock } from '../backends/bitrix24/client.ts'
import { Limiters } from '../backends/bitrix24/limiters.ts'
import { BackendError } from '../backends/errors.ts'
import { createVirtualTime } from './virtual-time.ts'

export interface VirtualClock extends Clock {
  pass(milliseconds: number): Promise<void>
}

const startAt = Date.UTC(2026, 10, 21, 9)

/** `random` always draws nought. */
export function virtualClock(): VirtualClock {
  const time = createVirtualTime(startAt)
  return {
    now: time.now,
    elapsed: () => time.now() - startAt,
    sleep: time.sleep,
    random: () => 0,
    pass: time.pass,
  }
}

/** One request as the portal saw it. */
export interface Seen {
  readonly url: URL
  /** The last part of the path. */
  readonly method: string
  readonly body: string
  readonly at: number
}

export const webhook: Access = {
  kind: 'webhook',
  address: 'https://office.bitrix24.ru',
  userId: '7',
  secret: 'verysecretwebhook',
}
export const oauth = {
  kind: 'oauth',
  address: 'https://office.bitrix24.ru',
  clientId: 'local.app',
  clientSecret: 'verysecretclient',
  memberId: 'member-of-office',
  accessToken: 'verysecretaccess0',
  refreshToken: 'verysecretrefresh0',
  expiresAt: startAt + 3_600_000,
  server: 'https://oauth.bitrix24.tech',
} as const satisfies Access

export const reply = (body: unknown, status = 200): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
export const refusal = (status: number, error: unknown, description = ''): Response =>
  reply({ error, error_description: description }, status)
export const redirect = (location: string, status = 302): Response =>
  new Response(null, { status, headers: { location } })

export interface World {
  readonly client: BitrixClient
  readonly clock: VirtualClock
  readonly seen: Seen[]
  /** What was given to be stored, in order. */
  readonly stored: Access[]
}

type Portal = (seen: Seen, signal: AbortSignal) => Response | Promise<Response>

export function worldOf(
  portal: Portal,
  more: { access?: Access; onAccess?: (access: Access) => void; limiters?: Limiters } = {},
): World {
  const clock = virtualClock()
  const seen: Seen[] = []
  const stored: Access[] = []
  const client = createClient({
    access: more.access ?? webhook,
    onAccess(access) {
      more.onAccess?.(access)
      stored.push(access)
    },
    clock,
    limiters: more.limiters ?? new Limiters(),
    async fetch(input, init) {
      assert.ok(typeof input === 'string' && typeof init?.body === 'string')
      const url = new URL(input)
      const method = url.pathname.split('/').at(-1) ?? ''
      const one = { url, method, body: init.body, at: clock.elapsed() }
      seen.push(one)
      const { promise: cut, reject } = Promise.withResolvers<never>()
      cut.catch(() => {})
      init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      return Promise.race([cut, portal(one, init.signal ?? new AbortController().signal)])
    },
  })
  return { client, clock, seen, stored }
}

export const signal = (): AbortSignal => new AbortController().signal

export async function failureOf(work: Promise<unknown>): Promise<BackendError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof BackendError, `BackendError expected, came ${String(error)}`)
  assert.ok(!/verysecret/i.test(`${error.message} ${error.stack} ${String(error.cause)}`))
  return error
}

import type { PortalOptions } from './options.ts'
import { createPortal, type Portal } from './portal.ts'
import type { Clock } from './time.ts'
import { isRecord } from './values.ts'

export interface LeapingClock extends Clock {
  leap(milliseconds: number): void
}

/** A Monday, ten in the morning in the portal's zone. */
export const monday = Date.UTC(2026, 10, 23, 7)

/** Time that passes at once when somebody sleeps: enough for one caller after another. */
export function leapingClock(startAt = monday): LeapingClock {
  let now = startAt
  return {
    now: () => now,
    sleep(milliseconds) {
      now += milliseconds
      return Promise.resolve()
    },
    leap: milliseconds => void (now += milliseconds),
  }
}

export interface Answered {
  readonly status: number
  readonly text: string
  /** The body when it is an object. */
  readonly body: Readonly<Record<string, unknown>>
  /** Along this path in the body. */
  at(...path: readonly (string | number)[]): unknown
}

export interface Subject {
  readonly portal: Portal
  readonly clock: LeapingClock
  /** Calls a method by a webhook of this user, with a JSON body. */
  call(userId: number, method: string, params?: object): Promise<Answered>
}

/** A portal in leaping time without a limit of the rate, and a way to call it. */
export function portalUnderTest(options: PortalOptions = {}): Subject {
  const clock = leapingClock()
  const portal = createPortal({
    clock,
    ...options,
    limits: { rate: null, ...options.limits },
  })
  const hooks = new Map<number, string>()
  return {
    portal,
    clock,
    async call(userId, method, params = {}) {
      const hook = hooks.get(userId) ?? portal.webhook(userId)
      hooks.set(userId, hook)
      return answered(await portal.fetch(`${hook}${method}`, jsonPost(params)))
    },
  }
}

export const jsonPost = (params: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(params),
})

export async function answered(response: Response): Promise<Answered> {
  const text = await response.text()
  const body = parsed(text)
  return {
    status: response.status,
    text,
    body,
    at: (...path) => path.reduce<unknown>(stepInto, body),
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return isRecord(body) ? body : {}
  } catch {
    return {}
  }
}

function stepInto(node: unknown, step: string | number): unknown {
  if (Array.isArray(node)) return node.at(Number(step))
  return isRecord(node) ? node[step] : undefined
}

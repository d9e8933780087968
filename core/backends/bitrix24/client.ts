/** A Bitrix24 portal over HTTP (bitrix24.md 1, 2, 7): calls and batches, each answer checked. */
import { heardOf, paramsOfBatch } from './batch.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { usualTimeouts } from './exchange.ts'
import type { Timeouts } from './exchange.ts'
import { Keeper } from './keeper.ts'
import { usualPace } from './limiter.ts'
import type { Pace } from './limiter.ts'
import { sharedLimiters } from './limiters.ts'
import type { Limiters } from './limiters.ts'
import { ask } from './portal.ts'
import { cleanerOf } from './redact.ts'
import { refusedBy } from './refused.ts'
import { askedOf } from './send.ts'
import type { Desk, Question } from './send.ts'
import type { Access, BitrixClient } from './shapes.ts'

export { webhookAccess } from './access.ts'
export type { Clock } from './clock.ts'
export { Limiters } from './limiters.ts'
export type { Access, Answer, BitrixClient, Command, CommandAnswer, Params } from './shapes.ts'

export interface Limits extends Timeouts, Pace {}

export interface ClientOptions {
  readonly access: Access
  /** Stores durably, before it returns, what is used from then on; what it throws fails the call. */
  readonly onAccess: (access: Access) => void
  readonly fetch?: typeof fetch
  readonly clock?: Clock
  readonly limits?: Partial<Limits>
  /** Who slows down together; all clients of this process when nothing is given. */
  readonly limiters?: Limiters
  /** Of the program, for `User-Agent`. */
  readonly version?: string
}

export function createClient(options: ClientOptions): BitrixClient {
  const { limiters = sharedLimiters, clock = systemClock } = options
  const limits = { ...usualTimeouts, ...usualPace, ...options.limits }
  const closing = new AbortController()
  const keeper = new Keeper(options.access, next => {
    options.onAccess(next)
    limiters.rename(keeper.current.address, next.address)
  })
  const desk: Desk = {
    wire: {
      fetch: options.fetch ?? fetch,
      clock,
      timeouts: limits,
      userAgent: `Nachalo/${options.version ?? '0.1'}`,
    },
    limiter: limiters.limiterOf(options.access, clock, limits),
    operating: limiters.operatingOf(options.access, clock),
    keeper,
    closing: closing.signal,
    clean: cleanerOf(() => keeper.secrets),
  }
  const untilClosed = (signal: AbortSignal) => AbortSignal.any([signal, closing.signal])
  return {
    call: (method, params, { signal, isWrite = false }) =>
      ask(desk, { method, params, works: [method], signal: untilClosed(signal), isWrite }),
    async batch(commands, { isWrite = false, isHalting = false, ...called }) {
      const params = paramsOfBatch(commands, isHalting)
      if (commands.length === 0) return new Map()
      const works = commands.map(({ method }) => method)
      const signal = untilClosed(called.signal)
      const question: Question = { method: 'batch', params, works, signal, isWrite }
      const { result } = await ask(desk, question)
      const heard = heardOf(commands, result, {
        asked: askedOf(desk, question),
        errorOf: (refusal, asked) => refusedBy(desk, refusal, { asked, sentAt: null }),
      })
      for (const { command, work } of heard) if (work) desk.operating.book(command.method, work)
      return new Map(heard.map(({ command, answer }) => [command.key, answer]))
    },
    address: () => keeper.current.address,
    close: () => closing.abort(),
  }
}

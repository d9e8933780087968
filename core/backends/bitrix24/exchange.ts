/** One exchange over HTTP: what left, what came back, and what it means when nothing did. */
import { BackendError } from '../errors.ts'
import type { Clock } from './clock.ts'
import { errorWith } from './errors.ts'
import type { Asked } from './errors.ts'
import { leftOf } from './left.ts'

/** In ms and bytes (sync.md 2.7): the cloud itself cuts a request at 60 s. */
export interface Timeouts {
  /** From the start until the head of the answer. */
  readonly firstByteMs: number
  /** Between two pieces of a body. */
  readonly idleBodyMs: number
  /** For a whole body, however diligently it drips. */
  readonly wholeBodyMs: number
  readonly bodyBytes: number
}
export const usualTimeouts: Timeouts = {
  firstByteMs: 70_000,
  idleBodyMs: 15_000,
  wholeBodyMs: 300_000,
  bodyBytes: 32 * 1024 * 1024,
}

export interface Wire {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly timeouts: Timeouts
  readonly userAgent: string
}

export interface Sending {
  readonly url: string
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded'
  readonly body: string
  readonly asked: Asked
  /** Stops it at once. */
  readonly signal: AbortSignal
}

export interface Reply {
  readonly status: number
  readonly location: string | null
  readonly text: string
}

/** Never follows a redirect. Throws BackendError: `offline` when nothing left, or of a read. */
export async function exchange(wire: Wire, sending: Sending): Promise<Reply> {
  if (sending.signal.aborted) throw new BackendError('offline', 'stopped')
  const watch = new Watch(wire.clock, sending.signal)
  try {
    return await Promise.race([ask(wire, sending, watch), watch.cut])
  } catch (error) {
    if (error instanceof BackendError) throw error
    throw unanswered(sending.asked, watch.reason, error)
  } finally {
    watch.end()
  }
}

async function ask(wire: Wire, sending: Sending, watch: Watch): Promise<Reply> {
  watch.within(wire.timeouts.firstByteMs)
  const response = await wire.fetch(sending.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': sending.contentType,
      accept: 'application/json',
      'user-agent': wire.userAgent,
    },
    body: sending.body,
    signal: watch.signal,
  })
  const text = response.body ? await textOf(response.body, { wire, sending, watch }) : ''
  return { status: response.status, location: response.headers.get('location'), text }
}

async function textOf(
  body: NonNullable<Response['body']>,
  { wire, sending, watch }: { wire: Wire; sending: Sending; watch: Watch },
): Promise<string> {
  const { clock, timeouts } = wire
  const until = clock.elapsed() + timeouts.wholeBodyMs
  const pieces: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (;;) {
    watch.within(Math.min(timeouts.idleBodyMs, until - clock.elapsed()))
    const { done, value } = await reader.read()
    if (done) return new TextDecoder().decode(Buffer.concat(pieces))
    size += value.byteLength
    if (size > timeouts.bodyBytes)
      throw errorWith('badAnswer', 'the answer is too large', sending.asked)
    pieces.push(value)
  }
}

function unanswered(asked: Asked, reason: Watch['reason'], error: unknown): BackendError {
  const { hasLeft, cause } = leftOf(error)
  const kind = asked.isWrite && (reason !== null || hasLeft) ? 'ambiguous' : 'offline'
  const words = reason ?? cause
  return new BackendError(
    kind,
    asked.clean(`${asked.method}: ${words}`),
    reason === 'timeout' ? { code: 'timeout' } : {},
  )
}

/** Cuts an exchange when its time is over or somebody stops it, even if `fetch` does not listen. */
class Watch {
  reason: 'stopped' | 'timeout' | null = null
  readonly cut: Promise<never>
  readonly #clock: Clock
  readonly #over = new AbortController()
  readonly #signal: AbortSignal
  readonly #stopped = () => this.#end('stopped')
  #timer = new AbortController()

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock
    this.#signal = signal
    this.cut = new Promise((_resolve, reject) => {
      this.#over.signal.addEventListener('abort', () => reject(new Error('cut')))
    })
    this.cut.catch(() => {})
    signal.addEventListener('abort', this.#stopped)
  }

  get signal(): AbortSignal {
    return this.#over.signal
  }

  /** The next thing must happen within this time. */
  within(milliseconds: number): void {
    this.#timer.abort()
    if (this.#over.signal.aborted) return
    const timer = new AbortController()
    this.#timer = timer
    void this.#clock.sleep(Math.max(0, milliseconds), timer.signal).then(() => {
      if (!timer.signal.aborted) this.#end('timeout')
    })
  }

  end(): void {
    this.#end(null)
  }

  #end(reason: 'stopped' | 'timeout' | null): void {
    if (this.#over.signal.aborted) return
    this.reason = reason
    this.#timer.abort()
    this.#signal.removeEventListener('abort', this.#stopped)
    this.#over.abort()
  }
}

/** One exchange with a hub over HTTP: what left, what came back, and which error that makes. */
import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { BackendError } from '../errors.ts'

export interface Timeouts {
  /** Until the socket (with TLS) is ready. */
  readonly connectMs: number
  /** From then until the first byte of the answer. */
  readonly firstByteMs: number
  /** Between two pieces of a body. */
  readonly idleBodyMs: number
  /** For a whole answer, however diligently it drips. */
  readonly wholeBodyMs: number
  /** Between two pieces of the event stream; the hub sends a comment every 10 s. */
  readonly idleStreamMs: number
}

export const hubTimeouts: Timeouts = {
  connectMs: 5_000,
  firstByteMs: 30_000,
  idleBodyMs: 15_000,
  wholeBodyMs: 300_000,
  idleStreamMs: 30_000,
}

export interface Question {
  readonly method: 'GET' | 'POST'
  /** Path with its query, from `/v1`. */
  readonly path: string
  readonly body?: unknown
  readonly signal: AbortSignal
}

/** `onHead` may throw to refuse an answer before its body is read. */
export interface Listener {
  readonly idleMs: number
  onHead(status: number, headers: IncomingMessage['headers']): void
  onPiece(piece: Buffer): void
}

export interface Transport {
  /** Ends when the body has ended; rejects with `offline` (nothing left) or `ambiguous` (it may have). */
  exchange(question: Question, listener: Listener): Promise<void>
  close(): void
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Checks an address typed by a person. Plain http is for this computer alone: the token travels in a header. */
export function hubAddressOf(text: string): URL {
  const address = URL.parse(text.trim())
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password)
    throw new BackendError('refused', 'the address is not one of a hub', { code: 'badAddress' })
  if (address.protocol === 'http:' && !loopback.has(address.hostname))
    throw new BackendError('refused', 'the hub must be reached over https', {
      code: 'insecureAddress',
    })
  address.search = ''
  address.hash = ''
  return address
}

/**
 * Keeps connections open between requests; never follows a redirect, so the token cannot leave for
 * another host. Without a token none is sent. Throws BackendError when no header can carry it.
 */
export function openTransport(address: URL, token: string | null, timeouts: Timeouts): Transport {
  if (token !== null && !/^[\x21-\x7e]+$/.test(token))
    throw new BackendError('unauthorised', 'no header carries this token', { code: 'badToken' })
  const isTls = address.protocol === 'https:'
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const base = address.href.replace(/\/$/, '')
  const start = (question: Question, body: string | null): ClientRequest =>
    (isTls ? tlsRequest : plainRequest)(base + question.path, {
      agent,
      method: question.method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        accept: 'application/json, text/event-stream',
        ...(body === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    })
  return {
    exchange(question, listener) {
      const body = question.body === undefined ? null : JSON.stringify(question.body)
      return new Promise((resolve, reject) => {
        if (question.signal.aborted) return reject(new BackendError('offline', 'stopped'))
        const course = { question, body, listener, timeouts, isTls }
        new Exchange(start(question, body), course, { resolve, reject }).begin()
      })
    },
    close: () => agent.destroy(),
  }
}

interface Course {
  readonly question: Question
  readonly body: string | null
  readonly listener: Listener
  readonly timeouts: Timeouts
  readonly isTls: boolean
}

/** One request from its start to its only end. */
class Exchange {
  readonly #request: ClientRequest
  readonly #course: Course
  readonly #end: { resolve(): void; reject(error: unknown): void }
  #stage: 'connecting' | 'shakingHands' | 'left' | 'ended' = 'connecting'
  #timer: NodeJS.Timeout | undefined
  readonly #stopped = () => this.#fail('stopped')

  constructor(
    request: ClientRequest,
    course: Course,
    end: { resolve(): void; reject(error: unknown): void },
  ) {
    this.#request = request
    this.#course = course
    this.#end = end
  }

  begin(): void {
    const { question, timeouts, body, isTls } = this.#course
    question.signal.addEventListener('abort', this.#stopped)
    this.#within(timeouts.connectMs, 'no connection in time')
    this.#request.on('socket', socket => {
      if (this.#request.reusedSocket) return this.#leave()
      socket.once('connect', () => (isTls ? this.#shakeHands() : this.#leave()))
      if (isTls) socket.once('secureConnect', () => this.#leave())
    })
    this.#request.on('error', error => this.#fail(codeOf(error)))
    this.#request.on('response', response => this.#hear(response))
    this.#request.end(body ?? undefined)
  }

  #shakeHands(): void {
    if (this.#stage === 'connecting') this.#stage = 'shakingHands'
  }

  /** From here on nobody can say that it was not carried out. */
  #leave(): void {
    if (this.#stage === 'ended') return
    this.#stage = 'left'
    this.#within(this.#course.timeouts.firstByteMs, 'no answer in time')
  }

  #hear(response: IncomingMessage): void {
    const { listener } = this.#course
    this.#within(listener.idleMs, 'the answer stopped')
    response.on('data', (piece: Buffer) => {
      this.#within(listener.idleMs, 'the answer stopped')
      this.#guarded(() => listener.onPiece(piece))
    })
    response.on('end', () =>
      response.complete ? this.#settle(this.#end.resolve) : this.#fail('the answer was cut'),
    )
    response.on('error', error => this.#fail(codeOf(error)))
    this.#guarded(() => listener.onHead(response.statusCode ?? 0, response.headers))
  }

  /** A listener refuses an answer by throwing; the rest of the body is of no use then. */
  #guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#settle(() => this.#end.reject(error))
      this.#request.destroy()
    }
  }

  #fail(cause: string): void {
    const { method, path } = this.#course.question
    const where = `${method} ${path.replace(/\?.*/, '')}`
    const kind = this.#stage === 'left' ? 'ambiguous' : 'offline'
    const error =
      this.#stage === 'shakingHands'
        ? new BackendError(kind, `${where}: tls: ${cause}`, { code: 'tlsFailed' })
        : new BackendError(kind, `${where}: ${cause}`)
    this.#settle(() => this.#end.reject(error))
    this.#request.destroy()
  }

  #within(milliseconds: number, what: string): void {
    clearTimeout(this.#timer)
    if (this.#stage !== 'ended') this.#timer = setTimeout(() => this.#fail(what), milliseconds)
  }

  #settle(act: () => void): void {
    if (this.#stage === 'ended') return
    this.#stage = 'ended'
    clearTimeout(this.#timer)
    this.#course.question.signal.removeEventListener('abort', this.#stopped)
    act()
  }
}

/** The system's code alone: messages of Node may quote an address. */
const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name

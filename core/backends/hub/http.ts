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

/** Keeps connections open between requests; never follows a redirect, so the token cannot leave for another host. */
export function openTransport(address: URL, token: string, timeouts: Timeouts): Transport {
  const isTls = address.protocol === 'https:'
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const base = address.href.replace(/\/$/, '')
  const start = (question: Question, body: string | null): ClientRequest =>
    (isTls ? tlsRequest : plainRequest)(base + question.path, {
      agent,
      method: question.method,
      headers: {
        authorization: `Bearer ${token}`,
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
        follow(
          start(question, body),
          { question, body, listener, timeouts, isTls },
          resolve,
          reject,
        )
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

function follow(
  request: ClientRequest,
  course: Course,
  resolve: () => void,
  reject: (error: unknown) => void,
) {
  const { question, listener, timeouts } = course
  let hasLeft = false
  let isShakingHands = false
  let timer: NodeJS.Timeout | undefined
  const where = `${question.method} ${question.path.replace(/\?.*/, '')}`
  const settle = (act: () => void) => {
    clearTimeout(timer)
    question.signal.removeEventListener('abort', stopped)
    act()
  }
  const fail = (cause: string) =>
    settle(() => {
      request.destroy()
      const message = isShakingHands ? `${where}: tls: ${cause}` : `${where}: ${cause}`
      const more = isShakingHands ? { code: 'tlsFailed' } : {}
      reject(new BackendError(hasLeft ? 'ambiguous' : 'offline', message, more))
    })
  const stopped = () => fail('stopped')
  const within = (milliseconds: number, what: string) => {
    clearTimeout(timer)
    timer = setTimeout(fail, milliseconds, what)
  }
  const left = () => {
    hasLeft = true
    isShakingHands = false
    within(timeouts.firstByteMs, 'no answer in time')
  }
  question.signal.addEventListener('abort', stopped)
  within(timeouts.connectMs, 'no connection in time')
  request.on('socket', socket => {
    if (request.reusedSocket) return left()
    socket.once('connect', () => (course.isTls ? (isShakingHands = true) : left()))
    if (course.isTls) socket.once('secureConnect', left)
  })
  request.on('error', error => fail(codeOf(error)))
  request.on('response', response => {
    const guarded = (act: () => void) => {
      // A listener refuses an answer by throwing; the rest of the body is of no use then.
      try {
        act()
      } catch (error) {
        settle(() => {
          request.destroy()
          reject(error)
        })
      }
    }
    within(listener.idleMs, 'the answer stopped')
    response.on('data', (piece: Buffer) => {
      within(listener.idleMs, 'the answer stopped')
      guarded(() => listener.onPiece(piece))
    })
    response.on('end', () => (response.complete ? settle(resolve) : fail('the answer was cut')))
    response.on('error', error => fail(codeOf(error)))
    guarded(() => listener.onHead(response.statusCode ?? 0, response.headers))
  })
  request.end(course.body ?? undefined)
}

/** The system's code alone: messages of Node may quote an address. */
const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name

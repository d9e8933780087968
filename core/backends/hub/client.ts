/**
 * The hub's calls, each answer checked. `core/hub/protocol.ts` is the one file a backend shares
 * with the hub: both sides must read the wire by the same schemas.
 */
import { createParser } from 'eventsource-parser'
import type { z } from 'zod'
import {
  changesResponseSchema,
  decisionsResponseSchema,
  errorSchema,
  meResponseSchema,
  orgEditsResponseSchema,
  orgHistoryResponseSchema,
} from '../../hub/protocol.ts'
import type {
  ChangesResponse,
  MeResponse,
  WireDecision,
  WireOrgEdit,
  WireOrgHistory,
  WireOrgOutcome,
  WireOutcome,
} from '../../hub/protocol.ts'
import { BackendError } from '../errors.ts'
import type { BackendErrorKind } from '../errors.ts'
import { hubTimeouts, openTransport } from './http.ts'
import type { Question, Timeouts, Transport } from './http.ts'

export interface HubClient {
  me(signal: AbortSignal): Promise<MeResponse>
  changes(cursor: string | null, limit: number, signal: AbortSignal): Promise<ChangesResponse>
  decide(decisions: readonly WireDecision[], signal: AbortSignal): Promise<readonly WireOutcome[]>
  /** Both: refused with code `tooOld` by a hub of before 1.2. */
  editOrg(edit: WireOrgEdit, signal: AbortSignal): Promise<WireOrgOutcome | undefined>
  orgHistory(limit: number, signal: AbortSignal): Promise<WireOrgHistory>
  /** `onNotice` once the stream is open, then for every event; resolves when the hub ends it. */
  events(onNotice: () => void, signal: AbortSignal): Promise<void>
  close(): void
}

/** 64 MiB: ten times the largest page a hub makes. */
const largestBody = 64 * 1024 * 1024
/** A server that asks for a longer pause is not believed. */
const longestPauseMs = 300_000

export function openHubClient(
  address: URL,
  token: string,
  timeouts: Timeouts = hubTimeouts,
): HubClient {
  const transport = openTransport(address, token, timeouts)
  const ask = askOver(transport, timeouts)
  /** Of what not every hub knows: where there is no such path in a hub's own words, it is too old. */
  const askNew = <T>(question: Question, schema: z.ZodType<T>): Promise<T> =>
    ask(question, schema).catch((error: unknown) => {
      if (!(error instanceof BackendError) || error.code !== 'notFound') throw error
      throw new BackendError('refused', 'the hub knows no such question', { code: 'tooOld' })
    })
  return {
    me: signal => ask({ method: 'GET', path: '/v1/me', signal }, meResponseSchema),
    changes(cursor, limit, signal) {
      const query = new URLSearchParams({ limit: String(limit) })
      if (cursor !== null) query.set('cursor', cursor)
      return ask(
        { method: 'GET', path: `/v1/changes?${query.toString()}`, signal },
        changesResponseSchema,
      )
    },
    async decide(decisions, signal) {
      const body = { decisions }
      return (
        await ask({ method: 'POST', path: '/v1/decisions', body, signal }, decisionsResponseSchema)
      ).outcomes
    },
    async editOrg(edit, signal) {
      const question = {
        method: 'POST',
        path: '/v1/org/edits',
        body: { edits: [edit] },
        signal,
      } as const
      return (await askNew(question, orgEditsResponseSchema)).outcomes[0]
    },
    orgHistory: (limit, signal) =>
      askNew(
        { method: 'GET', path: `/v1/org/history?limit=${limit}`, signal },
        orgHistoryResponseSchema,
      ),
    events: (onNotice, signal) =>
      follow(transport, { onNotice, signal, idleMs: timeouts.idleStreamMs }),
    close: () => transport.close(),
  }
}

/** Asks a hub and checks what it answers. */
export const askOver =
  (transport: Transport, timeouts: Timeouts) =>
  async <T>(question: Question, schema: z.ZodType<T>): Promise<T> => {
    const isWrite = question.method === 'POST'
    const answer = await read(transport, question, timeouts)
    if (answer.status !== 200) throw errorOf(answer, isWrite)
    const checked = schema.safeParse(jsonOf(answer.text))
    if (checked.success) return checked.data
    const place = checked.error.issues[0]?.path.join('.') ?? ''
    throw senseless(isWrite, `the answer is not one of a hub: ${place}`)
  }

interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly text: string
}

async function read(transport: Transport, question: Question, timeouts: Timeouts): Promise<Answer> {
  const isWrite = question.method === 'POST'
  const pieces: Buffer[] = []
  const startedAt = performance.now()
  let size = 0
  let status = 0
  let retryAfter: string | undefined
  await transport.exchange(question, {
    idleMs: timeouts.idleBodyMs,
    onHead(code, headers) {
      status = code
      retryAfter = headers['retry-after']
    },
    onPiece(piece) {
      size += piece.length
      if (size > largestBody) throw senseless(isWrite, 'the answer is too large')
      if (performance.now() - startedAt > timeouts.wholeBodyMs)
        throw senseless(isWrite, 'the answer drips')
      pieces.push(piece)
    },
  })
  return { status, retryAfter, text: Buffer.concat(pieces).toString('utf8') }
}

async function follow(
  transport: Transport,
  stream: { readonly onNotice: () => void; readonly signal: AbortSignal; readonly idleMs: number },
): Promise<void> {
  const parser = createParser({ onEvent: stream.onNotice })
  const decoder = new TextDecoder()
  await transport.exchange(
    { method: 'GET', path: '/v1/events', signal: stream.signal },
    {
      idleMs: stream.idleMs,
      onHead(status, headers) {
        const answer = { status, retryAfter: headers['retry-after'], text: '' }
        if (status !== 200) throw errorOf(answer, false)
        if (!headers['content-type']?.startsWith('text/event-stream'))
          throw senseless(false, 'the event stream is not one')
        // What changed while nobody listened was not told.
        stream.onNotice()
      },
      onPiece: piece => parser.feed(decoder.decode(piece, { stream: true })),
    },
  )
}

/** Whether a decision was carried out is unknown when its answer makes no sense. */
const senseless = (isWrite: boolean, message: string, code = 'senselessAnswer') =>
  new BackendError(isWrite ? 'ambiguous' : 'broken', message, { code })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a status means; any other makes no sense here. `refused` counts only in the hub's own words. */
const kinds: ReadonlyMap<number, BackendErrorKind> = new Map([
  [401, 'unauthorised'],
  [403, 'forbidden'],
  [408, 'busy'],
  [429, 'busy'],
  [503, 'busy'],
  [400, 'refused'],
  [413, 'refused'],
  [422, 'refused'],
])

function errorOf(answer: Answer, isWrite: boolean): BackendError {
  const said = errorSchema.safeParse(jsonOf(answer.text)).data
  const code = said?.code ?? `http${answer.status}`
  const message = `the hub answered ${answer.status} ${code}`
  const kind = kinds.get(answer.status)
  // Without the hub's own words it may be a portal between us that refuses.
  if (!kind || (kind === 'refused' && !said)) return senseless(isWrite, message, code)
  const pause = pauseOf(answer.retryAfter, said?.retryAfterMs)
  return new BackendError(kind, message, pause === null ? { code } : { code, retryAfterMs: pause })
}

/** Milliseconds to wait; null when the server did not say or said nonsense. */
export function pauseOf(header: string | undefined, inBody: number | undefined): number | null {
  const asked = header !== undefined && /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : inBody
  if (asked === undefined || !Number.isFinite(asked) || asked <= 0) return null
  return Math.min(asked, longestPauseMs)
}

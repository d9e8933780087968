/** One question to a portal at a time: when it may be asked, with what, and what came of it. */
import { BackendError } from '../errors.ts'
import { endpointOf } from './access.ts'
import { bodyOf } from './encode.ts'
import { readingOf } from './envelope.ts'
import type { Reading, Refusal } from './envelope.ts'
import { errorOf, errorWith, meaningOf, senseless } from './errors.ts'
import type { Asked } from './errors.ts'
import { exchange } from './exchange.ts'
import type { Reply, Wire } from './exchange.ts'
import type { Limiter } from './limiter.ts'
import type { Operating } from './operating.ts'
import type { Access, Answer, Params } from './shapes.ts'

export interface Question {
  readonly method: string
  readonly params: Params
  /** The methods that will work on it: itself, or those of the commands of a batch. */
  readonly works: readonly string[]
  readonly signal: AbortSignal
  readonly isWrite: boolean
}

/** What a client has, whatever it asks. */
export interface Desk {
  readonly wire: Wire
  readonly limiter: Limiter
  readonly operating: Operating
  readonly clean: (text: string) => string
  access(): Access
}

/** Longer than that nobody is kept waiting: they are told when to come again. */
const longestHoldMs = 60_000

export const askedOf = (desk: Desk, { method, isWrite }: Question): Asked => ({
  method,
  isWrite,
  clean: desk.clean,
})

/** Throws BackendError. */
export async function ask(desk: Desk, question: Question): Promise<Answer> {
  await hold(desk, question)
  const { reply, sentAt } = await send(desk, question)
  return settle(desk, question, { reading: readingOf(reply.status, reply.text), reply, sentAt })
}

/** Until the methods may work again; refuses here what the portal would refuse. */
async function hold(desk: Desk, question: Question): Promise<void> {
  const blockedMs = desk.operating.blockedForMs(question.works)
  const waitMs = blockedMs > 0 ? blockedMs : desk.operating.reserve(question.works)
  if (blockedMs > 0 || waitMs > longestHoldMs)
    throw errorWith('methodBlocked', 'not asked yet', askedOf(desk, question), waitMs)
  if (waitMs > 0) await desk.wire.clock.sleep(waitMs, question.signal)
  if (question.signal.aborted) throw new BackendError('offline', 'stopped')
}

interface Sent {
  readonly reply: Reply
  /** By `elapsed`. */
  readonly sentAt: number
}

async function send(desk: Desk, question: Question): Promise<Sent> {
  await desk.limiter.turn(question.isWrite, question.signal)
  const access = desk.access()
  const auth = access.kind === 'oauth' ? { auth: access.accessToken } : {}
  const sentAt = desk.wire.clock.elapsed()
  const reply = await exchange(desk.wire, {
    url: endpointOf(access, question.method),
    contentType: 'application/json',
    body: bodyOf({ ...question.params, ...auth }),
    asked: askedOf(desk, question),
    signal: question.signal,
  })
  return { reply, sentAt }
}

function settle(
  desk: Desk,
  question: Question,
  { reading, reply, sentAt }: Sent & { readonly reading: Reading },
): Answer {
  const asked = askedOf(desk, question)
  if (reading.kind === 'senseless') throw senseless(reply.status, reading.isJson, asked)
  if (reading.kind === 'refused') throw refusedBy(desk, reading.refusal, { asked, sentAt })
  desk.limiter.accepted()
  const isItsOwn = question.works.length === 1 && question.works[0] === question.method
  if (reading.work && isItsOwn) desk.operating.book(question.method, reading.work)
  return reading.answer
}

/** What a refusal means, once everybody who has to slow down has been told. */
export function refusedBy(
  desk: Desk,
  refusal: Refusal,
  { asked, sentAt }: { readonly asked: Asked; readonly sentAt: number | null },
): BackendError {
  const meaning = meaningOf(refusal)
  if (meaning === 'rateLimited' && sentAt !== null)
    return errorOf(refusal, asked, desk.limiter.refused(sentAt))
  if (meaning === 'methodBlocked')
    return errorOf(refusal, asked, desk.operating.block(asked.method))
  return errorOf(refusal, asked)
}

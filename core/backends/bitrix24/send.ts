/** One request to the portal, when its turn has come. */
import { endpointOf } from './access.ts'
import { bodyOf } from './encode.ts'
import { readingOf } from './envelope.ts'
import type { Reading } from './envelope.ts'
import type { Asked } from './errors.ts'
import { exchange } from './exchange.ts'
import type { Reply, Wire } from './exchange.ts'
import type { Keeper } from './keeper.ts'
import type { Limiter } from './limiter.ts'
import type { Operating } from './operating.ts'
import type { Access, OAuthAccess, Params } from './shapes.ts'

export interface Question {
  readonly method: string
  readonly params: Params
  /** The methods that will work on it: itself, or those of the commands of a batch. */
  readonly works: readonly string[]
  readonly signal: AbortSignal
  readonly isWrite: boolean
  /** Somebody's turn has come already and waits for this. */
  readonly isUrgent?: boolean
}

/** What a client has, whatever it asks. */
export interface Desk {
  readonly wire: Wire
  readonly limiter: Limiter
  readonly operating: Operating
  readonly keeper: Keeper
  readonly closing: AbortSignal
  readonly clean: (text: string) => string
}

export const askedOf = (desk: Desk, { method, isWrite }: Question): Asked => ({
  method,
  isWrite,
  clean: desk.clean,
})

export interface Heard {
  readonly access: Access
  readonly reply: Reply
  readonly reading: Reading
  /** By `elapsed`. */
  readonly sentAt: number
}

/** `to`: where and with what; else what is in use when the turn comes. Throws BackendError. */
export async function send(desk: Desk, question: Question, to?: Access): Promise<Heard> {
  const { wire, limiter, keeper } = desk
  await limiter.turn(question.isWrite || question.isUrgent === true, question.signal)
  const access = to ?? keeper.current
  const auth = access.kind === 'oauth' ? { auth: access.accessToken } : {}
  const sentAt = wire.clock.elapsed()
  const reply = await exchange(wire, {
    url: endpointOf(access, question.method),
    contentType: 'application/json',
    body: bodyOf({ ...question.params, ...auth }),
    asked: askedOf(desk, question),
    signal: question.signal,
  })
  return { access, reply, reading: readingOf(reply.status, reply.text), sentAt }
}

/** The token is over; anything else that is wrong with it, new tokens do not mend. */
export const isExpired = (heard: Heard): heard is Heard & { readonly access: OAuthAccess } =>
  heard.access.kind === 'oauth' &&
  heard.reading.kind === 'refused' &&
  heard.reading.refusal.status === 401 &&
  /^(expired|invalid)_token$/i.test(heard.reading.refusal.code)

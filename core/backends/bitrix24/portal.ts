/** One question to a portal: when it may be asked, with what, and what came of it. */
import { BackendError } from '../errors.ts'
import { errorWith, senseless } from './errors.ts'
import { follow, isRedirect, redirected } from './moved.ts'
import { renew } from './oauth.ts'
import { refusedBy } from './refused.ts'
import { askedOf, isExpired, send } from './send.ts'
import type { Desk, Heard, Question } from './send.ts'
import type { Answer } from './shapes.ts'

/** Longer than that nobody is kept waiting: they are told when to come again. */
const longestHoldMs = 60_000

/** Tokens are renewed once and a move is followed once for a question. Throws BackendError. */
export async function ask(desk: Desk, question: Question): Promise<Answer> {
  await hold(desk, question)
  const first = await sendAfter(desk, question)
  if (!isExpired(first)) return settle(desk, question, first)
  await renew(desk, first.access, question.signal)
  return settle(desk, question, await sendAfter(desk, question))
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

/** Sends it, and once more to where the portal has moved: a redirect carries nothing out. */
async function sendAfter(desk: Desk, question: Question): Promise<Heard> {
  const first = await send(desk, question)
  if (!isRedirect(first)) return first
  await follow(desk, question, first)
  const second = await send(desk, question)
  if (isRedirect(second)) throw redirected(desk, question)
  return second
}

function settle(desk: Desk, question: Question, { reading, reply, sentAt }: Heard): Answer {
  const asked = askedOf(desk, question)
  if (reading.kind === 'senseless') throw senseless(reply.status, reading.isJson, asked)
  if (reading.kind === 'refused') throw refusedBy(desk, reading.refusal, { asked, sentAt })
  desk.limiter.accepted()
  const isItsOwn = question.works.length === 1 && question.works[0] === question.method
  if (reading.work && isItsOwn) desk.operating.book(question.method, reading.work)
  return reading.answer
}

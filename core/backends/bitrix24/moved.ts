/** A renamed portal answers with a redirect (bitrix24.md 7): who is trusted with the secret then. */
import { BackendError } from '../errors.ts'
import { endpointOf, familyAddress } from './access.ts'
import { fieldsOf } from './envelope.ts'
import { errorWith, senseless } from './errors.ts'
import { renew } from './oauth.ts'
import { refusedBy } from './refused.ts'
import { askedOf, isExpired, send } from './send.ts'
import type { Desk, Heard, Question } from './send.ts'
import type { Access } from './shapes.ts'

const followed = new Set([301, 302, 307, 308])

export const isRedirect = ({ reply: { status } }: Heard): boolean => status >= 300 && status < 400

/**
 * Finds out whether the portal is where it points, and stores that. Throws `redirected` when it is
 * not, else what went wrong on the way; the question itself was not carried out by then.
 */
export async function follow(desk: Desk, question: Question, heard: Heard): Promise<void> {
  const { keeper } = desk
  const target = followed.has(heard.reply.status) ? targetOf(heard, question.method) : null
  if (target === null) throw redirected(desk, question)
  await keeper.once(`move to ${target}`, question.signal, async () => {
    if (keeper.current.address === target) return
    await confirm(desk, target)
    keeper.keep({ ...keeper.current, address: target })
  })
}

export const redirected = (desk: Desk, question: Question): BackendError =>
  errorWith('redirected', 'the portal points elsewhere', askedOf(desk, question))

/** The new address: of the same family, for the same path. */
function targetOf({ access, reply }: Heard, method: string): string | null {
  const asked = endpointOf(access, method)
  const location = reply.location === null ? null : URL.parse(reply.location, asked)
  if (!location || bare(location) !== bare(new URL(asked))) return null
  const address = familyAddress(access.address, location.href)
  return address === access.address ? null : address
}

const bare = ({ pathname }: URL): string => pathname.replace(/\/$/, '')

/** The same user answers there (of an application: the same portal, where it says so). */
async function confirm(desk: Desk, address: string): Promise<void> {
  const profile = await probe(desk, 'profile', address)
  const { current } = desk.keeper
  const id = fieldsOf(profile)?.['ID']
  const isSame = current.kind === 'oauth' ? isId(id) : isId(id) && String(id) === current.userId
  if (!isSame) throw redirected(desk, questionOf(desk, 'profile'))
  if (current.kind === 'oauth') await confirmMember(desk, address, current.memberId)
}

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'

async function confirmMember(desk: Desk, address: string, memberId: string): Promise<void> {
  const info = fieldsOf(await probe(desk, 'app.info', address).catch(unlessBusy))
  const told = info?.['member_id'] ?? info?.['MEMBER_ID']
  if (told !== undefined && told !== memberId) throw redirected(desk, questionOf(desk, 'app.info'))
}

/** Not every portal tells of applications. */
function unlessBusy(error: unknown): null {
  if (error instanceof BackendError && (error.kind === 'busy' || error.kind === 'offline'))
    throw error
  return null
}

async function probe(desk: Desk, method: string, address: string): Promise<unknown> {
  const question = questionOf(desk, method)
  const accessThere = (): Access => ({ ...desk.keeper.current, address })
  let heard = await send(desk, question, accessThere())
  if (isExpired(heard)) {
    await renew(desk, heard.access, question.signal)
    heard = await send(desk, question, accessThere())
  }
  const { reading, reply, sentAt } = heard
  if (reading.kind === 'answered') return reading.answer.result
  const asked = askedOf(desk, question)
  const error =
    reading.kind === 'refused'
      ? refusedBy(desk, reading.refusal, { asked, sentAt })
      : senseless(reply.status, reading.isJson, asked)
  throw error.kind === 'busy' || error.kind === 'offline' ? error : redirected(desk, question)
}

const questionOf = (desk: Desk, method: string): Question => ({
  method,
  params: {},
  works: [method],
  signal: desk.closing,
  isWrite: false,
  isUrgent: true,
})

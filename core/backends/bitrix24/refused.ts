/** A refusal is told to everybody who has to slow down, then becomes an error. */
import type { BackendError } from '../errors.ts'
import type { Refusal } from './envelope.ts'
import { errorOf, meaningOf } from './errors.ts'
import type { Asked } from './errors.ts'
import type { Desk } from './send.ts'

/** `sentAt`, by `elapsed`: when the request left; null: it was one command of a batch. */
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

import type { z } from 'zod'
import type { Language } from '../../words/words.ts'
import { OtherContent } from '../decide/once.ts'
import { Refusal } from '../decide/refusal.ts'
import type { errorSchema } from '../protocol.ts'
import { isPassingFault } from '../store/postgres-faults.ts'
import { speak } from './speak.ts'

export type ErrorBody = z.infer<typeof errorSchema>

/** An answer that is an error: `code` names the sentence in words and the HTTP status follows from it. */
export class HubError extends Error {
  readonly code: keyof typeof statuses
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined
  constructor(
    code: keyof typeof statuses,
    more: { field?: string | undefined; retryAfterMs?: number } = {},
  ) {
    super(code)
    this.name = 'HubError'
    this.code = code
    this.field = more.field
    this.retryAfterMs = more.retryAfterMs
  }
}

/** Every error the hub answers with, and its HTTP status. */
export const statuses = {
  badRequest: 400,
  malformed: 400,
  badJson: 400,
  badCursor: 400,
  unauthorised: 401,
  forbidden: 403,
  notFound: 404,
  deleted: 404,
  closed: 409,
  changed: 409,
  employeeDismissed: 409,
  noDepartments: 409,
  tooLarge: 413,
  wrongType: 415,
  otherContent: 422,
  unknown: 422,
  tooMany: 429,
  broken: 500,
  tooSlow: 503,
} as const

/** The answer in the caller's language. */
export function errorAnswer(
  error: HubError,
  language: Language,
): { status: number; body: ErrorBody } {
  const { code, field, retryAfterMs } = error
  return {
    status: statuses[code],
    body: {
      code,
      message: speak(language)(`hub.error.${code}`, { field: field ?? '' }),
      ...(field === undefined ? {} : { field }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  }
}

/** What Fastify says of a request, in our codes; any other fault of the caller's is in their JSON. */
const frameworkCodes = new Map<unknown, keyof typeof statuses>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'tooLarge'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'wrongType'],
  ['FST_ERR_HANDLER_TIMEOUT', 'tooSlow'],
  ['FST_ERR_BAD_URL', 'malformed'],
])

/** Whatever was thrown, as an error that may be told; our own faults say nothing of themselves. */
export function toldError(error: unknown): HubError {
  if (error instanceof HubError) return error
  if (error instanceof Refusal) return new HubError(error.code, { field: error.field })
  if (error instanceof OtherContent) return new HubError('otherContent', { field: error.id })
  // Whether it was carried out is not known; whoever asks again is answered as at first.
  if (isPassingFault(error)) return new HubError('tooSlow')
  const { code, statusCode } = Object(error)
  const known = frameworkCodes.get(code)
  if (known) return new HubError(known)
  return new HubError(statusCode >= 400 && statusCode < 500 ? 'badJson' : 'broken')
}

/** The first language of `Accept-Language` that we speak. */
export function languageOf(header: string | undefined, usual: Language): Language {
  for (const part of (header ?? '').slice(0, 200).toLowerCase().split(',')) {
    const name = part.trim().slice(0, 2)
    if (name === 'ru' || name === 'en') return name
  }
  return usual
}

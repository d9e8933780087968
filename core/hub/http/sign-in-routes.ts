import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../words/words.ts'
import type { SignInOptions } from '../company.ts'
import {
  answerTo,
  type SignIn,
  signInOver,
  SignInRefusal,
  waitingSchema,
} from '../sign-in/sign-in.ts'
import type { HubStore } from '../store/hub-store.ts'
import { HubError, languageOf } from './hub-error.ts'
import { escaped, htmlPage, pagePolicy } from './page.ts'
import { routeDocs } from './route-doc.ts'
import { declared } from './routes.ts'
import { speak } from './speak.ts'

const cookieName = 'nachalo-sign-in'

export interface SignInPlace {
  readonly signIn: SignInOptions
  readonly language: Language
  /** How browsers reach the hub; never what a request claims. */
  publicUrl(): string
}

/** How a person signs in with a browser; without a provider there are no such routes. */
export async function addSignIn(
  app: FastifyInstance,
  store: HubStore,
  place: SignInPlace,
): Promise<void> {
  const signIn = await signInOver(store, place.signIn)
  const callback = () => `${place.publicUrl()}${routeDocs.signInCallback.url}`
  app.get(routeDocs.signIn.url, declared(routeDocs.signIn), async (request, reply) => {
    const waiting = waitingSchema.safeParse(request.query).data ?? null
    const begun = await signIn.begin(callback(), waiting).catch(() => {
      throw new HubError('tooSlow')
    })
    setCookie(reply, begun.cookie, callback())
    return reply.redirect(begun.url)
  })
  app.get(routeDocs.signInCallback.url, declared(routeDocs.signInCallback), (request, reply) =>
    cameBack(signIn, new URL(callback()), { request, reply, usual: place.language }),
  )
  app.post<{ Body: { code: string; verifier: string } }>(
    routeDocs.signInToken.url,
    declared(routeDocs.signInToken),
    async ({ body }) => {
      const token = await signIn.redeem(body.code, body.verifier)
      if (token === null) throw new HubError('unauthorised')
      return { token }
    },
  )
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly usual: Language
}

async function cameBack(signIn: SignIn, cameTo: URL, visit: Visit): Promise<FastifyReply> {
  const { request, reply } = visit
  cameTo.search = new URL(request.url, cameTo).search
  setCookie(reply, '', cameTo.href)
  try {
    const signed = await signIn.finish(cameTo, cookieOf(request))
    return 'sendTo' in signed ? reply.redirect(signed.sendTo) : page(visit, 200, signed.token)
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error
    if (error.waiting) return reply.redirect(answerTo(error.waiting, 'error', error.code))
    return page(visit, 403, error.code)
  }
}

/** The token, or why there is none. */
function page({ request, reply, usual }: Visit, status: 200 | 403, said: string): FastifyReply {
  const language = languageOf(request.headers['accept-language'], usual)
  const t = speak(language)
  const isIn = status === 200
  const title = t(isIn ? 'hubDatabase.signIn.signedIn' : 'hubDatabase.signIn.notSignedIn')
  const body = isIn
    ? `<p>${escaped(t('hubDatabase.signIn.signedInText'))}</p><pre>${escaped(said)}</pre>`
    : `<p>${escaped(t(`hubDatabase.signIn.${said}`))}</p>`
  return reply
    .code(status)
    .header('content-security-policy', pagePolicy)
    .type('text/html; charset=utf-8')
    .send(htmlPage(language, title, body))
}

/** Only for the way to the provider and back, only for this browser; nothing: forgotten. */
function setCookie(reply: FastifyReply, value: string, address: string): void {
  const parts = [
    `${cookieName}=${value}`,
    `Path=${routeDocs.signIn.url}`,
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${value === '' ? 0 : 600}`,
    ...(address.startsWith('https:') ? ['Secure'] : []),
  ]
  reply.header('set-cookie', parts.join('; '))
}

function cookieOf({ headers }: FastifyRequest): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === cookieName && value) return value
  }
  return null
}

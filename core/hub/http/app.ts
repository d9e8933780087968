import { STATUS_CODES } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Language } from '../../words/words.ts'
import type { HubOptions } from '../company.ts'
import type { Caller } from '../decide/caller.ts'
import type { Scope } from '../rights/may.ts'
import type { HubStore } from '../store/hub-store.ts'
import { answerBroken } from './answer-broken.ts'
import { authenticate, bearerOf } from './auth.ts'
import { floodGuard, type Limits, usualLimits } from './flood.ts'
import { errorAnswer, HubError, languageOf, toldError } from './hub-error.ts'
import { createServer, fastifyOptions } from './options.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
  interface FastifyContextConfig {
    /** What the token must be allowed; null: no token is asked for. */
    scope?: Scope | null
  }
}

/** The guarded door without its routes: hooks, limits, checks and errors. */
export function createApp(
  store: HubStore,
  options: Pick<HubOptions, 'tls' | 'language' | 'log'> & { readonly limits?: Limits },
): FastifyInstance {
  const language = options.language ?? 'ru'
  const app = Fastify({
    ...fastifyOptions,
    serverFactory: answer => createServer(answer, options.tls),
    clientErrorHandler: (error, socket) => answerBroken(error, socket, language),
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply, options),
  })
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('caller', null)
  app.setValidatorCompiler<z.ZodType>(
    ({ schema }) =>
      data =>
        checked(schema, data),
  )
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, options))
  app.setNotFoundHandler((request, reply) =>
    answerError(new HubError('notFound'), request, reply, options),
  )
  addGuards(app, store, options.limits ?? usualLimits)
  if (options.log) addLog(app, options.log)
  return app
}

/** The order matters (security, D12): a limiter after the authentication would never see a wrong token. */
function addGuards(app: FastifyInstance, store: HubStore, limits: Limits): void {
  const guard = floodGuard(
    limits,
    prefix => store.knownPrefixes.has(prefix),
    () => performance.now(),
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(answerHeaders)
    refuseLate(guard.admit(request.ip, bearerOf(request.headers.authorization)))
  })
  app.addHook('onRequest', async request => {
    const { scope } = request.routeOptions.config
    if (scope === undefined || scope === null) return
    const token = bearerOf(request.headers.authorization)
    request.caller = await authenticate(store, token)
    if (!request.caller) guard.failed(request.ip, token)
    if (!request.caller) throw new HubError('unauthorised')
    refuseLate(guard.admitToken(request.caller.tokenId))
    if (!request.caller.scopes.has(scope)) throw new HubError('forbidden')
  })
}

const answerHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

function refuseLate(retryAfterMs: number | null): void {
  if (retryAfterMs !== null)
    throw new HubError('tooMany', { retryAfterMs: Math.ceil(retryAfterMs) })
}

/** One check for bodies, queries and parameters: the first fault names its field. */
function checked(schema: z.ZodType, data: unknown): { value: unknown } | { error: HubError } {
  const result = schema.safeParse(data)
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...(issue?.path ?? []), ...extra].map(String).join('.').slice(0, 200)
  return { error: new HubError('badRequest', { field }) }
}

function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  options: { readonly language?: Language; readonly log?: (line: string) => void },
): FastifyReply {
  const told = toldError(error)
  if (told.code === 'broken' && error instanceof Error)
    options.log?.(
      JSON.stringify({ fault: error.name, at: (error.stack ?? '').split('\n')[1]?.trim() ?? '' }),
    )
  const language = languageOf(request.headers['accept-language'], options.language ?? 'ru')
  const { status, body } = errorAnswer(told, language)
  if (body.retryAfterMs !== undefined)
    reply.header('retry-after', String(Math.ceil(body.retryAfterMs / 1000)))
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}

/** A line a request: which route, by which token, how it ended; never what was in it. */
function addLog(app: FastifyInstance, log: (line: string) => void): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? STATUS_CODES[404]}`
    log(
      JSON.stringify({
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        token: request.caller?.tokenId ?? null,
      }),
    )
  })
}

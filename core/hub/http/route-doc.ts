import { z } from 'zod'
import { changeSchema } from '../decide/change-case.ts'
import {
  changesQuerySchema,
  changesResponseSchema,
  decisionsRequestSchema,
  decisionsResponseSchema,
  errorSchema,
  healthResponseSchema,
  meResponseSchema,
  newCaseSchema,
  orgEditsRequestSchema,
  orgEditsResponseSchema,
  orgHistoryQuerySchema,
  orgHistoryResponseSchema,
  pkceSchema,
  signInTokenRequestSchema,
  signInTokenResponseSchema,
  wireCaseSchema,
} from '../protocol.ts'
import type { Scope } from '../rights/may.ts'
import type { statuses } from './hub-error.ts'

/** The largest body; nothing is uploaded to the hub yet. */
export const bodyBytes = 256 * 1024

/** A route as it is checked and as it is told; `name` finds its sentences in words. */
export interface RouteDoc {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  /** What the token must be allowed; null: no token is asked for. */
  readonly scope: Scope | null
  /** What is needed to have any effect, when that is more. */
  readonly needs?: Scope
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly params?: z.ZodType
  /** Shape of the answer by status; null: not JSON. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
  readonly errors: readonly (keyof typeof statuses)[]
}

const caseAnswerSchema = z.strictObject({
  id: z.string(),
  number: z.string(),
  replayed: z.boolean(),
  /** The case, when the caller may see it. */
  current: z.optional(wireCaseSchema),
})

const shortText = z.string().min(1).max(200)
const signInQuerySchema = z.union([
  z.strictObject({}),
  z.strictObject({
    /** Where a console of the person's own computer waits (RFC 8252). */
    redirect: z
      .string()
      .max(300)
      .regex(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d{1,5}\/[\w/-]*$/),
    /** S256 of the verifier that fetches the token afterwards. */
    challenge: pkceSchema,
    state: shortText,
  }),
])

const always = ['unauthorised', 'forbidden', 'tooMany', 'broken', 'tooSlow'] as const
const written = ['badRequest', 'badJson', 'tooLarge', 'wrongType'] as const

export const routeDocs = {
  decisions: {
    name: 'decisions',
    method: 'POST',
    url: '/v1/decisions',
    scope: 'read',
    needs: 'decide',
    body: decisionsRequestSchema,
    answers: { 200: decisionsResponseSchema },
    errors: [...written, 'otherContent', ...always],
  },
  changes: {
    name: 'changes',
    method: 'GET',
    url: '/v1/changes',
    scope: 'read',
    query: changesQuerySchema,
    answers: { 200: changesResponseSchema },
    errors: ['badRequest', 'badCursor', ...always],
  },
  events: {
    name: 'events',
    method: 'GET',
    url: '/v1/events',
    scope: 'read',
    query: z.strictObject({}),
    answers: { 200: null },
    errors: ['badRequest', ...always],
  },
  createCase: {
    name: 'createCase',
    method: 'POST',
    url: '/v1/cases',
    scope: 'create',
    body: newCaseSchema,
    answers: { 200: caseAnswerSchema, 201: caseAnswerSchema },
    errors: [
      ...written,
      'unknown',
      'employeeDismissed',
      'otherContent',
      'noDepartments',
      ...always,
    ],
  },
  changeCase: {
    name: 'changeCase',
    method: 'PATCH',
    url: '/v1/cases/:id',
    scope: 'change',
    params: z.strictObject({ id: z.string().min(1).max(200) }),
    body: changeSchema,
    answers: { 200: caseAnswerSchema },
    errors: [
      ...written,
      'notFound',
      'changed',
      'closed',
      'unknown',
      'employeeDismissed',
      ...always,
    ],
  },
  orgEdits: {
    name: 'orgEdits',
    method: 'POST',
    url: '/v1/org/edits',
    scope: 'change',
    body: orgEditsRequestSchema,
    answers: { 200: orgEditsResponseSchema },
    errors: [...written, 'otherContent', ...always],
  },
  orgHistory: {
    name: 'orgHistory',
    method: 'GET',
    url: '/v1/org/history',
    scope: 'read',
    query: orgHistoryQuerySchema,
    answers: { 200: orgHistoryResponseSchema },
    errors: ['badRequest', ...always],
  },
  me: {
    name: 'me',
    method: 'GET',
    url: '/v1/me',
    scope: 'read',
    query: z.strictObject({}),
    answers: { 200: meResponseSchema },
    errors: ['badRequest', ...always],
  },
  signIn: {
    name: 'signIn',
    method: 'GET',
    url: '/v1/sign-in',
    scope: null,
    query: signInQuerySchema,
    answers: { 302: null },
    errors: ['badRequest', 'notFound', 'tooMany', 'tooSlow'],
  },
  signInCallback: {
    name: 'signInCallback',
    method: 'GET',
    url: '/v1/sign-in/callback',
    scope: null,
    query: z.record(z.string().max(50), z.string().max(4000)),
    answers: { 200: null, 302: null, 403: null },
    errors: ['badRequest', 'notFound', 'tooMany'],
  },
  signInToken: {
    name: 'signInToken',
    method: 'POST',
    url: '/v1/sign-in/token',
    scope: null,
    body: signInTokenRequestSchema,
    answers: { 200: signInTokenResponseSchema },
    errors: [...written, 'unauthorised', 'notFound', 'tooMany', 'broken'],
  },
  health: {
    name: 'health',
    method: 'GET',
    url: '/v1/health',
    scope: null,
    query: z.strictObject({}),
    answers: { 200: healthResponseSchema },
    errors: ['badRequest', 'tooMany'],
  },
  openapi: {
    name: 'openapi',
    method: 'GET',
    url: '/v1/openapi.json',
    scope: null,
    query: z.strictObject({}),
    answers: { 200: z.record(z.string(), z.unknown()) },
    errors: ['badRequest', 'tooMany'],
  },
  docs: {
    name: 'docs',
    method: 'GET',
    url: '/docs',
    scope: null,
    query: z.strictObject({}),
    answers: { 200: null },
    errors: ['badRequest', 'tooMany'],
  },
  root: {
    name: 'docs',
    method: 'GET',
    url: '/',
    scope: null,
    query: z.strictObject({}),
    answers: { 200: null },
    errors: ['badRequest', 'tooMany'],
  },
} as const satisfies Readonly<Record<string, RouteDoc>>

/** Every error has this shape. */
export const errorShape = errorSchema

import { z } from 'zod'
import { chanceOf } from './chance.ts'

const milliseconds = z.number().min(0)

/** What goes wrong with one request (section 8 of bitrix24.md). */
const faultSchema = z.discriminatedUnion('kind', [
  /** Nobody listens. */
  z.strictObject({ kind: z.literal('refused') }),
  /** The connection breaks before the portal has done anything, or after it has done everything. */
  z.strictObject({ kind: z.literal(['resetBefore', 'resetAfter']) }),
  /** The connection breaks at once, and the portal carries the request out later. */
  z.strictObject({ kind: z.literal('zombie'), afterMs: milliseconds }),
  /** The answer comes so much later. */
  z.strictObject({ kind: z.literal('slow'), ms: milliseconds }),
  /** A page of the web server instead of an answer: nothing was done, or (`isDone`) everything. */
  z.strictObject({
    kind: z.literal('badGateway'),
    status: z.literal([502, 503, 504]).optional(),
    isDone: z.boolean().optional(),
  }),
  /** 503 QUERY_LIMIT_EXCEEDED, 429 OPERATION_TIME_LIMIT, 503 OVERLOAD_LIMIT, 500. */
  z.strictObject({ kind: z.literal(['tooMany', 'methodBlocked', 'overload', 'internal']) }),
  /** The answer breaks off in the middle of its JSON, with status 200; everything was done. */
  z.strictObject({ kind: z.literal('truncated') }),
  /** A captive portal between: HTML with status 200, nothing reached anybody. */
  z.strictObject({ kind: z.literal('captive') }),
  /** An administrator has not confirmed the method yet; the subscription is over; no portal. */
  z.strictObject({ kind: z.literal(['confirmWaiting', 'paymentRequired', 'portalDeleted']) }),
  /** The token is no longer good. */
  z.strictObject({ kind: z.literal('expired') }),
])
export type Fault = z.infer<typeof faultSchema>

export interface FaultRequest {
  /** In lower case; `batch` for a batch, empty for what is no REST. */
  readonly method: string
  readonly isWrite: boolean
  /** Of the request, from 0. */
  readonly index: number
  /** Asked of a command within a batch: only what the portal itself says can befall it. */
  readonly isCommand: boolean
}

export type FaultPlan = (request: FaultRequest) => Fault | null

/**
 * A plan as a file: `{"seed": 1, "rules": [{"method": "batch", "share": 0.1, "fault": {…}}]}`.
 * A rule takes requests of its method (or all), of writes only, from the index `from` on, every
 * n-th of them, or a share of them; the first rule that takes a request decides. A rule with a
 * method also takes commands of that method within batches.
 */
const planSchema = z.strictObject({
  seed: z.number().int().optional(),
  rules: z.array(
    z.strictObject({
      method: z.string().optional(),
      isWrite: z.boolean().optional(),
      from: z.number().int().min(0).optional(),
      every: z.number().int().min(1).optional(),
      share: z.number().min(0).max(1).optional(),
      fault: faultSchema,
    }),
  ),
})
type Rule = z.infer<typeof planSchema>['rules'][number]

/** Throws a ZodError that names the field when the file is no plan. */
export function faultPlanOf(file: unknown): FaultPlan {
  const { seed = 1, rules } = planSchema.parse(file)
  const chance = chanceOf(seed)
  const counts = new Map<Rule, number>()
  return request => {
    for (const rule of rules) {
      if (!isMeant(rule, request)) continue
      const count = (counts.get(rule) ?? 0) + 1
      counts.set(rule, count)
      if (count % (rule.every ?? 1) === 0 && chance.isLucky(rule.share ?? 1)) return rule.fault
    }
    return null
  }
}

const isMeant = (rule: Rule, { method, isWrite, index, isCommand }: FaultRequest): boolean =>
  (rule.method !== undefined || !isCommand) &&
  (rule.method === undefined || rule.method.toLowerCase() === method) &&
  (rule.isWrite === undefined || rule.isWrite === isWrite) &&
  index >= (rule.from ?? 0)

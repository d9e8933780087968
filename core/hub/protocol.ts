/**
 * What a console and the hub say to each other. Pinned by a hash test: a change here is a change
 * of the wire and needs a new protocol version with a line of history.
 *
 * 1: the first.
 * 1.1: a decision may name `status` and `statusName`, by the verb `progress`. A hub of 1 refuses such a
 *   decision as not well-formed, and only that one; a console of 1 makes none.
 * 1.2: an admin edits the organisation by `/v1/org/edits` and reads its history. An older hub answers
 *   «not found», and the console says that the hub is too old; an older console asks for neither.
 * 1.3: `/v1/health` says where a person signs in with a browser. An older hub says nothing of it, and
 *   the console asks for a token; an older console does not ask.
 */
import { z } from 'zod'

export const protocolVersion = 1
/** Rises with what is added so that either side may be the older one. */
export const protocolRevision = 3

const id = z.string().min(1).max(200)
const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000)
const nullableId = z.nullable(id)
const name = z.string().max(1000)
const status = z.enum(['open', 'waiting', 'awaitingApproval', 'closed'])

export const fieldsSchema = z.strictObject({
  responsible: z.optional(nullableId),
  department: z.optional(nullableId),
  deferredUntil: z.optional(z.nullable(instant)),
  status: z.optional(status),
  statusName: z.optional(z.nullable(name)),
})

export const reasonSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]),
)

export const decisionSchema = z.strictObject({
  v: z.literal(1),
  decisionId: z.uuid(),
  actId: z.uuid(),
  kind: z.enum(['set', 'create', 'comment', 'step']),
  verb: z.enum(['assign', 'return', 'pass', 'take', 'defer', 'progress', 'undo', 'redo', 'insist']),
  caseId: id,
  want: fieldsSchema,
  base: fieldsSchema,
  issuedBy: z.strictObject({
    employeeId: id,
    ruleId: z.optional(id),
    ruleVersion: z.optional(z.int().nonnegative()),
  }),
  issuedAt: instant,
  undoes: z.nullable(z.uuid()),
  supersedes: z.nullable(z.uuid()),
  isOverridden: z.boolean(),
  reasons: z.array(reasonSchema).max(50),
})
export type WireDecision = z.infer<typeof decisionSchema>

export const decisionsRequestSchema = z.strictObject({
  decisions: z.array(decisionSchema).min(1).max(50),
})

/** Why a decision was not applied. */
export const outcomeCodes = [
  'changed', // conflict: a named field is no longer what the base says
  'employeeDismissed', // conflict
  'closed', // rejected
  'deleted', // rejected
  'forbidden', // rejected
  'invalid', // rejected: unknown employee or department
] as const

export const wireCaseSchema = z.strictObject({
  entity: z.literal('case'),
  id,
  version: z.int(),
  number: name,
  subject: z.string(),
  kindId: nullableId,
  source: z.enum(['mail', 'phone', 'web', 'internal', 'other']),
  departmentId: nullableId,
  responsibleId: nullableId,
  clientId: nullableId,
  clientName: z.nullable(z.string()),
  status,
  statusName: z.nullable(z.string()),
  deferredUntil: z.nullable(instant),
  dueAt: z.nullable(instant),
  priority: z.int().min(0).max(3),
  weight: z.number().nonnegative(),
  effortMs: z.nullable(z.number().nonnegative()),
  requiredSkill: z.nullable(z.string()),
  createdAt: instant,
  updatedAt: instant,
  closedAt: z.nullable(instant),
  assignedAt: z.nullable(instant),
  isMasked: z.boolean(),
  text: z.string(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
})
export type WireCase = z.infer<typeof wireCaseSchema>

const span = z.strictObject({ fromMinute: z.int(), toMinute: z.int() })

export const wireRecordSchema = z.discriminatedUnion('entity', [
  wireCaseSchema,
  z.strictObject({
    entity: z.literal('department'),
    id,
    version: z.int(),
    parentId: nullableId,
    name,
    defaultLimit: z.nullable(z.number()),
    hoursPerPoint: z.nullable(z.number()),
    zone: z.nullable(z.string()),
  }),
  z.strictObject({
    entity: z.literal('post'),
    id,
    version: z.int(),
    departmentId: id,
    name,
    employeeId: nullableId,
    isHead: z.boolean(),
  }),
  z.strictObject({
    entity: z.literal('employee'),
    id,
    version: z.int(),
    name,
    isExternal: z.boolean(),
    isDismissed: z.boolean(),
    limit: z.nullable(z.number()),
    kindLimits: z.record(z.string(), z.number()),
    skills: z.array(z.string()),
    week: z.nullable(z.array(z.array(span))),
    isDayOpen: z.nullable(z.boolean()),
    lastAssignedAt: z.nullable(instant),
  }),
  z.strictObject({
    entity: z.literal('absence'),
    id,
    version: z.int(),
    employeeId: id,
    kind: z.enum(['vacation', 'sick', 'trip', 'other']),
    fromAt: instant,
    untilAt: instant,
  }),
  z.strictObject({
    entity: z.literal('substitution'),
    id,
    version: z.int(),
    employeeId: id,
    substituteId: id,
    fromAt: instant,
    untilAt: instant,
  }),
  z.strictObject({
    entity: z.literal('kind'),
    id,
    version: z.int(),
    name,
    weight: z.number(),
    departmentId: nullableId,
    doesWaitingStopClock: z.boolean(),
  }),
  z.strictObject({
    entity: z.literal('client'),
    id,
    version: z.int(),
    name,
    responsibleId: nullableId,
  }),
  z.strictObject({
    entity: z.literal('history'),
    id,
    version: z.int(),
    caseId: id,
    at: instant,
    /** Who did it: an employee, or null for the system. */
    employeeId: nullableId,
    decisionId: nullableId,
    verb: z.string(),
    /** Named fields before and after, as ids; `status` and `created` may occur too. */
    from: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    to: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    ruleId: z.nullable(z.string()),
    ruleVersion: z.nullable(z.int()),
    reasons: z.array(reasonSchema),
  }),
])
export type WireRecord = z.infer<typeof wireRecordSchema>
export type WireHistory = Extract<WireRecord, { entity: 'history' }>

export const outcomeSchema = z.strictObject({
  decisionId: id,
  outcome: z.enum(['applied', 'alreadySo', 'conflict', 'rejected']),
  code: z.optional(z.enum(outcomeCodes)),
  /** The case as it is now, when the caller may see it. */
  current: z.optional(wireCaseSchema),
  /** Who made the change that conflicts, and when. */
  changedBy: z.optional(nullableId),
  changedAt: z.optional(instant),
  replayed: z.boolean(),
})
export type WireOutcome = z.infer<typeof outcomeSchema>

export const decisionsResponseSchema = z.strictObject({ outcomes: z.array(outcomeSchema) })

export const changesQuerySchema = z.strictObject({
  cursor: z.optional(z.string().max(200)),
  limit: z.optional(z.coerce.number().int().min(1).max(5000)),
})

export const changesResponseSchema = z.strictObject({
  records: z.array(wireRecordSchema),
  tombstones: z.array(
    z.strictObject({
      entity: z.string(),
      id,
      reason: z.enum(['deleted', 'accessLost', 'outOfScope']),
    }),
  ),
  nextCursor: z.string(),
  isUpToDate: z.boolean(),
  /** Records still to come, roughly; for progress. */
  remaining: z.int(),
  /** Changes when the database is another one: the console stops pushing and asks. */
  epoch: z.string(),
  /** The cursor no longer fits (scope or epoch changed): begin again without one, then drop what did not come. */
  mustRestart: z.boolean(),
  now: instant,
})
export type ChangesResponse = z.infer<typeof changesResponseSchema>

export const meResponseSchema = z.strictObject({
  employeeId: id,
  name,
  role: z.enum(['head', 'dispatcher', 'employee', 'external', 'admin']),
  /** Departments where I am head or active substitute, or dispatcher; without the ones below. */
  departmentIds: z.array(id),
  company: name,
  zone: z.string(),
  epoch: z.string(),
  protocol: z.int(),
  now: instant,
})
export type MeResponse = z.infer<typeof meResponseSchema>

/** Said to everybody who asks. */
export const healthResponseSchema = z.strictObject({
  status: z.literal('ok'),
  protocol: z.int(),
  now: instant,
  /** Where a browser begins to sign somebody in; null: people need tokens here. */
  signIn: z.optional(z.nullable(z.string().max(2000))),
})
export type HealthResponse = z.infer<typeof healthResponseSchema>

/** As RFC 7636 has it: a verifier, or the S256 challenge that follows from one. */
export const pkceSchema = z.string().regex(/^[A-Za-z0-9_-]{43,128}$/)

/** What a console that waited gives for the token of its person. */
export const signInTokenRequestSchema = z.strictObject({
  code: z.string().min(1).max(2000),
  verifier: pkceSchema,
})
export const signInTokenResponseSchema = z.strictObject({
  token: z.string().regex(/^[\x21-\x7e]{1,200}$/),
})

export const newCaseSchema = z.strictObject({
  /** Made by the caller; the same id again gives the first answer. */
  requestId: z.uuid(),
  number: z.optional(z.string().min(1).max(100)),
  subject: z.string().min(1).max(1000),
  text: z.optional(z.string().max(100_000)),
  kindId: z.optional(nullableId),
  source: z.optional(z.enum(['mail', 'phone', 'web', 'internal', 'other'])),
  departmentId: z.optional(nullableId),
  responsibleId: z.optional(nullableId),
  clientId: z.optional(nullableId),
  clientName: z.optional(z.nullable(z.string().max(1000))),
  phones: z.optional(z.array(z.string().max(100)).max(20)),
  emails: z.optional(z.array(z.string().max(320)).max(20)),
  dueAt: z.optional(z.nullable(instant)),
  priority: z.optional(z.int().min(0).max(3)),
  weight: z.optional(z.number().min(0).max(1000)),
  effortMs: z.optional(z.nullable(z.number().min(0).max(1e12))),
  requiredSkill: z.optional(z.nullable(z.string().max(100))),
})
export type NewCase = z.infer<typeof newCaseSchema>

const orgEntity = z.enum(['department', 'post', 'employee', 'absence', 'substitution'])
const editKind = z.enum(['add', 'set', 'remove'])

/** Fields of the organisation's records; which of them a record has is the domain's matter. */
export const orgFieldsSchema = z.strictObject({
  name: z.optional(name),
  parentId: z.optional(nullableId),
  defaultLimit: z.optional(z.nullable(z.number())),
  hoursPerPoint: z.optional(z.nullable(z.number())),
  zone: z.optional(z.nullable(z.string().max(100))),
  departmentId: z.optional(id),
  employeeId: z.optional(nullableId),
  isHead: z.optional(z.boolean()),
  isExternal: z.optional(z.boolean()),
  isDismissed: z.optional(z.boolean()),
  limit: z.optional(z.nullable(z.number())),
  kindLimits: z.optional(z.record(z.string().max(200), z.number())),
  skills: z.optional(z.array(z.string().max(1000)).max(1000)),
  kind: z.optional(z.enum(['vacation', 'sick', 'trip', 'other'])),
  substituteId: z.optional(id),
  fromAt: z.optional(instant),
  untilAt: z.optional(instant),
})
export type WireOrgFields = z.infer<typeof orgFieldsSchema>

export const orgEditSchema = z.strictObject({
  v: z.literal(1),
  editId: z.uuid(),
  entity: orgEntity,
  id,
  kind: editKind,
  want: orgFieldsSchema,
  base: orgFieldsSchema,
  issuedAt: instant,
  takesBack: z.nullable(z.uuid()),
  supersedes: z.nullable(z.uuid()),
})
export type WireOrgEdit = z.infer<typeof orgEditSchema>

export const orgEditsRequestSchema = z.strictObject({
  edits: z.array(orgEditSchema).min(1).max(50),
})

export const orgOutcomeSchema = z.strictObject({
  editId: id,
  outcome: z.enum(['applied', 'alreadySo', 'conflict', 'rejected']),
  /** Why it was rejected, as sentences for the person. */
  reasons: z.array(reasonSchema),
  /** The record as it is now; none: it is not there. */
  current: z.optional(orgFieldsSchema),
  /** Who made the change that conflicts, and when, as far as the history tells. */
  changedBy: z.optional(nullableId),
  changedAt: z.optional(instant),
  replayed: z.boolean(),
})
export type WireOrgOutcome = z.infer<typeof orgOutcomeSchema>

export const orgEditsResponseSchema = z.strictObject({ outcomes: z.array(orgOutcomeSchema) })

export const orgHistoryQuerySchema = z.strictObject({
  limit: z.optional(z.coerce.number().int().min(1).max(1000)),
})

/** What was done to the organisation, the newest first. */
export const orgHistoryResponseSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      editId: id,
      at: instant,
      /** null: a token that is nobody's. */
      employeeId: nullableId,
      entity: orgEntity,
      id,
      kind: editKind,
      from: orgFieldsSchema,
      to: orgFieldsSchema,
      takesBack: z.nullable(id),
    }),
  ),
  isMore: z.boolean(),
})
export type WireOrgHistory = z.infer<typeof orgHistoryResponseSchema>

/** Every error of the hub: `code` for programs, `message` in the caller's language, `field` where one is to blame. */
export const errorSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  field: z.optional(z.string()),
  retryAfterMs: z.optional(z.number()),
})

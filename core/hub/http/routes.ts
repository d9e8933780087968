import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bareId } from '../bare-id.ts'
import { parseCursor } from '../changes/cursor.ts'
import { changesPage } from '../changes/page.ts'
import { wireCase } from '../changes/wire.ts'
import { createDecider } from '../decide/apply-decisions.ts'
import type { Caller } from '../decide/caller.ts'
import { type CaseChange, changeCase } from '../decide/change-case.ts'
import { createCase } from '../decide/create-case.ts'
import { editOrg, refuseButAdmin } from '../decide/edit-org.ts'
import {
  type HealthResponse,
  type MeResponse,
  type NewCase,
  protocolVersion,
  type WireDecision,
  type WireOrgEdit,
} from '../protocol.ts'
import { visibility } from '../rights/may.ts'
import { viewerAt } from '../rights/viewer.ts'
import type { HubStore } from '../store/hub-store.ts'
import { orgHistory } from '../store/org-history.ts'
import type { CaseRow } from '../store/tables.ts'
import { HubError } from './hub-error.ts'
import type { Notices } from './notices.ts'
import { type RouteDoc, routeDocs } from './route-doc.ts'

/** How a route is told to Fastify: its schemas and what its token must be allowed. */
export function declared({ scope, body, query, params }: RouteDoc) {
  const schema = {
    ...(body ? { body } : {}),
    ...(query ? { querystring: query } : {}),
    ...(params ? { params } : {}),
  }
  return { schema, config: { scope } }
}

interface Surroundings {
  readonly notices: Notices
  /** Where a browser begins to sign somebody in; null: nowhere. */
  readonly signInAt: () => string | null
}

/** What consoles and machines ask. */
export function addRoutes(
  app: FastifyInstance,
  store: HubStore,
  { notices, signInAt }: Surroundings,
): void {
  const decide = createDecider(store)
  app.post<{ Body: { decisions: WireDecision[] } }>(
    routeDocs.decisions.url,
    declared(routeDocs.decisions),
    async request => ({
      outcomes: await decide(callerOf(request), request.body.decisions),
    }),
  )
  app.get<{ Querystring: { cursor?: string; limit?: number } }>(
    routeDocs.changes.url,
    declared(routeDocs.changes),
    async request => {
      const { cursor, limit = 1000 } = request.query
      const parsed = cursor === undefined ? null : parseCursor(cursor)
      if (cursor !== undefined && parsed === null)
        throw new HubError('badCursor', { field: 'cursor' })
      const world = await store.world()
      const viewer = viewerAt(world, callerOf(request), store.now())
      return changesPage(store, world, viewer, { cursor: parsed, limit })
    },
  )
  app.get(routeDocs.events.url, declared(routeDocs.events), async (request, reply) => {
    notices.open(reply, callerOf(request))
  })
  app.post<{ Body: NewCase }>(
    routeDocs.createCase.url,
    declared(routeDocs.createCase),
    async (request, reply) => {
      const caller = callerOf(request)
      const { row, replayed } = await createCase(store, caller, request.body)
      reply.code(replayed ? 200 : 201)
      return { ...(await answerOf(store, caller, row)), replayed }
    },
  )
  app.patch<{ Body: CaseChange; Params: { id: string } }>(
    routeDocs.changeCase.url,
    declared(routeDocs.changeCase),
    async request => {
      const caller = callerOf(request)
      const row = await changeCase(store, caller, request.params.id, request.body)
      return { ...(await answerOf(store, caller, row)), replayed: false }
    },
  )
  addOrgRoutes(app, store)
  app.get(routeDocs.me.url, declared(routeDocs.me), async request => meOf(store, callerOf(request)))
  app.get(routeDocs.health.url, declared(routeDocs.health), async () => health(store, signInAt()))
}

async function health(store: HubStore, signIn: string | null): Promise<HealthResponse> {
  await store.version()
  return { status: 'ok', protocol: protocolVersion, now: store.now(), signIn }
}

/** What an admin asks about the organisation itself. */
function addOrgRoutes(app: FastifyInstance, store: HubStore): void {
  app.post<{ Body: { edits: WireOrgEdit[] } }>(
    routeDocs.orgEdits.url,
    declared(routeDocs.orgEdits),
    async request => ({
      outcomes: await editOrg(store, callerOf(request), request.body.edits),
    }),
  )
  app.get<{ Querystring: { limit?: number } }>(
    routeDocs.orgHistory.url,
    declared(routeDocs.orgHistory),
    async request => {
      await refuseButAdmin(store, callerOf(request))
      const { limit = 200 } = request.query
      const entries = await orgHistory(store.db, limit + 1)
      return { entries: entries.slice(0, limit), isMore: entries.length > limit }
    },
  )
}

function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new HubError('unauthorised')
  return request.caller
}

/** The case as the caller may see it now, after what they did to it. */
async function answerOf(store: HubStore, caller: Caller, row: CaseRow) {
  const viewer = viewerAt(await store.world(), caller, store.now())
  const seen = visibility(viewer, row, store.now())
  const current = seen === 'none' ? {} : { current: wireCase(row, seen === 'masked') }
  return { id: row.caseId, number: row.number, ...current }
}

async function meOf(store: HubStore, caller: Caller): Promise<MeResponse> {
  const world = await store.world()
  const now = store.now()
  const viewer = viewerAt(world, caller, now)
  const employee = world.index.employeeById.get(caller.employeeId ?? bareId('employee', ''))
  return {
    employeeId: caller.employeeId ?? `token:${caller.tokenId}`,
    name: employee?.name ?? '',
    role: viewer.role,
    departmentIds: [...viewer.roots],
    company: world.company,
    zone: world.zone,
    epoch: world.epoch,
    protocol: protocolVersion,
    now,
  }
}

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bareId } from '../bare-id.ts'
import type { Company, SignInOptions } from '../company.ts'
import type { Limits } from '../http/flood.ts'
import {
  changesResponseSchema,
  type ChangesResponse,
  decisionsResponseSchema,
  type WireDecision,
  type WireOutcome,
  type WireRecord,
} from '../protocol.ts'
import type { Scope } from '../rights/may.ts'
import { writeCompany } from '../seed.ts'
import { type Hub, startHub } from '../server.ts'
import type { TokenRole } from '../store/tables.ts'
import { createToken, usualScopes } from '../store/tokens.ts'
import { noon, smallCompany } from './small-company.ts'
import { testPlace } from './test-place.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

/** One console: a person (or machine) with a token, over real HTTP. */
export interface Console {
  readonly token: string
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  decide(...decisions: readonly WireDecision[]): Promise<readonly WireOutcome[]>
  changes(cursor?: string | null, limit?: number): Promise<ChangesResponse>
  /** Everything from the cursor on, page by page. */
  pull(cursor?: string | null, limit?: number): Promise<Pulled>
}
export interface Pulled {
  readonly records: readonly WireRecord[]
  readonly tombstones: ChangesResponse['tombstones']
  readonly cursor: string
}

export interface HubWorld {
  readonly hub: Hub
  readonly folder: string
  /** Where its database is: a file, or a database of its own in the PostgreSQL of the tests. */
  readonly place: string
  readonly clock: { now: number }
  /** Runs SQL past the program. */
  meddle(sql: string): Promise<void>
  as(employee: string | null, role?: TokenRole, scopes?: readonly Scope[]): Promise<Console>
  close(): Promise<void>
}

/** A real hub on a real database at a port of its own; the clock stands until it is moved. */
export async function hubWorld(
  company: Company = smallCompany(),
  more: {
    readonly limits?: Limits
    readonly log?: (line: string) => void
    readonly signIn?: SignInOptions
  } = {},
): Promise<HubWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-'))
  const place = await testPlace(folder)
  await writeCompany(place.address, company)
  const clock = { now: noon }
  const limits = more.limits ?? { perAddress: 1e9, failuresPerToken: 1e9, perToken: 1e9 }
  const { log, signIn } = more
  const hub = await startHub({
    databasePath: place.address,
    host: '127.0.0.1',
    port: 0,
    now: () => clock.now,
    language: 'en',
    limits,
    ...(log ? { log } : {}),
    ...(signIn ? { signIn } : {}),
  })
  return {
    hub,
    folder,
    place: place.address,
    clock,
    meddle: place.meddle,
    as: async (employee, role = 'person', scopes = usualScopes[role]) => {
      const employeeId = employee === null ? null : bareId('employee', employee)
      const { token } = await createToken(hub.store, {
        employeeId,
        role,
        scopes,
        label: '',
        expiresAt: null,
      })
      return consoleOf(hub.url, token)
    },
    close: async () => {
      await hub.close()
      await place.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function consoleOf(url: string, token: string): Console {
  const ask: Console['ask'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'error',
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    }
  }
  const changes: Console['changes'] = async (cursor = null, limit = 1000) => {
    const query = new URLSearchParams({
      limit: String(limit),
      ...(cursor === null ? {} : { cursor }),
    })
    const answer = await ask('GET', `/v1/changes?${query.toString()}`)
    if (answer.status !== 200) throw new Error(`changes: ${answer.status} ${answer.text}`)
    return changesResponseSchema.parse(answer.body)
  }
  return {
    token,
    ask,
    changes,
    decide: async (...decisions) => {
      const answer = await ask('POST', '/v1/decisions', { decisions })
      if (answer.status !== 200) throw new Error(`decisions: ${answer.status} ${answer.text}`)
      return decisionsResponseSchema.parse(answer.body).outcomes
    },
    pull: async (cursor = null, limit = 1000) => {
      const records: WireRecord[] = []
      const tombstones: Pulled['tombstones'] = []
      for (let at = cursor; ;) {
        const page = await changes(at, limit)
        if (page.mustRestart) throw new Error('must restart')
        records.push(...page.records)
        tombstones.push(...page.tombstones)
        at = page.nextCursor
        if (page.isUpToDate) return { records, tombstones, cursor: at }
      }
    },
  }
}

type Wish = Pick<WireDecision, 'want' | 'base'> & Partial<WireDecision>

/** A decision by `employee` about a case; what is not given is what a console would send. */
export const decision = (employee: string, caseId: string, wish: Wish): WireDecision => ({
  v: 1,
  decisionId: randomUUID(),
  actId: randomUUID(),
  kind: 'set',
  verb: 'assign',
  caseId,
  issuedBy: { employeeId: employee },
  issuedAt: noon,
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [],
  ...wish,
})

export const assign = (
  by: string,
  caseId: string,
  to: string | null,
  from: string | null = null,
): WireDecision => decision(by, caseId, { want: { responsible: to }, base: { responsible: from } })

export const casesOf = (pulled: Pick<Pulled, 'records'>) =>
  pulled.records.filter(record => record.entity === 'case')

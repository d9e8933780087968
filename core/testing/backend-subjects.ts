/** Backends for the one suite: the hub over HTTP, and the model that other tests lean on. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend, Outcome } from '../backends/backend.ts'
import { openHub } from '../backends/hub/backend.ts'
import type { HubBackend } from '../backends/hub/backend.ts'
import type { Decision } from '../domain/decision.ts'
import { idOf } from '../domain/id.ts'
import type { CaseId, DecisionId, DepartmentId, EmployeeId, WorkspaceId } from '../domain/id.ts'
import { changeCase } from '../hub/decide/change-case.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'
import { aCase, aDepartment, anEmployee, anOrg, aPost } from './invented.ts'
import { createModelBackend } from './model-backend.ts'
import { createVirtualTime } from './virtual-time.ts'

const space = 'hub-22222222' as WorkspaceId
const person = (name: string) => idOf(space, 'employee', name)
const room = (name: string) => idOf(space, 'department', name)
const numbered = (name: string) => idOf(space, 'case', name)

/** A department `sales` of `head`, `anna` and `oleg` with open cases 1, 2 and 3, and `office` above. */
export interface Subject {
  readonly backend: Backend
  /** Somebody else does it. */
  giveElsewhere(name: string, to: string): Promise<void>
  close(name: string): Promise<void>
  end(): Promise<void>
  /** Ids by the names of the suite. */
  person(name: string): EmployeeId
  room(name: string): DepartmentId
  numbered(name: string): CaseId
  /** What it tells of the head and of the first case: text, phones, addresses. */
  readonly told: {
    readonly name: string
    readonly now: () => number
    readonly texts: readonly [string, readonly string[], readonly string[]]
  }
  /** Lets this much of the backend's time pass. */
  pause(milliseconds: number): Promise<void>
}

const long = { text: 'Текст', phones: ['+7 900 000-00-00'], emails: ['a@example.ru'] }

const ownWords = {
  person,
  room,
  numbered,
  told: {
    name: 'head',
    now: Date.now,
    texts: [long.text, long.phones, long.emails],
  },
  pause: () => Promise.resolve(),
} as const

const company = (id: (entity: 'employee' | 'department', name: string) => string) => {
  const employee = (name: string) => id('employee', name)
  const department = (name: string) => id('department', name)
  return anOrg({
    departments: [
      aDepartment(department('office')),
      aDepartment(department('sales'), department('office')),
    ],
    posts: [
      aPost(department('office'), employee('boss'), true),
      aPost(department('sales'), employee('head'), true),
      aPost(department('sales'), employee('anna')),
      aPost(department('sales'), employee('oleg')),
    ],
    employees: [
      ...['boss', 'head', 'anna', 'oleg'].map(name => anEmployee(employee(name), { name })),
      anEmployee(employee('gone'), { isDismissed: true }),
    ],
  })
}

export async function hubSubject(): Promise<Subject & { withToken(token: string): HubBackend }> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-backend-'))
  const databasePath = join(folder, 'hub.db')
  const bare = (_entity: string, name: string) => name
  const { posts, ...org } = company(bare)
  await writeCompany(databasePath, {
    company: 'Компания',
    zone: 'Europe/Moscow',
    ownerId: null,
    ...org,
    posts,
    kinds: [],
    clients: [],
    history: [],
    cases: ['1', '2', '3'].map(name => {
      const { isMasked: _masked, version: _version, ...rest } = aCase(name)
      return { ...rest, ...long, departmentId: localDepartment('sales') }
    }),
  })
  const started = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
  const tokenOf = (name: string) => createToken(started.store, personal(name))
  const { token } = await tokenOf('head')
  const boss = {
    tokenId: (await tokenOf('boss')).tokenId,
    employeeId: 'boss' as EmployeeId,
    tokenRole: 'person',
    scopes: new Set(usualScopes.person),
  } as const
  const withToken = (secret: string) =>
    openHub({ url: started.url, token: secret, workspaceId: space })
  const backend = withToken(token)
  return {
    ...ownWords,
    backend,
    withToken,
    async giveElsewhere(name, to) {
      await changeCase(started.store, boss, name, { responsibleId: to })
    },
    async close(name) {
      await changeCase(started.store, boss, name, { status: 'closed' })
    },
    async end() {
      backend.close()
      await started.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const personal = (name: string) =>
  ({
    employeeId: name as EmployeeId,
    role: 'person',
    scopes: usualScopes.person,
    label: name,
    expiresAt: null,
  }) as const

const localDepartment = (name: string) => aDepartment(name).departmentId

export async function modelSubject(): Promise<Subject> {
  const time = createVirtualTime(Date.now())
  const whole = (name: string) => ({
    ...aCase(numbered(name), { number: name, departmentId: room('sales') }),
    ...long,
  })
  const backend = createModelBackend({
    time: {
      ...time,
      sleep: (ms, signal) => (ms > 1_000 ? time.sleep(ms, signal) : Promise.resolve()),
    },
    org: company((entity, name) => idOf(space, entity, name)),
    me: {
      employeeId: person('head'),
      name: 'head',
      role: 'head',
      departmentIds: [room('sales')],
      company: 'Компания',
      zone: 'Europe/Moscow',
    },
    cases: ['1', '2', '3'].map(whole),
  })
  backend.world.dismiss(person('gone'))
  const change = (name: string, over: object) => {
    const before = backend.world.caseOf(numbered(name))
    assert.ok(before)
    backend.world.change({ ...before, ...over, version: before.version + 1 })
    return Promise.resolve()
  }
  return {
    ...ownWords,
    backend,
    giveElsewhere: (name, to) => change(name, { responsibleId: person(to) }),
    close: name => change(name, { status: 'closed', closedAt: Date.now() }),
    end: () => Promise.resolve(),
  }
}

interface Waiting {
  readonly decision: Decision
  isDoubtful: boolean
  witness: string | null
  outcome: Outcome | null
}

/** Sends until every decision is settled, as the outbox does, and answers in the same order. */
export async function carried(
  backend: Backend,
  decisions: readonly Decision[],
  pause: (milliseconds: number) => Promise<void> = () => Promise.resolve(),
): Promise<readonly Outcome[]> {
  const all = decisions.map((decision): Waiting => ({
    decision,
    isDoubtful: false,
    witness: null,
    outcome: null,
  }))
  for (;;) {
    const waiting = all.filter(one => one.outcome === null)
    if (waiting.length === 0) return all.flatMap(one => one.outcome ?? [])
    await pause(await round(backend, waiting))
  }
}

/** Returns how long nothing need be asked again. */
async function round(backend: Backend, waiting: readonly Waiting[]): Promise<number> {
  const byId = new Map(waiting.map(one => [one.decision.decisionId, one]))
  const keep = (witnesses: ReadonlyMap<DecisionId, string>) => {
    for (const [id, witness] of witnesses) Object.assign(byId.get(id) ?? {}, { witness })
  }
  let pauseMs = 0
  for (const answer of await backend.push(waiting, keep, new AbortController().signal)) {
    const one = byId.get(answer.decisionId)
    assert.ok(one)
    if ('current' in answer) one.outcome = answer
    else {
      if (answer.outcome === 'unknown') one.isDoubtful = true
      if (answer.outcome === 'notDone') Object.assign(one, { isDoubtful: false, witness: null })
      pauseMs = Math.max(pauseMs, answer.againAfterMs)
    }
  }
  return pauseMs
}

/** A real store, a model backend and the loops between them, in virtual time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import type { SyncStatus } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { Decision, Fields, Verb } from '../domain/decision.ts'
import { idOf } from '../domain/id.ts'
import type { ActId, DecisionId, WorkspaceId } from '../domain/id.ts'
import { recordAct } from '../store/acts.ts'
import { baseCase, openCases, readCase } from '../store/cases.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { outboxItems } from '../store/outbox.ts'
import { resolve } from '../store/resolve.ts'
import { createSync } from '../sync/loop.ts'
import type { Sync } from '../sync/loop.ts'
import { aCase, aDepartment, anEmployee, anOrg, aPost, mondayNoon } from './invented.ts'
import { createModelBackend } from './model-backend.ts'
import type { ModelBackend, WholeCase } from './model-backend.ts'
import { createVirtualTime } from './virtual-time.ts'
import type { VirtualTime } from './virtual-time.ts'

const space = 'hub-00000000' as WorkspaceId
export const person = (name: string) => idOf(space, 'employee', name)
export const theCaseId = (name: string) => idOf(space, 'case', name)
const department = idOf(space, 'department', 'd')

export const aWholeCase = (name: string, over: Partial<WholeCase> = {}): WholeCase => ({
  ...aCase(theCaseId(name), { number: name, departmentId: department }),
  text: '',
  phones: [],
  emails: [],
  ...over,
})

export interface SyncWorld {
  readonly time: VirtualTime
  readonly backend: ModelBackend
  readonly statuses: SyncStatus[]
  readonly reported: unknown[]
  readonly store: Store
  readonly sync: Sync
  /** Every decision recorded, in order. */
  readonly decided: readonly DecisionId[]
  /** The case as the head sees it. */
  seen(name: string): Case | null
  /** In every conflict the head leaves theirs. */
  yieldToAll(): void
  /** Records one decision as a verb would; returns its id. */
  decide(name: string, want: Fields, verb?: Verb): DecisionId
  /** Closes the store and opens it again, as after the death of the process. */
  restart(): Promise<void>
  /** What the other side has and what the head sees differ in nothing. */
  differences(): readonly string[]
  close(): Promise<void>
}

export interface SyncWorldOptions {
  readonly cases?: readonly WholeCase[]
  readonly random?: () => number
  readonly onStatus?: (status: SyncStatus) => void
}

export function createSyncWorld(options: SyncWorldOptions = {}): SyncWorld {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-sync-'))
  const time = createVirtualTime(mondayNoon)
  const statuses: SyncStatus[] = []
  const reported: unknown[] = []
  const cases = options.cases ?? ['1', '2', '3'].map(name => aWholeCase(name))
  const backend = createModelBackend({ time, org: org(), me, cases })
  const begin = () => beginOver({ folder, time, backend, statuses, reported, ...options })
  let { store, sync } = begin()
  const decided: DecisionId[] = []
  const end = async () => {
    await sync.stop()
    store.close()
  }
  return {
    time,
    backend,
    statuses,
    reported,
    get store() {
      return store
    },
    get sync() {
      return sync
    },
    decided,
    seen: name => readCase(store, theCaseId(name)),
    yieldToAll: () => yieldToAll(store, time.now()),
    decide(name, want, verb = 'assign') {
      const decisionId = decide(store, { name, want, verb, now: time.now() })
      decided.push(decisionId)
      return decisionId
    },
    async restart() {
      await end()
      ;({ store, sync } = begin())
    },
    differences: () => differences(store, backend),
    async close() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function beginOver(over: {
  readonly folder: string
  readonly time: VirtualTime
  readonly backend: ModelBackend
  readonly statuses: SyncStatus[]
  readonly reported: unknown[]
  readonly random?: () => number
  readonly onStatus?: (status: SyncStatus) => void
}) {
  const { folder, time, backend, statuses, reported, random = () => 0.5 } = over
  const onStatus = over.onStatus ?? (status => statuses.push(status))
  const store = openStore({ folder, workspaceId: space, key: null, now: time.now })
  const sync = createSync({
    store,
    backend,
    random,
    now: time.now,
    sleep: time.sleep,
    onStatus,
    report: error => reported.push(error),
  })
  return { store, sync }
}

const me = {
  employeeId: person('head'),
  name: 'Начальник',
  role: 'head',
  departmentIds: [department],
  company: 'Компания',
  zone: 'Europe/Moscow',
} as const

const org = () =>
  anOrg({
    departments: [aDepartment(department)],
    posts: [aPost(department, person('head'), true), aPost(department, person('anna'))],
    employees: ['head', 'anna', 'oleg'].map(name => anEmployee(person(name), { name })),
  })

function decide(
  store: Store,
  { name, want, verb, now }: { name: string; want: Fields; verb: Verb; now: number },
): DecisionId {
  const theCase = readCase(store, theCaseId(name))
  if (!theCase) throw new Error(`no case ${name}`)
  const decision: Decision = {
    v: 1,
    decisionId: v7() as DecisionId,
    actId: v7() as ActId,
    kind: 'set',
    verb,
    caseId: theCase.caseId,
    want,
    base: {
      ...(want.responsible === undefined ? {} : { responsible: theCase.responsibleId }),
      ...(want.department === undefined ? {} : { department: theCase.departmentId }),
      ...(want.deferredUntil === undefined ? {} : { deferredUntil: theCase.deferredUntil }),
      ...(want.status === undefined ? {} : { status: theCase.status }),
      ...(want.statusName === undefined ? {} : { statusName: theCase.statusName }),
    },
    issuedBy: { employeeId: person('head') },
    issuedAt: now,
    undoes: null,
    supersedes: null,
    isOverridden: false,
    reasons: [],
  }
  recordAct(store, { actId: decision.actId, verb, target: null, decisions: [decision] })
  return decision.decisionId
}

function yieldToAll(store: Store, now: number): void {
  for (const { decision, state } of outboxItems(store, 1_000))
    if (state === 'conflict')
      resolve(store, {
        decisionId: decision.decisionId,
        actId: v7() as ActId,
        newDecisionId: v7() as DecisionId,
        choice: { kind: 'keepTheirs' },
        issuedBy: decision.issuedBy,
        issuedAt: now,
        target: null,
      })
}

const compared = ['responsibleId', 'departmentId', 'deferredUntil', 'status', 'statusName'] as const

function differences(store: Store, backend: ModelBackend): readonly string[] {
  const seen = new Map(openCases(store).map(theCase => [theCase.caseId, theCase]))
  return [...backend.world.all()].flatMap(theirs => {
    const ours = seen.get(theirs.caseId)
    seen.delete(theirs.caseId)
    if (theirs.status === 'closed') return ours ? [`${theirs.caseId}: still open here`] : []
    if (!ours) return [`${theirs.caseId}: disappeared`]
    const differing = compared.filter(field => ours[field] !== theirs[field])
    if (baseCase(store, theirs.caseId)?.version !== theirs.version)
      return [...differing, 'version'].map(field => `${theirs.caseId}: ${field}`)
    return differing.map(field => `${theirs.caseId}: ${field}`)
  })
}

/** A backend in memory with the hub's promises, behind a network that breaks as it is told. */
import type { Backend, Me, Outcome, Page } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import { untilChange } from '../domain/case.ts'
import type { Case, CaseText } from '../domain/case.ts'
import type { Decision, Fields } from '../domain/decision.ts'
import type { CaseId, DecisionId, EmployeeId } from '../domain/id.ts'
import type { Org } from '../domain/org.ts'
import type { VirtualTime } from './virtual-time.ts'

export type Fault =
  | 'none'
  /** Nothing leaves. */
  | 'offline'
  /** It leaves and never arrives. */
  | 'lostRequest'
  /** It is carried out; the answer never comes. */
  | 'lostAnswer'
  /** The network delivers it twice. */
  | 'repeated'
  /** It is carried out after the asker has given up. */
  | 'delayed'
  | 'slow'
  | 'busy'
  | 'unauthorised'
  /** A portal's page with 200. */
  | 'senseless'

export type WholeCase = Case & Omit<CaseText, 'caseId'>

/** One effect on a case: what an exactly-once check counts. */
export interface Effect {
  readonly decisionId: DecisionId
  readonly caseId: CaseId
}

export interface ModelBackend extends Backend {
  readonly effects: readonly Effect[]
  /** What was answered, or would have been, by decision. */
  readonly outcomes: ReadonlyMap<DecisionId, { readonly outcome: Outcome }>
  /** Requests that reached or should have reached the other side. */
  readonly asked: { me: number; pull: number; push: number }
  /** Decisions of each push that arrived, in order. */
  readonly arrived: (readonly DecisionId[])[]
  epoch: string
  /** Pulls answer «begin again» this many times. */
  restarts: number
  pageSize: number
  /** The backend's clock minus ours. */
  clockOffsetMs: number
  /** What the network does to the next requests; `none` when it has run out. */
  faults: (question: 'me' | 'pull' | 'push') => Fault
  /** Decisions the other side refuses to read, with all that came along. */
  readonly poison: Set<DecisionId>
  caseOf(caseId: CaseId): WholeCase | undefined
  all(): Iterable<WholeCase>
  /** Somebody else changes, adds or removes cases; listeners hear it. */
  change(theCase: WholeCase): void
  remove(caseId: CaseId): void
  dismiss(employeeId: EmployeeId): void
  /** Cases in known outcomes are told as they are now. */
  refreshOutcomes(): void
  employ(employeeId: EmployeeId): void
}

const patienceMs = 30_000
const zombieMs = 45_000
const latencyMs = 20

interface World {
  readonly cases: Map<CaseId, WholeCase>
  /** Case ids in the order of their last change. */
  readonly log: CaseId[]
  readonly outcomes: Map<DecisionId, { readonly content: string; readonly outcome: Outcome }>
  readonly effects: Effect[]
  readonly dismissed: Set<EmployeeId>
  readonly listeners: Set<() => void>
}

export function createModelBackend(options: {
  readonly time: VirtualTime
  readonly org: Org
  readonly me: Omit<Me, 'epoch' | 'now'>
  readonly cases: readonly WholeCase[]
}): ModelBackend {
  const { time, org } = options
  const world: World = {
    cases: new Map(options.cases.map(one => [one.caseId, one])),
    log: options.cases.map(one => one.caseId),
    outcomes: new Map(),
    effects: [],
    dismissed: new Set(),
    listeners: new Set(),
  }
  const send = <T>(name: 'me' | 'pull' | 'push', run: () => T, signal: AbortSignal): Promise<T> => {
    model.asked[name] += 1
    return overTheNetwork(
      { time, signal, fault: model.faults(name), isWrite: name === 'push' },
      run,
    )
  }
  const theirNow = () => time.now() + model.clockOffsetMs
  const touched = (caseId: CaseId) => {
    world.log.push(caseId)
    for (const listener of world.listeners) listener()
  }
  const model: ModelBackend = {
    abilities: {
      hasDelta: true,
      hasNotices: true,
      hasHistory: true,
      canDefer: true,
      canPass: true,
      isIdempotent: true,
    },
    fields: ['responsible', 'department', 'deferredUntil'],
    effects: world.effects,
    outcomes: world.outcomes,
    asked: { me: 0, pull: 0, push: 0 },
    arrived: [],
    epoch: 'first',
    restarts: 0,
    pageSize: 50,
    clockOffsetMs: 0,
    faults: () => 'none',
    poison: new Set(),
    caseOf: caseId => world.cases.get(caseId),
    all: () => world.cases.values(),
    change(theCase) {
      world.cases.set(theCase.caseId, theCase)
      touched(theCase.caseId)
    },
    remove(caseId) {
      world.cases.delete(caseId)
      touched(caseId)
    },
    refreshOutcomes() {
      for (const [id, { content, outcome }] of world.outcomes) {
        const caseId = outcome.current?.caseId
        const current = (caseId && world.cases.get(caseId)) ?? null
        world.outcomes.set(id, { content, outcome: { ...outcome, current } })
      }
    },
    dismiss: employeeId => void world.dismissed.add(employeeId),
    employ: employeeId => void world.dismissed.delete(employeeId),
    me: signal =>
      send('me', () => ({ ...options.me, epoch: model.epoch, now: theirNow() }), signal),
    pull: (cursor, _limit, signal) =>
      send('pull', () => pageAfter(cursor, { world, model, org, now: theirNow() }), signal),
    push: (decisions, signal) =>
      send('push', () => decide(decisions, world, model, time.now()), signal),
    async listen(onNotice, signal) {
      world.listeners.add(onNotice)
      onNotice()
      await time.sleep(Number.MAX_SAFE_INTEGER, signal)
      world.listeners.delete(onNotice)
    },
  }
  return model
}

async function overTheNetwork<T>(
  way: { time: VirtualTime; signal: AbortSignal; fault: Fault; isWrite: boolean },
  run: () => T,
): Promise<T> {
  const { time, signal, fault, isWrite } = way
  const fail = (kind: BackendError['kind'], more = {}) => new BackendError(kind, fault, more)
  const never = new AbortController().signal
  if (signal.aborted || fault === 'offline') throw fail('offline')
  await time.sleep(latencyMs, signal)
  if (signal.aborted) throw fail('ambiguous')
  switch (fault) {
    case 'none':
      return run()
    case 'repeated':
      run()
      return run()
    case 'slow':
      await time.sleep(8_000, signal)
      if (!signal.aborted) return run()
      run()
      throw fail('ambiguous')
    case 'busy':
      throw fail('busy', { retryAfterMs: 2_000 })
    case 'unauthorised':
      throw fail('unauthorised')
    case 'senseless':
      throw fail(isWrite ? 'ambiguous' : 'broken', { code: 'senselessAnswer' })
    case 'lostAnswer':
      run()
      break
    case 'delayed':
      void time
        .sleep(zombieMs, never)
        .then(run)
        .catch(() => {})
      break
    case 'lostRequest':
  }
  await time.sleep(patienceMs, signal)
  throw fail('ambiguous')
}

function decide(
  decisions: readonly Decision[],
  world: World,
  model: ModelBackend,
  now: number,
): readonly Outcome[] {
  model.arrived.push(decisions.map(one => one.decisionId))
  if (decisions.some(one => model.poison.has(one.decisionId)))
    throw new BackendError('refused', 'poison', { code: 'otherContent' })
  const isOther = (decision: Decision) =>
    (world.outcomes.get(decision.decisionId)?.content ?? JSON.stringify(decision)) !==
    JSON.stringify(decision)
  if (decisions.some(isOther))
    throw new BackendError('refused', 'other content', { code: 'otherContent' })
  return decisions.map(decision => {
    const known = world.outcomes.get(decision.decisionId)?.outcome
    const outcome = known ?? outcomeOf(decision, world, now)
    world.outcomes.set(decision.decisionId, { content: JSON.stringify(decision), outcome })
    return outcome
  })
}

function outcomeOf(decision: Decision, world: World, now: number): Outcome {
  const { decisionId, caseId, want, base } = decision
  const theCase = world.cases.get(caseId)
  const say = (outcome: Outcome['outcome'], code: Outcome['code'] = null): Outcome => ({
    decisionId,
    outcome,
    code,
    current: world.cases.get(caseId) ?? null,
    changedBy: null,
    changedAt: null,
  })
  if (!theCase) return say('rejected', 'deleted')
  if (has(theCase, want)) return say('alreadySo')
  if (theCase.status === 'closed') return say('rejected', 'closed')
  if (want.responsible && world.dismissed.has(want.responsible))
    return say('conflict', 'employeeDismissed')
  if (!has(theCase, base)) return say('conflict', 'changed')
  const woken = theCase.deferredUntil === untilChange ? null : theCase.deferredUntil
  world.cases.set(caseId, {
    ...theCase,
    ...(want.responsible === undefined ? {} : { responsibleId: want.responsible }),
    ...(want.department === undefined ? {} : { departmentId: want.department }),
    deferredUntil: want.deferredUntil === undefined ? woken : want.deferredUntil,
    version: theCase.version + 1,
    updatedAt: now,
  })
  world.effects.push({ decisionId, caseId })
  world.log.push(caseId)
  for (const listener of world.listeners) listener()
  return say('applied')
}

const has = (theCase: Case, { responsible, department, deferredUntil }: Fields): boolean =>
  (responsible === undefined || theCase.responsibleId === responsible) &&
  (department === undefined || theCase.departmentId === department) &&
  (deferredUntil === undefined || theCase.deferredUntil === deferredUntil)

function pageAfter(
  cursor: string | null,
  { world, model, org, now }: { world: World; model: ModelBackend; org: Org; now: number },
): Page {
  const mustRestart = cursor !== null && model.restarts > 0
  if (mustRestart) model.restarts -= 1
  const from = cursor === null ? 0 : Number(cursor)
  const until = mustRestart ? from : Math.min(world.log.length, from + model.pageSize)
  const ids = [...new Set(world.log.slice(from, until))]
  const isFirst = cursor === null
  return {
    cases: ids.flatMap(id => world.cases.get(id) ?? []),
    departments: isFirst ? org.departments : [],
    posts: isFirst ? org.posts : [],
    employees: isFirst ? org.employees : [],
    absences: isFirst ? org.absences : [],
    substitutions: isFirst ? org.substitutions : [],
    kinds: [],
    clients: [],
    history: [],
    gone: ids.flatMap(id =>
      world.cases.has(id) ? [] : [{ entity: 'case' as const, id, reason: 'deleted' }],
    ),
    nextCursor: String(until),
    isUpToDate: !mustRestart && until === world.log.length,
    remaining: world.log.length - until,
    epoch: model.epoch,
    mustRestart,
    now,
  }
}

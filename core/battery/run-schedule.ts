/** Carries a schedule out, heals the network and says what is broken. */
import { isDeepStrictEqual } from 'node:util'
import type { ActResult } from '../contract.ts'
import { untilChange } from '../domain/case.ts'
import type { Case } from '../domain/case.ts'
import type { ActId, CaseId } from '../domain/id.ts'
import { deskHandlers } from '../service/handlers.ts'
import { undoState } from '../store/acts.ts'
import { readCase } from '../store/cases.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { differing, outboxRows, unfinished, violations } from './invariants.ts'
import type { Acknowledged, Evidence } from './invariants.ts'
import { aWholeCase, createScheduleWorld, people, person, room, rooms } from './schedule-world.ts'
import type { ScheduleWorld } from './schedule-world.ts'
import { caseCount } from './schedule.ts'
import type { Schedule, Step } from './schedule.ts'

export interface Report {
  readonly broken: readonly string[]
  readonly acts: number
  readonly decisions: number
  readonly effects: number
  readonly kills: number
}

interface Course {
  readonly world: ScheduleWorld
  readonly caseIds: readonly CaseId[]
  /** Decisions made before this schedule. */
  readonly since: number
  readonly acknowledged: Acknowledged[]
  /** Cases nobody but the head has touched. */
  readonly own: Set<CaseId>
  /** What the window was shown of them at the last answer. */
  readonly promised: Map<CaseId, unknown>
  /** Who was responsible before an act that gave cases out: what its undo must bring back. */
  readonly before: Map<ActId, ReadonlyMap<CaseId, string | null>>
  readonly dismissed: Set<number>
  readonly broken: string[]
  /** Something may still arrive after its sender gave it up. */
  readonly hasZombies: boolean
  acts: number
  kills: number
  /** Conflicts the head has looked at while healing. */
  answered: number
}

const drainMs = 400_000
/** Longer than a request can wander before it arrives. */
const zombieMs = 60_000

/** One world serves many schedules, each with cases of its own; after a fault it is not used again. */
export function createRunner(schedulesPerWorld = 40) {
  let world: ScheduleWorld | null = null
  let served = 0
  const discard = () => {
    world?.close()
    world = null
  }
  return {
    async run(schedule: Schedule): Promise<Report> {
      if (served % schedulesPerWorld === 0) discard()
      served += 1
      world ??= createScheduleWorld()
      let isSound = false
      try {
        const report = await carryOut(world, schedule, served)
        isSound = report.broken.length === 0
        return report
      } finally {
        if (!isSound) discard()
      }
    },
    close: discard,
  }
}

async function carryOut(world: ScheduleWorld, schedule: Schedule, number: number): Promise<Report> {
  const { time } = world
  const backend = world.backend.world
  const names = Array.from({ length: caseCount }, (_, n) => `${number}-${n}`)
  backend.pageSize = 50
  for (const name of names) backend.change(aWholeCase(name))
  for (
    let waited = 0;
    waited < drainMs && names.some(name => !isHere(world, name));
    waited += 2_000
  ) {
    world.sync.wake()
    await time.pass(2_000)
  }
  backend.pageSize = schedule.pageSize
  const caseIds = names.map(name => aWholeCase(name).caseId)
  const course: Course = {
    world,
    caseIds,
    since: outboxRows(world.store).at(-1)?.seq ?? 0,
    acknowledged: [],
    own: new Set(caseIds),
    promised: new Map(),
    before: new Map(),
    dismissed: new Set(),
    broken: [],
    hasZombies: schedule.steps.some(
      step => step.kind === 'network' && step.faults.includes('delayed'),
    ),
    acts: 0,
    kills: 0,
    answered: 0,
  }
  const effectsBefore = backend.effects.length
  note(course)
  for (const step of schedule.steps) {
    await take(course, step)
    // A death mends what lies over the replica, so it is looked at before, when it has come to rest.
    if (step.kind === 'wait' && step.ms >= 200) check(course, step.kind)
    else look(course, step.kind)
    if (course.broken.length > 0) break
  }
  if (course.broken.length === 0) await heal(course)
  return {
    broken: course.broken,
    acts: course.acts,
    decisions: outboxRows(world.store, course.since).length,
    effects: backend.effects.length - effectsBefore,
    kills: course.kills,
  }
}

const isHere = ({ store }: ScheduleWorld, name: string) =>
  readCase(store, aWholeCase(name).caseId) !== null

const evidenceOf = ({ world, acknowledged, since }: Course): Evidence => ({
  store: world.store,
  acknowledged,
  since,
  theirs: {
    effects: world.backend.world.effects,
    outcomes: new Map(
      [...world.backend.world.outcomes()].map(([id, { outcome }]) => [id, outcome.outcome]),
    ),
  },
})

const fieldsShown = (theCase: Case | null) =>
  theCase && [
    theCase.responsibleId,
    theCase.departmentId,
    theCase.deferredUntil,
    theCase.status,
    theCase.statusName,
  ]

/** What the window shows now is a promise about the cases that are the head's alone. */
function note({ world, own, promised }: Course): void {
  for (const caseId of own) promised.set(caseId, fieldsShown(readCase(world.store, caseId)))
}

function check(course: Course, when: string): void {
  const { world, broken } = course
  broken.push(
    ...violations(evidenceOf(course)),
    ...world.faults.map(fault => `fault: ${String(fault)}`),
  )
  look(course, when)
}

function look({ world, own, promised, broken }: Course, when: string): void {
  for (const caseId of own) {
    const seen = fieldsShown(readCase(world.store, caseId))
    if (!isDeepStrictEqual(seen, promised.get(caseId)))
      broken.push(
        `flickers: ${caseId} after ${when}: ${JSON.stringify([promised.get(caseId), seen])}`,
      )
  }
}

async function heal(course: Course): Promise<void> {
  const { world, dismissed, broken } = course
  const { time, troubles } = world
  const backend = world.backend.world
  backend.pageSize = 50
  troubles.length = 0
  backend.restarts = 0
  for (const who of dismissed) backend.employ(person(people[who] ?? ''))
  // The head answers what is asked; a token that was refused holds again, and is tried when asked.
  world.sync.wake()
  const isAtRest = () => isDrained(course) && differences(course).length === 0
  for (let waited = 0; waited < drainMs && !isAtRest(); waited += 2_000) {
    answerConflicts(course)
    if (world.sync.status().link.kind === 'unauthorised') world.sync.wake()
    await time.pass(2_000)
  }
  await time.pass(course.hasZombies ? zombieMs : 1_000)
  if (!isDrained(course)) broken.push(`not drained: ${JSON.stringify(outboxCounts(world.store))}`)
  check(course, 'healing')
  broken.push(...unfinished(evidenceOf(course)), ...differences(course), ...pushedTogether(world))
  for (const caseId of course.own)
    if (
      !isDeepStrictEqual(fieldsShown(backend.caseOf(caseId) ?? null), course.promised.get(caseId))
    )
      broken.push(`not as shown: ${caseId}`)
}

function isDrained({ world, since }: Course): boolean {
  const { waiting, conflicts } = outboxCounts(world.store)
  const isSeen = outboxRows(world.store, since).every(
    row => row.state !== 'applied' || row.isSettled,
  )
  return waiting === 0 && conflicts === 0 && isSeen
}

const differences = ({ world, caseIds }: Course): string[] =>
  differing(
    world.store,
    caseIds.flatMap(caseId => world.backend.world.caseOf(caseId) ?? []),
  )

/** Two decisions about one case never travel together. */
function pushedTogether({ backend: { world: backend } }: ScheduleWorld): string[] {
  const caseOf = new Map(backend.effects.map(effect => [effect.decisionId, effect.caseId]))
  return backend.arrived.flatMap(batch => {
    const ids = batch.flatMap(id => caseOf.get(id) ?? [])
    return new Set(ids).size < ids.length ? [`together: ${batch.join(' ')}`] : []
  })
}

/** Every third is insisted on; where that cannot be (the case is gone), a head keeps theirs. */
function answerConflicts(course: Course): void {
  const { resolveConflict } = deskHandlers(course.world.desk)
  for (const item of outboxItems(course.world.store, 100)) {
    if (item.state !== 'conflict') continue
    const { decisionId } = item.decision
    const say = (kind: 'insist' | 'keepTheirs') =>
      resolveConflict({
        decisionId,
        actId: newActId(),
        newDecisionId: newDecisionId(),
        choice: { kind },
      }) as ActResult
    course.answered += 1
    const isInsisting = course.answered % 3 === 0
    if (!isInsisting || say('insist').refused.length > 0) say('keepTheirs')
  }
}

type Taker<K extends Step['kind']> = (course: Course, step: Step & { readonly kind: K }) => unknown

const nobodys = ({ own }: Course, caseId: CaseId | undefined) => caseId && own.delete(caseId)

/** Writes down what the window was told, and what it shows then. */
function hear(course: Course, orders: readonly Acknowledged[], said: unknown): void {
  const { done, refused } = said as ActResult
  course.acts += 1
  const isDone = new Set(done)
  course.acknowledged.push(...orders.filter(order => isDone.has(order.caseId)))
  if (orders.length > 0 && done.length + refused.length !== orders.length)
    course.broken.push(`${orders.length} asked, ${done.length} done, ${refused.length} refused`)
  note(course)
}

function ordersFor(course: Course, places: readonly number[]): Acknowledged[] {
  return places.flatMap(place => {
    const caseId = course.caseIds[place]
    return caseId ? [{ decisionId: newDecisionId(), caseId }] : []
  })
}

function remembered({ world, before }: Course, orders: readonly Acknowledged[]): ActId {
  const actId = newActId()
  const responsible = ({ caseId }: Acknowledged) => readCase(world.store, caseId)?.responsibleId
  before.set(actId, new Map(orders.map(one => [one.caseId, responsible(one) ?? null])))
  return actId
}

const give: Taker<'assign'> = (course, { cases, to }) => {
  const orders = ordersFor(course, cases)
  if (course.dismissed.has(to)) for (const { caseId } of orders) course.own.delete(caseId)
  const employeeId = person(people[to] ?? '')
  const { assign } = deskHandlers(course.world.desk)
  hear(
    course,
    orders,
    assign({ actId: remembered(course, orders), orders, employeeId, isOverridden: true }),
  )
}

const simple: Taker<'return' | 'take'> = (course, { kind, place }) => {
  const orders = ordersFor(course, [place])
  const { returnToInbox, take: takeCase } = deskHandlers(course.world.desk)
  const arg = { actId: remembered(course, orders), orders }
  hear(
    course,
    orders,
    kind === 'return' ? returnToInbox(arg) : takeCase({ ...arg, isOverridden: true }),
  )
}

const defer: Taker<'defer'> = (course, { place, until }) => {
  const orders = ordersFor(course, [place])
  const tomorrow = Math.max(0, course.world.time.now()) + 86_400_000
  const moments = { tomorrow, change: untilChange, now: null }
  const { defer: deferCase } = deskHandlers(course.world.desk)
  hear(course, orders, deferCase({ actId: newActId(), orders, until: moments[until] }))
}

const progress: Taker<'progress'> = (course, { place, stageId }) => {
  const orders = ordersFor(course, [place])
  const { progress: moveCase } = deskHandlers(course.world.desk)
  hear(course, orders, moveCase({ actId: newActId(), orders, stageId }))
}

const takeBack: Taker<'undo' | 'redo'> = (course, { kind }) => {
  const { store, desk } = course.world
  const decisionIds = Array.from({ length: caseCount }, newDecisionId)
  const arg = { actId: newActId(), decisionIds }
  const top = undoState(store).undo?.actId
  const { undo, redo } = deskHandlers(desk)
  const said = kind === 'undo' ? undo(arg) : redo(arg)
  hear(course, [], said)
  const before = kind === 'undo' && top ? course.before.get(top) : undefined
  // A case somebody else has touched goes back to what they said, not to what was.
  for (const caseId of (said as ActResult).done)
    if (
      course.own.has(caseId) &&
      before?.has(caseId) &&
      readCase(store, caseId)?.responsibleId !== before.get(caseId)
    )
      course.broken.push(`said to be taken back and was not: ${caseId}`)
}

const resolve: Taker<'resolve'> = (course, { choice }) => {
  const item = outboxItems(course.world.store, 100).find(each => each.state === 'conflict')
  if (!item) return
  const { decisionId } = item.decision
  const chosen =
    choice === 'giveTo' ? { kind: choice, employeeId: person('head') } : { kind: choice }
  const { resolveConflict } = deskHandlers(course.world.desk)
  hear(
    course,
    [],
    resolveConflict({
      decisionId,
      actId: newActId(),
      newDecisionId: newDecisionId(),
      choice: chosen,
    }),
  )
}

/** Somebody else changes a case under the head's hands. */
function change(course: Course, place: number, over: Partial<Case>): void {
  const caseId = course.caseIds[place]
  const { time } = course.world
  const backend = course.world.backend.world
  const theCase = caseId && backend.caseOf(caseId)
  nobodys(course, caseId)
  if (theCase && theCase.status !== 'closed')
    backend.change({ ...theCase, ...over, version: theCase.version + 1, updatedAt: time.now() })
}

const pass: Taker<'pass'> = (course, { place, to }) => {
  const orders = ordersFor(course, [place])
  const { pass: passCase } = deskHandlers(course.world.desk)
  hear(course, orders, passCase({ actId: newActId(), orders, departmentId: room(rooms[to] ?? '') }))
}

async function kill(
  course: Course,
  { turns, touched }: Step & { readonly kind: 'kill' },
): Promise<void> {
  const { world } = course
  if (touched !== null) change(course, touched, { responsibleId: person('oleg') })
  const passing = world.time.pass(30)
  for (let turn = 0; turn < turns; turn += 1)
    await new Promise(next => {
      setImmediate(next)
    })
  world.kill()
  course.kills += 1
  check(course, 'death')
  await passing
}

const takers: { readonly [K in Step['kind']]: Taker<K> } = {
  assign: give,
  return: simple,
  take: simple,
  pass,
  defer,
  progress,
  undo: takeBack,
  redo: takeBack,
  resolve,
  kill,
  theirs: (course, { place, to }) =>
    change(course, place, { responsibleId: person(people[to] ?? '') }),
  close: (course, { place }) => change(course, place, { status: 'closed', closedAt: 1 }),
  remove(course, { place }) {
    const caseId = course.caseIds[place]
    nobodys(course, caseId)
    if (caseId) course.world.backend.world.remove(caseId)
  },
  dismiss(course, { who }) {
    course.dismissed.add(who)
    course.world.backend.world.dismiss(person(people[who] ?? ''))
    // Whatever was or will be given to somebody who is gone is not the head's alone to say.
    course.own.clear()
  },
  network: ({ world }, { faults }) => void world.troubles.push(...faults),
  wait: ({ world }, { ms }) => world.time.pass(ms),
  restart: async ({ world }) => {
    const ending = world.restart()
    await world.time.pass(1)
    await ending
  },
  hubRestart: ({ world }) => world.restartHub(),
  beginAgain: ({ world }) => void (world.backend.world.restarts = 1),
  wake: ({ world }) => world.sync.wake(),
  clock: ({ world }, { ms }) => world.time.shiftClock(ms),
}

const take = async (course: Course, step: Step): Promise<void> => {
  const taker = takers[step.kind] as Taker<Step['kind']>
  await taker(course, step)
}

/** Who decides in the simulation: the head at this console, other heads, the portal itself. */
import { caseOfItem, caseOfTask } from '../../backends/bitrix24/map-case.ts'
import { readMarker, writeMarker } from '../../backends/bitrix24/marker.ts'
import type { createVersions } from '../../backends/bitrix24/versions.ts'
import type { World } from '../../backends/bitrix24/world.ts'
import type { Decision, Fields, Verb } from '../../domain/decision.ts'
import { idOf } from '../../domain/id.ts'
import type { ActId, CaseId, DecisionId } from '../../domain/id.ts'
import { readCase } from '../../store/cases.ts'
import { cancelDecisions, decisionsOf } from '../../store/outbox.ts'
import { refreshOverlay } from '../../store/overlay.ts'
import { recordDecision } from '../../store/record-decision.ts'
import { resolve } from '../../store/resolve.ts'
import { readStream } from '../../store/stream.ts'
import { writeCase } from '../../store/write-cases.ts'
import { person, room } from '../../testing/bitrix24-world.ts'
import type { MemoryStore } from './memory-store.ts'
import { rowOf } from './methods.ts'
import { anna, head, neighbour, neighboursRoom, oleg, staff } from './office.ts'
import type { Portal, PortalCase, Version } from './portal.ts'
import type { Virtual } from './virtual.ts'

export interface Stage {
  readonly virtual: Virtual
  readonly portal: Portal
  readonly memory: MemoryStore
  readonly world: () => World
  readonly versions: ReturnType<typeof createVersions>
  readonly random: () => number
  readonly trace: (line: string) => void
  /** What of each case has been told to the replica last. */
  readonly pulled: Map<string, Version>
  /** Cases the head has also changed on the portal itself. */
  readonly byHand: Set<string>
  /** Everything decided here, in order. */
  readonly decided: Decision[]
}

const caseIdOf = ({ workspaceId }: World, local: string): CaseId => idOf(workspaceId, 'case', local)

const pick = <Item>(random: () => number, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick')
  return item
}

let idsMade = 0
/** Begins anew with each life, so that two lives of one seed are alike. */
export const forgetIds = () => {
  idsMade = 0
}
const nextId = (): string => {
  idsMade += 1
  return `00000000-0000-7000-8000-${idsMade.toString(16).padStart(12, '0')}`
}

/** The replica is told how the case is now. */
export function pull(
  { portal, memory, world, versions, pulled }: Stage,
  theCase: PortalCase,
): void {
  const version = portal.now(theCase)
  if (version.isGone || pulled.get(theCase.local) === version) return
  pulled.set(theCase.local, version)
  const row = rowOf(theCase, version)
  const mapped = theCase.kind === 'task' ? caseOfTask(world(), row) : caseOfItem(world(), 2, row)
  if (!mapped) throw new Error(`${theCase.local} cannot be read`)
  const { store } = memory
  const stamped = versions.stamp(mapped)
  store.transact(touching => {
    if (!writeCase(store, touching, stamped, readStream(store))) return
    refreshOverlay(store, touching, stamped.caseId)
  })
}

/** The head does something to a case. */
export function headActs(stage: Stage, theCase: PortalCase): void {
  const { random, memory, world } = stage
  if (random() < 0.7) pull(stage, theCase)
  const caseId = caseIdOf(world(), theCase.local)
  if (answerConflict(stage, caseId) || (random() < 0.12 && takeBack(stage, caseId))) return
  const shown = readCase(memory.store, caseId)
  if (!shown || shown.status === 'closed') return
  const [verb, want] = drawWant(random, shown.responsibleId === null)
  const isSo = want.department === undefined && want.responsible === shown.responsibleId
  if (isSo) return
  decide(stage, { verb, caseId, want, base: baseOf(shown, want), undoes: null })
}

/** The head sees the case as it is now and gives it to somebody; null: takes it back. */
export function headGives(stage: Stage, theCase: PortalCase, receiver: number | null): void {
  pull(stage, theCase)
  const caseId = caseIdOf(stage.world(), theCase.local)
  const shown = readCase(stage.memory.store, caseId)
  const responsible = receiver === null ? null : person(receiver)
  if (!shown || shown.responsibleId === responsible) return
  const want = { responsible }
  const verb = receiver === null ? 'return' : 'assign'
  decide(stage, { verb, caseId, want, base: baseOf(shown, want), undoes: null })
}

const baseOf = (
  shown: {
    readonly responsibleId: Fields['responsible']
    readonly departmentId: Fields['department']
  },
  want: Fields,
): Fields => ({
  ...(want.responsible === undefined ? {} : { responsible: shown.responsibleId ?? null }),
  ...(want.department === undefined ? {} : { department: shown.departmentId ?? null }),
})

function drawWant(random: () => number, isFree: boolean): [Verb, Fields] {
  const drawn = random()
  if (drawn < 0.15 && !isFree) return ['return', { responsible: null }]
  if (drawn < 0.25) return ['take', { responsible: person(head) }]
  if (drawn < 0.32) return ['pass', { department: room(neighboursRoom), responsible: null }]
  return ['assign', { responsible: person(pick(random, [anna, oleg])) }]
}

type Wish = Pick<Decision, 'verb' | 'caseId' | 'want' | 'base' | 'undoes'>

function decide(stage: Stage, wish: Wish): void {
  const { memory, virtual, decided, trace } = stage
  const decision: Decision = {
    v: 1,
    decisionId: nextId() as DecisionId,
    actId: nextId() as ActId,
    kind: 'set',
    ...wish,
    issuedBy: { employeeId: person(head) },
    issuedAt: virtual.now(),
    supersedes: null,
    isOverridden: false,
    reasons: [],
  }
  trace(`${virtual.now()} decide ${wish.caseId} ${JSON.stringify([wish.want, wish.base])}`)
  // What undo remembers is of no matter here.
  memory.store.transact(touching => recordDecision(memory.store, touching, decision))
  decided.push(decision)
}

/** What has not left is cancelled, anything else is followed by its opposite. */
function takeBack(stage: Stage, caseId: CaseId): boolean {
  const last = decisionsOf(stage.memory.store, caseId).at(-1)
  if (!last) return false
  const { decisionId, want, base } = last.decision
  if (last.state === 'queued') {
    stage.trace(`${stage.virtual.now()} cancel ${decisionId}`)
    cancelDecisions(stage.memory.store, [decisionId], 'undo')
    return true
  }
  if (!['sending', 'unknown', 'applied'].includes(last.state)) return false
  decide(stage, { verb: 'undo', caseId, want: base, base: want, undoes: decisionId })
  return true
}

function answerConflict(stage: Stage, caseId: CaseId): boolean {
  const { memory, random, decided } = stage
  const row = decisionsOf(memory.store, caseId).find(one => one.state === 'conflict')
  if (!row || random() < 0.3) return false
  const made = resolve(memory.store, {
    decisionId: row.decision.decisionId,
    actId: nextId() as ActId,
    newDecisionId: nextId() as DecisionId,
    choice: pick(random, [
      { kind: 'keepTheirs' },
      { kind: 'insist' },
      { kind: 'giveTo', employeeId: person(oleg) },
    ] as const),
    issuedBy: row.decision.issuedBy,
    issuedAt: stage.virtual.now(),
    target: null,
  })
  if (made) decided.push(made)
  return true
}

/** At the end the head leaves theirs in every conflict. */
export function yieldToAll({ memory, virtual, decided }: Stage): void {
  const conflicts = memory.runner.all<{ decisionId: DecisionId }>({
    sql: `SELECT decisionId FROM decisions WHERE state = 'conflict'`,
    parameters: [],
  })
  for (const { decisionId } of conflicts)
    resolve(memory.store, {
      decisionId,
      actId: nextId() as ActId,
      newDecisionId: nextId() as DecisionId,
      choice: { kind: 'keepTheirs' },
      issuedBy: decided[0]?.issuedBy ?? { employeeId: person(head) },
      issuedAt: virtual.now(),
      target: null,
    })
}

/** Somebody else, or the portal itself, does something to a case. */
export function otherActs(stage: Stage, theCase: PortalCase): void {
  const { random, portal } = stage
  const drawn = random()
  const raw = random() < 0.5 ? (theCase.versions[0]?.raw ?? head) : pick(random, staff)
  if (drawn < 0.06) portal.save(theCase, neighbour, { isClosed: true })
  else if (drawn < 0.09) portal.save(theCase, neighbour, { isGone: true })
  else if (drawn < 0.15) actByHand(stage, theCase, raw)
  else if (drawn < 0.5) portal.save(theCase, neighbour, { raw })
  else consoleActs(stage, theCase, raw)
}

/** The head passes by the console: the portal shows it like a write of the console. */
function actByHand({ portal, byHand }: Stage, theCase: PortalCase, raw: number): void {
  byHand.add(theCase.local)
  portal.save(theCase, head, { raw })
}

/** Another head with a console like ours: looks, and writes a moment later with a mark. */
function consoleActs({ random, virtual, portal, trace }: Stage, theCase: PortalCase, raw: number) {
  const looked = portal.now(theCase)
  if (looked.raw === raw) return
  const mark = nextId()
  virtual.at(
    virtual.now() + 100 + random() * 3_000,
    () => {
      const before = portal.now(theCase)
      const isMarked = theCase.kind === 'deal' && theCase.hasField
      const marker = isMarked ? writeMarker(readMarker(looked.marker), mark, null) : before.marker
      trace(`${virtual.now()} elsewhere ${theCase.local} ${raw}`)
      portal.save(theCase, neighbour, { raw, marker })
    },
    true,
  )
}

/** The invariants of sync.md 2.11 that a carrier to a portal without keys can break, as checks. */
import type { Decision, DecisionState } from '../../domain/decision.ts'
import { localIdOf } from '../../domain/id.ts'
import type { DecisionId } from '../../domain/id.ts'
import type { Scene } from './life.ts'
import type { MemoryStore } from './memory-store.ts'
import { gone, head, neighbour, neighboursRoom, oleg } from './office.ts'
import type { Effect, PortalCase, Version } from './portal.ts'

export interface Verdict {
  /** What must not be. */
  readonly violations: readonly string[]
  /** What cannot be helped, or is not promised: counted. */
  readonly noted: readonly string[]
  /** How everything ended, for the trace. */
  readonly states: string
}

interface Row {
  readonly decisionId: DecisionId
  readonly state: DecisionState
  readonly code: string | null
  readonly why: string
  readonly contentJson: string
}

interface Event {
  readonly decisionId: DecisionId
  readonly at: number
  readonly fromState: DecisionState | null
  readonly toState: DecisionState
}

/** What is noticed while it happens. */
export function createEvidence({ runner }: MemoryStore) {
  const unwitnessed: string[] = []
  const reported: string[] = []
  const sending = `SELECT state, witness FROM decisions WHERE decisionId = ?`
  return {
    unwitnessed,
    reported,
    noteWrite(ids: readonly DecisionId[]): void {
      for (const id of ids) {
        const row = runner.one<{ state: string; witness: string | null }>({
          sql: sending,
          parameters: [id],
        })
        if (row?.state !== 'sending' || row.witness === null) unwitnessed.push(id)
      }
    },
    report: (error: unknown) => void reported.push(String(error)),
  }
}

const terminal: ReadonlySet<string> = new Set(['applied', 'rejected', 'superseded', 'cancelled'])

/** From the last trouble: a request given up, its quarantine, three looks, and the longest pause. */
const longestMs = 70_000 + 65_000 + 3 * 6_000 + 300_000

interface Judged {
  readonly scene: Scene
  readonly row: Row
  readonly decision: Decision
  readonly theCase: PortalCase
  readonly effects: readonly Effect[]
  readonly events: readonly Event[]
  readonly settledAt: number
}

/** `quietAfter`: ms from the last trouble until nothing happened any more. */
export function judgeLife(scene: Scene & { readonly quietAfter: number }): Verdict {
  const { runner } = scene.stage.memory
  const rows = runner.all<Row>({ sql: 'SELECT * FROM decisions ORDER BY seq', parameters: [] })
  const events = runner.all<Event>({
    sql: 'SELECT * FROM decisionEvents ORDER BY n',
    parameters: [],
  })
  const [violations, noted]: [string[], string[]] = [[], []]
  const { decided } = scene.stage
  if (rows.length !== decided.length) violations.push('I1 a decision was lost')
  for (const error of scene.evidence.reported) violations.push(`I0 thrown: ${error}`)
  for (const id of scene.evidence.unwitnessed) violations.push(`I6 ${id} left without a witness`)
  if (scene.quietAfter > longestMs) violations.push(`I11 quiet only after ${scene.quietAfter} ms`)
  for (const row of rows) {
    const decision: Decision = JSON.parse(row.contentJson) as Decision
    const theCase = scene.portal.cases.get(localIdOf(decision.caseId))
    if (!theCase) continue
    const own = events.filter(one => one.decisionId === row.decisionId)
    const effects = scene.portal.effects.filter(one => one.decisionId === row.decisionId)
    const settledAt = own.find(({ toState }) => isEnd(toState))?.at ?? scene.virtual.now()
    judgeDecision(
      { scene, row, decision, theCase, effects, events: own, settledAt },
      { violations, noted },
    )
  }
  judgeOrder(scene, rows, violations)
  for (const { isErasing } of scene.portal.effects)
    if (isErasing) noted.push('mark of another console covered by ours')
  return {
    violations,
    noted,
    states: events.map(one => `${one.at} ${one.decisionId} ${one.toState}`).join(' '),
  }
}

const isEnd = (state: DecisionState) => terminal.has(state) || state === 'conflict'

interface Findings {
  readonly violations: string[]
  readonly noted: string[]
}

/** A deal without a field for marks, or a task the head has changed past the console too. */
function notPromised(scene: Scene, { kind, local }: PortalCase): string | null {
  if (kind === 'deal') return scene.isBare ? 'bare' : null
  return scene.stage.byHand.has(local) ? 'changed by hand as well' : null
}

function judgeDecision(judged: Judged, { violations, noted }: Findings): void {
  const { scene, row, theCase } = judged
  const reason = notPromised(scene, theCase)
  const isPromised = reason === null
  const tell = (name: string) =>
    isPromised
      ? violations.push(`${name}: ${row.decisionId} of ${theCase.local}`)
      : noted.push(`${reason}: ${name}`)
  const add = (isAsserted: boolean, name: string) => (isAsserted ? tell(name) : noted.push(name))
  for (const gap of gapsIn(judged)) violations.push(`${gap}: ${row.decisionId}`)
  if (!terminal.has(row.state)) violations.push(`I11 still ${row.state}: ${row.decisionId}`)
  const changes = judged.effects.filter(({ isChange }) => isChange)
  if (changes.length > 1) tell('I2 twice')
  const lie = lieOf(judged, changes)
  if (lie !== null) {
    const isGone = scene.portal.now(theCase).isGone
    if (isGone) noted.push(`deleted: ${lie}`)
    else if (isCovered(judged)) noted.push(`mark covered by another console: ${lie}`)
    else tell(lie)
  }
  for (const one of changes) judgeOverwriting(judged, one, add)
}

/** Another console wrote the field as it had been before: nobody can know of our write any more. */
const isCovered = ({ theCase, effects, row }: Judged): boolean =>
  theCase.hasField &&
  effects.some(effect =>
    theCase.versions.some(({ at, marker }) => at > effect.at && !marker.includes(row.decisionId)),
  )

/** I3 and I4: what a decision came to must be so. */
function lieOf(judged: Judged, changes: readonly Effect[]): string | null {
  const { row } = judged
  if (row.state === 'applied')
    return changes.length > 0 || everHeld(judged, isAsWanted) ? null : 'I3 applied without effect'
  if (changes.length > 0) return `I4 ${row.state} with an effect`
  return isFounded(judged) ? null : `I4 ${row.state} for nothing: ${row.code}`
}

/** What the head was told against the decision was so at some moment. */
function isFounded(judged: Judged): boolean {
  const { row, events } = judged
  const isConflict = events.some(({ toState }) => toState === 'conflict')
  if (row.state !== 'rejected' && !isConflict) return true
  switch (row.code) {
    case 'changed':
      return everHeld(judged, isNotAsBase) || hasOthersMark(judged)
    case 'closed':
      return everHeld(judged, ({ isClosed }) => isClosed)
    case 'deleted':
      return everHeld(judged, ({ isGone }) => isGone)
    case 'employeeDismissed':
      return judged.scene.dismissedAt !== null
    default:
      return false
  }
}

/** Another console has decided since. */
const hasOthersMark = ({ theCase, decision }: Judged): boolean =>
  theCase.hasField &&
  theCase.versions.some(({ at, updatedBy }) => at >= decision.issuedAt && updatedBy === neighbour)

/** Was it so at some moment between the decision and its end? */
function everHeld(judged: Judged, isSo: (version: Version, judged: Judged) => boolean): boolean {
  const { versions } = judged.theCase
  return versions.some((version, index) => {
    const until = versions[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const isThen = until >= judged.decision.issuedAt && version.at <= judged.settledAt
    return isThen && isSo(version, judged)
  })
}

const numberOf = (id: string | null | undefined): number | null =>
  id === null || id === undefined ? null : Number(localIdOf(id))

/** Before the dismissal is known here and after it a case of the dismissed is seen differently. */
const isHeld = (raw: number, { scene }: Judged): boolean =>
  raw === head || raw === gone || (scene.dismissedAt !== null && raw === oleg)

function isAsWanted({ raw }: Version, judged: Judged): boolean {
  const { want } = judged.decision
  if (want.responsible) return raw === numberOf(want.responsible)
  if (want.department)
    return raw === (numberOf(want.department) === neighboursRoom ? neighbour : head)
  return isHeld(raw, judged)
}

function isNotAsBase(version: Version, judged: Judged): boolean {
  const { raw, marker } = version
  const { base } = judged.decision
  const expected = numberOf(base.responsible)
  if (raw === oleg && judged.scene.dismissedAt !== null) return true
  if (expected === null) return !isHeld(raw, judged) || marker.includes('taken') || isTaken(judged)
  return raw !== expected || isHeld(raw, judged)
}

/** Taken by the head at some time, where only this computer knows. */
const isTaken = ({ scene, theCase }: Judged) => scene.everTaken.has(theCase.local)

/** I5: a value that was not the base is never replaced in silence. */
function judgeOverwriting(
  judged: Judged,
  effect: Effect,
  add: (isAsserted: boolean, name: string) => void,
): void {
  const { row, scene, theCase, events } = judged
  const expected = numberOf(judged.decision.base.responsible)
  const isBase = expected === null ? isHeld(effect.from, judged) : effect.from === expected
  if (isBase || effect.from === effect.to || row.code === 'overwrote') return
  if (theCase.kind === 'task') {
    const isGone = scene.portal.now(theCase).isGone
    return add(!isGone, isGone ? 'deleted: I5 overwritten' : 'I5 overwritten in silence')
  }
  const heardAt = scene.wire.answeredAt.get(effect.request)
  const isHeard = events.some(one => one.toState === 'applied' && one.at === heardAt)
  if (!isHeard) return add(false, 'item: overwritten, the answer lost')
  if (effect.before !== effect.from) return add(false, 'item: overwritten, the look before it late')
  add(true, 'I5 overwritten in silence')
}

const ways: Readonly<Record<string, readonly DecisionState[]>> = {
  new: ['queued'],
  queued: ['sending', 'conflict', 'cancelled', 'superseded'],
  sending: ['queued', 'unknown', 'applied', 'conflict', 'rejected'],
  unknown: ['sending', 'applied', 'conflict', 'rejected'],
  conflict: ['superseded', 'cancelled'],
}

/** I10: the log explains every step, and nothing follows an end. */
function* gapsIn({ events, row }: Judged): Iterable<string> {
  let state: DecisionState | null = null
  for (const { fromState, toState } of events) {
    if (fromState !== state) yield `I10 a step from ${fromState} after ${state}`
    if (!ways[state ?? 'new']?.includes(toState)) yield `I10 from ${state} to ${toState}`
    state = toState
  }
  if (state !== row.state) yield `I10 ${row.state} but the log ends with ${state}`
}

/** I7: decisions about one case take effect in the order in which they were made. */
function judgeOrder(scene: Scene, rows: readonly Row[], violations: string[]): void {
  const places = new Map(rows.map(({ decisionId }, place) => [decisionId, place]))
  const last = new Map<string, number>()
  for (const { decisionId, local, isChange } of scene.portal.effects) {
    if (decisionId === null || !isChange) continue
    const theCase = scene.portal.cases.get(local)
    if (!theCase || notPromised(scene, theCase) !== null) continue
    const place = places.get(decisionId) ?? 0
    if (place < (last.get(local) ?? 0))
      violations.push(`I7 out of order: ${decisionId} of ${local}`)
    last.set(local, Math.max(place, last.get(local) ?? 0))
  }
}

/** The invariants of the design as checks over an outbox, a replica and the other side's records. */
import { isDeepStrictEqual } from 'node:util'
import type { Case } from '../domain/case.ts'
import type { Decision, DecisionState } from '../domain/decision.ts'
import type { CaseId, DecisionId } from '../domain/id.ts'
import { baseCase } from '../store/cases.ts'
import { fromJson } from '../store/db.ts'
import type { Query } from '../store/db.ts'
import { foldCase } from '../store/fold.ts'
import type { Store } from '../store/open-store.ts'
import { readDecision } from '../store/outbox.ts'

/** What the other side wrote down. */
export interface TheirRecords {
  /** Each carrying out of a decision, in the order it happened. */
  readonly effects: readonly { readonly decisionId: string; readonly caseId: CaseId }[]
  readonly outcomes: Pick<ReadonlyMap<string, OutcomeName>, 'get' | 'has'>
}
export type OutcomeName = 'applied' | 'alreadySo' | 'conflict' | 'rejected'

/** What the window was told: each of these decisions was said to be made. */
export interface Acknowledged {
  readonly decisionId: DecisionId
  readonly caseId: CaseId
}

export interface OutboxRow {
  readonly seq: number
  readonly decision: Decision
  readonly state: DecisionState
  readonly isSettled: boolean
  readonly resultVersion: number | null
  readonly dependsOn: readonly string[]
}

interface RawRow {
  readonly seq: number
  readonly contentJson: string
  readonly state: DecisionState
  readonly isSettled: number
  readonly resultVersion: number | null
  readonly dependsOnJson: string
}

const query = <Row>(sql: string): Query<Row> => ({ sql, parameters: [] })

const rowsSince = (since: number) =>
  query<RawRow>(
    `select seq, contentJson, state, isSettled, resultVersion, dependsOnJson
     from decisions where seq > ${since} or isSettled = 0 or state = 'rejected' order by seq`,
  )

/** The decisions of the outbox after `since`, and older ones that still matter, in their order. */
export const outboxRows = (store: Store, since = 0): OutboxRow[] =>
  store.all(rowsSince(since)).map(row => ({
    seq: row.seq,
    decision: fromJson<Decision>(row.contentJson),
    state: row.state,
    isSettled: row.isSettled === 1,
    resultVersion: row.resultVersion,
    dependsOn: fromJson<string[]>(row.dependsOnJson),
  }))

export interface Evidence {
  readonly store: Store
  readonly theirs: TheirRecords
  readonly acknowledged: readonly Acknowledged[]
  /** Only decisions after this number, and older ones that still matter, are looked at. */
  readonly since?: number
}

/** What is broken, each with its decision; empty when all is well. Holds at any moment. */
export function violations(evidence: Evidence): string[] {
  const rows = outboxRows(evidence.store, evidence.since)
  return [
    ...lost(evidence),
    ...twice(evidence),
    ...untrue(evidence, rows),
    ...outOfOrder(evidence, rows),
    ...unexplained(evidence, rows),
    ...laidWrongly(evidence.store, rows),
  ]
}

/** I1: what the window was told is in the outbox. */
const lost = ({ store, acknowledged }: Evidence): string[] =>
  acknowledged
    .filter(({ decisionId, caseId }) => readDecision(store, decisionId)?.decision.caseId !== caseId)
    .map(one => `lost: ${one.decisionId} of ${one.caseId}`)

/** I2: a decision takes effect at most once. */
function twice({ theirs }: Evidence): string[] {
  const seen = new Set<string>()
  return theirs.effects.flatMap(({ decisionId }) => {
    if (seen.has(decisionId)) return [`twice: ${decisionId}`]
    seen.add(decisionId)
    return []
  })
}

const alive: ReadonlySet<DecisionState> = new Set(['sending', 'unknown'])

/** I3, I4: what the outbox says of a decision is what happened to it. */
function untrue({ theirs }: Evidence, rows: readonly OutboxRow[]): string[] {
  const effective = new Set(theirs.effects.map(effect => effect.decisionId))
  return rows.flatMap(({ decision, state }) => {
    const { decisionId } = decision
    const outcome = theirs.outcomes.get(decisionId)
    const told = `${decisionId} is ${state} here, ${outcome ?? 'unheard of'} there`
    if (alive.has(state)) return []
    if (state === 'applied')
      return outcome === 'applied' || outcome === 'alreadySo' ? [] : [`untrue: ${told}`]
    if (effective.has(decisionId) || outcome === 'applied') return [`untrue: ${told}`]
    if (state === 'queued') return outcome === undefined ? [] : [`untrue: ${told}`]
    if (state === 'conflict') return outcome === 'conflict' ? [] : [`untrue: ${told}`]
    if (state === 'rejected')
      return outcome === undefined || outcome === 'rejected' ? [] : [`untrue: ${told}`]
    return []
  })
}

/** I7: effects on a case happen in the order of the decisions. */
function outOfOrder({ theirs }: Evidence, rows: readonly OutboxRow[]): string[] {
  const order = new Map<string, number>(rows.map(row => [row.decision.decisionId, row.seq]))
  const last = new Map<CaseId, number>()
  return theirs.effects.flatMap(({ decisionId, caseId }) => {
    const seq = order.get(decisionId)
    if (seq === undefined) return []
    const before = last.get(caseId) ?? 0
    last.set(caseId, Math.max(seq, before))
    return seq < before ? [`out of order: ${decisionId} of ${caseId}`] : []
  })
}

interface Event {
  readonly decisionId: DecisionId
  readonly fromState: DecisionState | null
  readonly toState: DecisionState
}

const finished: ReadonlySet<DecisionState> = new Set([
  'applied',
  'rejected',
  'superseded',
  'cancelled',
])

/** I6, I10: nothing is sent unmarked, every state is explained, what is finished stays finished. */
function unexplained({ store, theirs, since = 0 }: Evidence, rows: readonly OutboxRow[]): string[] {
  const stories = new Map<string, Event[]>()
  for (const event of store.all(
    query<Event>(
      `select decisionId, fromState, toState from decisionEvents where decisionId in
       (select decisionId from decisions
        where seq > ${since} or isSettled = 0 or state = 'rejected') order by n`,
    ),
  ))
    stories.set(event.decisionId, [...(stories.get(event.decisionId) ?? []), event])
  return rows.flatMap(({ decision: { decisionId }, state }) => {
    const story = stories.get(decisionId) ?? []
    const found: string[] = []
    story.forEach((event, at) => {
      if (event.fromState !== (story[at - 1]?.toState ?? null))
        found.push(`unexplained: ${decisionId} jumps to ${event.toState}`)
      if (event.fromState && finished.has(event.fromState))
        found.push(`unexplained: ${decisionId} leaves ${event.fromState}`)
    })
    if (story.at(-1)?.toState !== state) found.push(`unexplained: ${decisionId} is ${state}`)
    const wasMarked = story.some(event => event.toState === 'sending')
    if (theirs.outcomes.has(decisionId) && !wasMarked)
      found.push(`sent without a mark: ${decisionId}`)
    return found
  })
}

/** The decisions of a case a head should see, by the words of the design and not by the store's code. */
function standingOf(rows: readonly OutboxRow[]): OutboxRow[] {
  const lifted = new Set<string>(
    rows.filter(row => row.state === 'rejected').map(row => row.decision.decisionId),
  )
  return rows.filter(row => {
    if (row.isSettled) return false
    const isLifted = row.state === 'conflict' || row.dependsOn.some(id => lifted.has(id))
    if (isLifted) lifted.add(row.decision.decisionId)
    return !isLifted
  })
}

const effectiveCase = (store: Store, caseId: CaseId) =>
  store.one<{
    responsibleId: string | null
    departmentId: string | null
    deferredUntil: number | null
    status: string
    version: number
  }>({
    sql: 'select responsibleId, departmentId, deferredUntil, status, version from effective where caseId = ?',
    parameters: [caseId],
  })

const shown = (
  theCase: Pick<Case, 'responsibleId' | 'departmentId' | 'deferredUntil' | 'status' | 'version'>,
) => ({
  responsibleId: theCase.responsibleId,
  departmentId: theCase.departmentId,
  deferredUntil: theCase.deferredUntil,
  status: theCase.status,
  version: theCase.version,
})

/** Overlay = fold of what is pending over the replica; it is lifted only where the replica shows the effect (I9). */
function laidWrongly(store: Store, rows: readonly OutboxRow[]): string[] {
  const byCase = Map.groupBy(rows, row => row.decision.caseId)
  return [...byCase].flatMap(([caseId, ofCase]) => {
    const base = baseCase(store, caseId)
    if (!base) return []
    const found: string[] = []
    const standing = standingOf(ofCase).map(row => row.decision)
    const seen = effectiveCase(store, caseId)
    if (!isDeepStrictEqual(seen && { ...seen }, shown(foldCase(base, standing))))
      found.push(`overlay is not the fold: ${caseId}`)
    for (const { decision, state, isSettled, resultVersion } of ofCase)
      if (state === 'applied' && isSettled && (resultVersion ?? 0) > base.version)
        found.push(`lifted too early: ${decision.decisionId} of ${caseId}`)
    return found
  })
}

/** At rest: nothing waits, and every decision has exactly one end that both sides agree on. */
export function unfinished({ store, theirs, since }: Evidence): string[] {
  return outboxRows(store, since).flatMap(({ decision: { decisionId }, state, isSettled }) => {
    if (state === 'queued' || alive.has(state)) return [`still ${state}: ${decisionId}`]
    if (state === 'applied' && !isSettled) return [`never seen: ${decisionId}`]
    const outcome = theirs.outcomes.get(decisionId)
    const mayBeUnheard = state === 'cancelled' || state === 'superseded' || state === 'rejected'
    return outcome === undefined && !mayBeUnheard ? [`no outcome: ${decisionId}`] : []
  })
}

/** At rest: the replica holds what the other side has, case by case, and nothing else is shown. */
export function differing(store: Store, theirs: Iterable<Case>): string[] {
  const found: string[] = []
  for (const truth of theirs) {
    const base = baseCase(store, truth.caseId)
    if (!base) found.push(`disappeared: ${truth.caseId}`)
    else if (base.status !== truth.status || !isDeepStrictEqual(shown(base), shown(truth)))
      found.push(`the replica differs: ${truth.caseId}`)
  }
  return found
}

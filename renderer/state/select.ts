import { useShallow } from 'zustand/react/shallow'
import { bestHints } from '../../core/domain/best-hint.ts'
import { isInInbox } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import { type Hint, hintsFor } from '../../core/domain/hint.ts'
import type { CaseId, EmployeeId } from '../../core/domain/id.ts'
import { byText } from '../../core/domain/org-index.ts'
import { candidatesOf } from '../../core/domain/person-now.ts'
import { currentNow, useNow } from './now.ts'
import { type Replica, useReplica } from './replica.ts'
import { type Facts, remembering, type World, worldOf } from './world.ts'

const factsOf = (replica: Replica): Facts => ({
  me: replica.me,
  zone: replica.zone,
  calendar: replica.calendar,
  org: replica.org,
  kinds: replica.kinds,
  cases: replica.cases,
  closed: replica.closed,
  acquainted: replica.acquainted,
  clientOwners: replica.clientOwners,
  defaultLimit: replica.defaultLimit,
})

const rememberedWorld = remembering((now: number, ...facts: readonly Facts[keyof Facts][]) =>
  facts.length > 0 ? worldOf(factsOf(useReplica.getState()), now) : null,
)
const worldAt = (facts: Facts, now: number) => rememberedWorld(now, ...Object.values(facts))

/** The domain's world of this moment; null until the first page has come. */
export function useWorld(): World | null {
  const facts = useReplica(useShallow(factsOf))
  return worldAt(facts, useNow())
}

/** The same outside of drawing: for keys and drops. */
export const currentWorld = (): World | null =>
  worldAt(factsOf(useReplica.getState()), currentNow())

/** «Начало» in its order: due, then priority, then age. */
export function byInboxOrder(a: Case, b: Case): number {
  const [dueA, dueB] = [a.dueAt ?? Infinity, b.dueAt ?? Infinity]
  if (dueA !== dueB) return dueA - dueB
  return b.priority - a.priority || a.createdAt - b.createdAt || byText(a.caseId, b.caseId)
}

const inboxOf = remembering((cases: ReadonlyMap<CaseId, Case>, world: World): readonly Case[] => {
  const found: Case[] = []
  for (const theCase of cases.values()) if (isInInbox(theCase, world.inbox)) found.push(theCase)
  return found.sort(byInboxOrder)
})

const nothing: readonly Case[] = []

/** My unassigned cases, sorted. */
export function useInboxCases(): readonly Case[] {
  const world = useWorld()
  const cases = useReplica(replica => replica.cases)
  return world ? inboxOf(cases, world) : nothing
}

/** The same outside of drawing. */
export function currentInbox(): readonly Case[] {
  const world = currentWorld()
  return world ? inboxOf(useReplica.getState().cases, world) : nothing
}

export const useInboxCount = (): number => useInboxCases().length

/** The open cases of these ids that are still here. */
export const casesOf = (
  cases: ReadonlyMap<CaseId, Case>,
  caseIds: readonly CaseId[],
): readonly Case[] => caseIds.flatMap(caseId => cases.get(caseId) ?? [])

/** Everybody a case may be offered to but the head. */
export const othersOf = remembering((world: World): readonly EmployeeId[] =>
  candidatesOf(world.drop).flatMap(({ employeeId }) =>
    employeeId === world.drop.me ? [] : employeeId,
  ),
)

const hintsAt = remembering((world: World, ...cases: readonly Case[]): readonly Hint[] =>
  hintsFor(cases, world.drop, othersOf(world)),
)

/** People for these cases together, the best first; the head, who has a key of its own, is not among them. */
export function hintsOf(world: World, cases: readonly Case[]): readonly Hint[] {
  return cases.length > 0 ? hintsAt(world, ...cases) : []
}

/** The same while drawing. */
export function useHints(caseIds: readonly CaseId[]): readonly Hint[] {
  const world = useWorld()
  const cases = useReplica(useShallow(replica => casesOf(replica.cases, caseIds)))
  return world ? hintsOf(world, cases) : []
}

const bestAt = remembering((world: World) => bestHints(world.drop, othersOf(world)))

/** The first hint of one case; null: nobody to give it to without force. */
export const bestHint = (world: World, theCase: Case): Hint | null => bestAt(world)(theCase)

import type { Decision } from '../../domain/decision.ts'
import { localIdOf } from '../../domain/id.ts'
import type { Outcome, OutcomeCode } from '../backend.ts'
import type { Look } from './look.ts'
import { employeeOf } from './map-case.ts'
import type { Standing } from './marker.ts'
import { headOf } from './roster.ts'
import type { World } from './world.ts'

export type Here = Extract<Look, { kind: 'here' }>

/** What a decision comes to on a portal: who is to be responsible there. */
export interface Aim {
  readonly target: number
  /** How the case then stands with somebody who holds what has no owner; null: it lies with another. */
  readonly standing: Standing | null
}

/** null: nobody on the portal can be meant. */
export function aimOf(world: World, { want }: Decision): Aim | null {
  if (want.responsible) {
    const target = Number(localIdOf(want.responsible))
    return { target, standing: isHolder(world, target) ? 'taken' : null }
  }
  if (want.department) {
    const head = headOf(world.roster, Number(localIdOf(want.department)))
    return head === null ? null : { target: head, standing: isHolder(world, head) ? 'free' : null }
  }
  const target = world.rule.returnTo
  return { target, standing: isHolder(world, target) ? 'free' : null }
}

const isHolder = ({ rule }: World, id: number): boolean => rule.inboxHolders.includes(id)

export type Verdict =
  /** As the head saw it: write. */
  | { readonly kind: 'go' }
  | { readonly kind: 'alreadySo' }
  | { readonly kind: 'conflict' | 'rejected'; readonly code: OutcomeCode }

/** Of the fields the decision names and no others (design, «Invariants»). */
export function judge(world: World, decision: Decision, aim: Aim | null, look: Look): Verdict {
  if (look.kind === 'gone') return { kind: 'rejected', code: 'deleted' }
  if (look.kind === 'hidden') return { kind: 'rejected', code: 'forbidden' }
  if (aim === null) return { kind: 'rejected', code: 'invalid' }
  if (look.case.status === 'closed') return { kind: 'rejected', code: 'closed' }
  if (isSo(world, decision, aim, look)) return { kind: 'alreadySo' }
  const { responsible } = decision.base
  if (responsible !== undefined && look.case.responsibleId !== responsible)
    return { kind: 'conflict', code: 'changed' }
  if (world.roster.people.get(aim.target)?.isActive !== true)
    return { kind: 'conflict', code: 'employeeDismissed' }
  return { kind: 'go' }
}

function isSo(world: World, { want }: Decision, { target }: Aim, look: Here): boolean {
  if (want.responsible) return look.case.responsibleId === want.responsible
  return want.department ? look.raw === target && !isMine(world, target) : !look.case.responsibleId
}

/** A case passed to a department of mine comes back to me: then only the owner tells. */
const isMine = (world: World, target: number): boolean => target === world.me

/** What becomes of a decision, with the case as it was seen. */
export function outcomeOf(
  world: World,
  { decisionId }: Decision,
  what: { readonly outcome: Outcome['outcome']; readonly code: OutcomeCode | null },
  look: Look,
): Outcome {
  const isHere = look.kind === 'here'
  return {
    decisionId,
    ...what,
    current: isHere && world.owners.has(look.raw ?? 0) ? look.case : null,
    changedBy: isHere && look.changedBy !== null ? employeeOf(world, look.changedBy) : null,
    changedAt: isHere ? look.changedAt : null,
  }
}

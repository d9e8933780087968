import type { WorkspaceId } from '../../domain/id.ts'
import type { Fact } from './fact.ts'
import type { Funnel } from './funnels.ts'
import { inboxOf, keyOf } from './funnels.ts'
import type { Presence } from './presence.ts'
import { dealType, leadType } from './ref.ts'
import { membersOf, scopeOf } from './roster.ts'
import type { Roster } from './roster.ts'
import type { Rule } from './rule.ts'

/** What is known of a portal while its cases are read: everything but the cases. */
export interface World extends Known {
  /** By `keyOf`. */
  readonly ways: ReadonlyMap<string, Funnel>
  /** Departments I am head of, and below. */
  readonly scope: ReadonlySet<number>
  /** Who works there, and who holds what has no owner. */
  readonly owners: ReadonlySet<number>
  /** Stages at which a holder's case has no owner, by `keyOf` of their funnel. */
  readonly inboxStages: ReadonlyMap<string, ReadonlySet<string>>
}

interface Known {
  readonly workspaceId: WorkspaceId
  readonly me: number
  readonly rule: Rule
  readonly roster: Roster
  readonly funnels: readonly Funnel[]
  /** Of those who work in my departments. */
  readonly presence: Presence
  /** How cases stand with a holder, where the portal has no place to say so; by local id. */
  readonly taken: ReadonlyMap<string, Fact>
  /** Words for what has no name on the portal. */
  readonly names: Names
}

export interface Names {
  readonly leads: string
  readonly deals: string
  readonly tasks: string
}

/** The field for marks is made for leads and deals; items of smart processes have none. */
export const markerFor = ({ rule }: World, typeId: number): string | null =>
  typeId === leadType || typeId === dealType ? rule.marker : null

export function worldOf(known: Known): World {
  const { me, rule, roster, funnels } = known
  const scope = scopeOf(roster, me)
  const members = membersOf(roster, scope).map(one => one.id)
  return {
    ...known,
    ways: new Map(funnels.map(each => [keyOf(each), each])),
    scope,
    owners: new Set([...members, ...rule.inboxHolders, rule.returnTo, me]),
    inboxStages: new Map(funnels.map(each => [keyOf(each), new Set(inboxOf(rule, each))])),
  }
}

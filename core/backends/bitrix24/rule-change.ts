import type { Reason } from '../../domain/decision.ts'
import type { Choices } from './choices.ts'
import { firstStages, keyOf, openStages } from './funnels.ts'
import type { Rule } from './rule.ts'

/** The rule as a head wants it; whatever is not named here stays. */
export interface RuleWish {
  readonly hasLeads: boolean
  readonly hasDeals: boolean
  readonly hasTasks: boolean
  readonly smartTypes: readonly number[]
  readonly inboxHolders: readonly number[]
  readonly returnTo: number
  readonly inboxStages: readonly StagesWish[]
}

interface StagesWish {
  /** `keyOf` of the funnel. */
  readonly funnelId: string
  /** None: nothing of this funnel is without owner because of its stage. */
  readonly stageIds: readonly string[]
}

export type Ruling =
  | { readonly kind: 'ruled'; readonly rule: Rule }
  /** `reason` names the `field` it is about. */
  | { readonly kind: 'refused'; readonly reason: Reason }

/** The rule that is wanted, checked against what the portal offers: all of it, or none. */
export function ruleFrom(rule: Rule, wish: RuleWish, choices: Choices): Ruling {
  const reason =
    wrongKinds(wish, choices) ?? wrongPeople(wish, choices) ?? wrongStages(wish, choices)
  if (reason) return { kind: 'refused', reason }
  const { hasLeads, hasDeals, hasTasks, returnTo } = wish
  return {
    kind: 'ruled',
    rule: {
      ...rule,
      hasLeads,
      hasDeals,
      hasTasks,
      returnTo,
      smartTypes: inOrder(wish.smartTypes),
      inboxHolders: inOrder(wish.inboxHolders),
      inboxStages: stagesFrom(rule, wish, choices),
    },
  }
}

/** Chosen in another order the rule is the same, and nothing is read anew. */
const inOrder = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b)

function wrongKinds(wish: RuleWish, { smartTypes }: Choices): Reason | null {
  const { hasLeads, hasDeals, hasTasks } = wish
  if (!hasLeads && !hasDeals && !hasTasks && wish.smartTypes.length === 0)
    return { code: 'noKind', field: 'kinds' }
  const readable = new Set(smartTypes.flatMap(one => (one.isReadable ? one.typeId : [])))
  const typeId = wish.smartTypes.find(id => !readable.has(id))
  return typeId === undefined ? null : { code: 'unknownType', field: 'kinds', typeId }
}

function wrongPeople({ inboxHolders, returnTo }: RuleWish, { people }: Choices): Reason | null {
  if (inboxHolders.length === 0) return { code: 'noHolder', field: 'inboxHolders' }
  const byId = new Map(people.map(one => [one.id, one]))
  const stranger = inboxHolders.find(id => !byId.has(id))
  if (stranger !== undefined)
    return { code: 'unknownPerson', field: 'inboxHolders', person: stranger }
  const receiver = byId.get(returnTo)
  if (!receiver) return { code: 'unknownReceiver', field: 'returnTo', person: returnTo }
  const { name } = receiver
  if (!receiver.isActive) return { code: 'dismissedReceiver', field: 'returnTo', name }
  // Given to anybody else a case would have an owner and be in nobody's «Начало».
  return inboxHolders.includes(returnTo)
    ? null
    : { code: 'receiverHoldsNothing', field: 'returnTo', name }
}

function wrongStages({ inboxStages }: RuleWish, { funnels }: Choices): Reason | null {
  const byKey = new Map(funnels.map(funnel => [keyOf(funnel), funnel]))
  for (const { funnelId, stageIds } of inboxStages) {
    const funnel = byKey.get(funnelId)
    const known = new Set(funnel && openStages(funnel).map(({ stageId }) => stageId))
    if (!funnel || stageIds.some(id => !known.has(id)))
      return { code: 'unknownStage', field: 'inboxStages', funnel: funnel?.name ?? funnelId }
  }
  return null
}

/** A funnel left at its first stage goes on following it, and one not asked about stays as it was. */
function stagesFrom(rule: Rule, wish: RuleWish, { funnels }: Choices): Rule['inboxStages'] {
  const all = new Map(Object.entries(rule.inboxStages ?? {}))
  const wanted = new Map(wish.inboxStages.map(one => [one.funnelId, new Set(one.stageIds)]))
  for (const funnel of funnels) {
    const chosen = wanted.get(keyOf(funnel))
    if (!chosen) continue
    const stageIds = openStages(funnel)
      .map(({ stageId }) => stageId)
      .filter(id => chosen.has(id))
    if (isSame(stageIds, firstStages(funnel))) all.delete(keyOf(funnel))
    else all.set(keyOf(funnel), stageIds)
  }
  const entries = [...all].sort(([one], [other]) => (one < other ? -1 : 1))
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, at) => id === other[at])

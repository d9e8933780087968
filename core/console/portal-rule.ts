import type { Choices } from '../backends/bitrix24/choices.ts'
import { inboxOf, keyOf, openStages } from '../backends/bitrix24/funnels.ts'
import { ruleFrom } from '../backends/bitrix24/rule-change.ts'
import type { Rule } from '../backends/bitrix24/rule.ts'
import { BackendError } from '../backends/errors.ts'
import type { ToldPortalRule } from '../contract-portal.ts'
import type { Answers, Arg } from '../contract.ts'
import type { OpenSpace } from './open-space.ts'
import { portalTrouble } from './portal-door.ts'
import { type PortalSettings, readPortal, writePortal } from './portal-settings.ts'

/** What comes from the portal of this workspace, and what else may. */
export async function portalRule(space: OpenSpace): Promise<Answers['portalRule']> {
  const portal = readPortal(space.store)
  if (!portal) return { kind: 'none' }
  const asked = await choicesOf(space, portal, [])
  return asked.kind === 'offered' ? told(portal.rule, asked.choices) : asked
}

/** All of the wish or nothing; durable when it answers, and the backend works by it from then on. */
export async function savePortalRule(
  space: OpenSpace,
  wish: Arg<'savePortalRule'>,
): Promise<Answers['savePortalRule']> {
  const known = readPortal(space.store)
  if (!known) return { kind: 'none' }
  const asked = await choicesOf(space, known, wish.smartTypes)
  if (asked.kind === 'unreachable') return asked
  // Another window may have saved meanwhile.
  const portal = readPortal(space.store) ?? known
  const ruling = ruleFrom(portal.rule, wish, asked.choices)
  if (ruling.kind === 'refused') return ruling
  const { rule } = ruling
  if (JSON.stringify(rule) !== JSON.stringify(portal.rule))
    await space.relink(() => keepRule(space, rule))
  return { kind: 'saved', told: told(rule, asked.choices) }
}

/** What else is kept of the portal may have changed since it was asked. */
function keepRule({ store }: OpenSpace, rule: Rule): void {
  const portal = readPortal(store)
  if (portal) writePortal(store, { ...portal, rule })
}

type Asked =
  | { readonly kind: 'offered'; readonly choices: Choices }
  | Extract<Answers['portalRule'], { kind: 'unreachable' }>

async function choicesOf(
  space: OpenSpace,
  { access }: PortalSettings,
  typeIds: readonly number[],
): Promise<Asked> {
  try {
    const choices = await space.choices(typeIds)
    if (choices) return { kind: 'offered', choices }
    return { kind: 'unreachable', reason: portalTrouble(access.address, notLinked) }
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    return { kind: 'unreachable', reason: portalTrouble(access.address, error) }
  }
}

const notLinked = new BackendError('offline', 'not linked yet')

function told(rule: Rule, { me, people, isListed, smartTypes, funnels }: Choices): ToldPortalRule {
  const { hasLeads, hasDeals, hasTasks, inboxHolders, returnTo } = rule
  const named = [...new Set([...inboxHolders, returnTo])]
  const strangers = named.filter(id => !people.some(one => one.id === id))
  return {
    kind: 'told',
    rule: {
      hasLeads,
      hasDeals,
      hasTasks,
      smartTypes: rule.smartTypes,
      inboxHolders,
      returnTo,
      inboxStages: funnels.map(each => ({ funnelId: keyOf(each), stageIds: inboxOf(rule, each) })),
    },
    choices: {
      me,
      people: [
        ...people
          .filter(one => one.isActive || named.includes(one.id))
          .map(({ id, name, post, isActive }) => ({ id, name, post, isActive })),
        ...strangers.map(id => ({ id, name: null, post: '', isActive: false })),
      ],
      isListed,
      smartTypes,
      funnels: funnels.map(each => ({
        funnelId: keyOf(each),
        typeId: each.typeId,
        name: each.name,
        stages: openStages(each).map(({ stageId, name }) => ({ stageId, name })),
      })),
    },
  }
}

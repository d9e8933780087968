import { create } from 'zustand'
import type { PortalRule, ToldPortalRule } from '../../core/contract-portal.ts'
import type { Answers } from '../../core/contract.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { core, useLink } from '../state/core.ts'
import { useSession } from '../state/session.ts'
import { useView } from '../state/view.ts'
import { failureOf } from '../ui/attempt.ts'

interface PortalRuleState {
  /** What the portal said last; null: not asked yet. */
  readonly answer: Answers['portalRule'] | null
  /** The rule as the head is changing it; kept while they look at another room. */
  readonly draft: PortalRule | null
  /** Why it was not saved. */
  readonly refused: Reason | null
  readonly isSaved: boolean
  readonly problem: string | null
}

const nothing: PortalRuleState = {
  answer: null,
  draft: null,
  refused: null,
  isSaved: false,
  problem: null,
}

export const usePortalRule = create<PortalRuleState>(() => nothing)

export const isSame = (one: PortalRule, other: PortalRule): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The space on the screen, when it is one of a portal. */
function portalSpace(): string | null {
  const { stage } = useSession.getState()
  const isPortal = stage?.kind === 'ready' && stage.space.kind === 'bitrix24'
  return isPortal ? stage.space.workspaceId : null
}

export function askPortalRule(): void {
  const space = portalSpace()
  if (space === null) return
  const isHere = () => portalSpace() === space
  core.portalRule({}).then(
    answer => isHere() && take(answer),
    (error: unknown) => isHere() && usePortalRule.setState({ problem: failureOf(error) }),
  )
}

/** What the head has changed and not saved yet stays. */
function take(answer: Answers['portalRule']): void {
  const { answer: before, draft } = usePortalRule.getState()
  const isChanged = before?.kind === 'told' && draft !== null && !isSame(before.rule, draft)
  const rule = answer.kind === 'told' ? answer.rule : null
  usePortalRule.setState({ answer, problem: null, draft: isChanged ? draft : rule })
}

export function change(part: Partial<PortalRule>): void {
  const { draft } = usePortalRule.getState()
  if (draft) usePortalRule.setState({ draft: { ...draft, ...part }, refused: null, isSaved: false })
}

export function changeBack({ rule }: ToldPortalRule): void {
  usePortalRule.setState({ draft: rule, refused: null, isSaved: false })
}

/** Throws what the core throws. */
export async function savePortalRule(rule: PortalRule): Promise<void> {
  usePortalRule.setState({ refused: null, isSaved: false })
  const answer = await core.savePortalRule({
    ...rule,
    smartTypes: [...rule.smartTypes],
    inboxHolders: [...rule.inboxHolders],
    inboxStages: rule.inboxStages.map(({ funnelId, stageIds }) => ({
      funnelId,
      stageIds: [...stageIds],
    })),
  })
  switch (answer.kind) {
    case 'saved':
      usePortalRule.setState({ answer: answer.told, draft: answer.told.rule, isSaved: true })
      break
    case 'refused':
      usePortalRule.setState({ refused: answer.reason })
      break
    case 'unreachable':
    case 'none':
      usePortalRule.setState({ answer })
  }
}

const isLooking = () => useView.getState().active === 'settings'

useView.subscribe((view, before) => {
  if (view.active === before.active) return
  usePortalRule.setState({ isSaved: false })
  if (isLooking()) askPortalRule()
})
useSession.subscribe(({ stage }, before) => {
  if (stage === before.stage) return
  usePortalRule.setState(nothing)
  if (isLooking()) askPortalRule()
})
useLink.subscribe(({ link }) => {
  if (link === 'open' && isLooking()) askPortalRule()
})
if (isLooking()) askPortalRule()

import type { CaseStatus } from '../../domain/case.ts'
import { numberIn, textIn, type Bag } from './record.ts'
import type { Rule } from './rule.ts'

/** One way of an item: the leads, a funnel of deals, a funnel of a smart process. */
export interface Funnel {
  readonly typeId: number
  /** 0 for what has no funnels. */
  readonly categoryId: number
  readonly name: string
  /** In their order. */
  readonly stages: readonly FunnelStage[]
}

export interface FunnelStage {
  readonly stageId: string
  readonly name: string
  readonly status: Extract<CaseStatus, 'open' | 'closed'>
}

/**
 * `crm.status.list` of one ENTITY_ID (bitrix24.md 3.1): SEMANTICS null is «in progress», `S` won,
 * `F` lost; some kinds say it in EXTRA only.
 */
export const stagesIn = (rows: readonly Bag[]): FunnelStage[] =>
  rows
    .map(row => ({ row, sort: numberIn(row, 'SORT') ?? 0 }))
    .sort((a, b) => a.sort - b.sort)
    .flatMap(({ row }) => {
      const stageId = textIn(row, 'STATUS_ID')
      const semantics = textIn(row, 'SEMANTICS')
      const status = semantics === 'S' || semantics === 'F' ? 'closed' : 'open'
      return stageId ? { stageId, name: textIn(row, 'NAME') || stageId, status } : []
    })

/** ENTITY_ID of the stages of a funnel (bitrix24.md 3.1). */
export function stagesOf(typeId: number, categoryId: number): string {
  if (typeId === 1) return 'STATUS'
  if (typeId === 2) return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`
  return `DYNAMIC_${typeId}_STAGE_${categoryId}`
}

/** The name of a funnel among all kinds. */
export const keyOf = ({ typeId, categoryId }: Pick<Funnel, 'typeId' | 'categoryId'>): string =>
  `${typeId}:${categoryId}`

export const openStages = ({ stages }: Funnel): readonly FunnelStage[] =>
  stages.filter(stage => stage.status === 'open')

/** Where cases come in. */
export const firstStages = (funnel: Funnel): readonly string[] =>
  openStages(funnel)
    .slice(0, 1)
    .map(({ stageId }) => stageId)

/** At which of its stages a holder's case has no owner, by the rule of the workspace. */
export function inboxOf({ inboxStages }: Rule, funnel: Funnel): readonly string[] {
  const own = inboxStages?.[keyOf(funnel)]
  const open = openStages(funnel).map(({ stageId }) => stageId)
  const known = open.filter(stageId => own?.includes(stageId))
  // Stages that are gone from the portal must take no case out of sight.
  const isLost = own === undefined || (own.length > 0 && known.length === 0)
  return isLost ? firstStages(funnel) : known
}

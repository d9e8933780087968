import type { CaseStatus } from '../../domain/case.ts'
import { numberIn, textIn, type Bag } from './record.ts'

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

/** Where cases come in. */
export const firstStage = ({ stages }: Funnel): string | null =>
  stages.find(stage => stage.status === 'open')?.stageId ?? null

import { byDue } from './agenda.ts'
import type { Case, CaseStatus, Kind } from './case.ts'
import type { Reason } from './decision.ts'
import type { DropWorld } from './drop-world.ts'
import { isMine } from './dropped.ts'
import type { KindId } from './id.ts'
import { weightOf } from './load.ts'
import { byText } from './org-index.ts'

/** Where a case stands on its way, as the backend divides it. */
export interface Stage {
  readonly stageId: string
  readonly status: CaseStatus
  /** The backend's own name; a case that enters gets it. null: the status itself, named in words. */
  readonly name: string | null
  /** May a head move a case here? */
  readonly canEnter: boolean
}

/** Stages of a backend that knows no more than the statuses, in the order of the way. */
export const plainStages: readonly Stage[] = (
  ['open', 'waiting', 'awaitingApproval', 'closed'] as const
).map(status => ({ stageId: status, status, name: null, canEnter: true }))

/** A column of the board: `points` is the weight of all its cases. */
export interface Column {
  readonly stage: Stage
  readonly cases: readonly Case[]
  readonly points: number
}

/** The stage of a case: by status and name, else by status; null only when there are no stages. */
export function stageOf(
  { status, statusName }: Pick<Case, 'status' | 'statusName'>,
  stages: readonly Stage[],
): Stage | null {
  const same = stages.filter(stage => stage.status === status)
  return (
    same.find(stage => stage.name === statusName) ??
    same.find(stage => stage.name === null) ??
    same[0] ??
    stages[0] ??
    null
  )
}

/** Every case in exactly one column; the columns in the order of the stages, empty ones too. */
export function columnsOf(
  cases: Iterable<Case>,
  stages: readonly Stage[],
  kinds: ReadonlyMap<KindId, Kind>,
): readonly Column[] {
  const held = new Map(stages.map(stage => [stage, { cases: [] as Case[], points: 0 }]))
  for (const theCase of cases) {
    const stage = stageOf(theCase, stages)
    const column = stage && held.get(stage)
    if (!column) continue
    column.cases.push(theCase)
    column.points += weightOf(theCase, kinds)
  }
  return [...held].map(([stage, { cases: inside, points }]) => ({
    stage,
    cases: inside.sort(stage.status === 'closed' ? byClosing : byDue),
    points,
  }))
}

/** The last closed first. */
const byClosing = (a: Case, b: Case): number =>
  (b.closedAt ?? 0) - (a.closedAt ?? 0) || byText(a.caseId, b.caseId)

/** Why the case cannot be moved to the stage; null: it can. */
export function moveRefusal(
  theCase: Case,
  to: Stage,
  stages: readonly Stage[],
  world: DropWorld,
): Reason | null {
  if (!to.canEnter) return { code: 'stageShut' }
  if (stageOf(theCase, stages)?.stageId === to.stageId) return { code: 'alreadyThere' }
  return isMine(theCase, world) ? null : { code: 'notYours' }
}

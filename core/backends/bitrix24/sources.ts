import type { Params } from './client.ts'
import { dealType, leadType } from './ref.ts'
import { itemSelect, taskSelect } from './select.ts'
import type { World } from './world.ts'

/** One list the cases of a department are read from, by id. */
export interface Source {
  readonly typeId: number | 'task'
  readonly isClosed: boolean
}

/** Open before closed: what the head works with comes first. */
export const sourcesOf = (world: World): readonly Source[] =>
  [false, true].flatMap(isClosed =>
    typesOf(world)
      .map(typeId => ({ typeId, isClosed }))
      // An empty list of stages would be no condition at all (bitrix24.md 2.4).
      .filter(({ typeId }) => typeId === 'task' || stagesOf(world, typeId, isClosed).length > 0),
  )

/** Not those smart processes that may not be read: asking for one would stop everything else. */
export const typesOf = ({ rule, funnels }: World): (number | 'task')[] => [
  ...(rule.hasLeads ? [leadType] : []),
  ...(rule.hasDeals ? [dealType] : []),
  ...rule.smartTypes.filter(id => funnels.some(({ typeId }) => typeId === id)),
  ...(rule.hasTasks ? (['task'] as const) : []),
]

/** Closed ones are counted and show who knows a client for this long (design, «Who sees what»). */
const closedForMs = 400 * 86_400_000
const completed = 5

/** What of a source belongs to the department, at the portal's time `now` (UTC ms). */
export function questionFor(world: World, { typeId, isClosed }: Source, now: number): Question {
  const owners = [...world.owners]
  const since = new Date(now - closedForMs).toISOString()
  if (typeId === 'task') {
    const status = isClosed
      ? { REAL_STATUS: completed, '>=CLOSED_DATE': since }
      : { '!REAL_STATUS': completed }
    return taskQuestion({ RESPONSIBLE_ID: owners, ...status })
  }
  const stages = stagesOf(world, typeId, isClosed)
  const closed = isClosed ? { '>=updatedTime': since } : {}
  return itemQuestion(world, typeId, {
    '@assignedById': owners,
    '@stageId': stages,
    ...closed,
  })
}

/** Whatever changed since, wherever it lies: what left the department shows only so. */
export function changesFor(world: World, typeId: number | 'task', since: number): Question {
  const from = new Date(since).toISOString()
  return typeId === 'task'
    ? taskQuestion({ '>=CHANGED_DATE': from })
    : itemQuestion(world, typeId, { '>=updatedTime': from })
}

/** A list asked for page by page, by id. */
export interface Question {
  readonly method: string
  readonly params: Params
  readonly idField: 'id' | 'ID'
  readonly rowsName: 'items' | 'tasks'
}

const taskQuestion = (filter: Params): Question => ({
  method: 'tasks.task.list',
  params: { select: taskSelect, filter },
  idField: 'ID',
  rowsName: 'tasks',
})

const itemQuestion = (world: World, entityTypeId: number, filter: Params): Question => ({
  method: 'crm.item.list',
  params: {
    entityTypeId,
    select: itemSelect(world, entityTypeId),
    filter,
    useOriginalUfNames: 'Y',
  },
  idField: 'id',
  rowsName: 'items',
})

function stagesOf({ funnels }: World, typeId: number, isClosed: boolean): string[] {
  const status = isClosed ? 'closed' : 'open'
  return funnels
    .filter(funnel => funnel.typeId === typeId)
    .flatMap(({ stages }) => stages.filter(stage => stage.status === status))
    .map(({ stageId }) => stageId)
}

import { markerFor } from './world.ts'
import type { World } from './world.ts'

/** Names an item type does not know are dropped by the portal in silence (bitrix24.md 3.1). */
export const itemSelect = (world: World, typeId: number): readonly string[] => [
  'id',
  'title',
  'assignedById',
  'stageId',
  'categoryId',
  'contactId',
  'companyId',
  'contactIds',
  'closedate',
  'createdTime',
  'createdBy',
  'updatedTime',
  'updatedBy',
  'movedTime',
  'sourceId',
  'comments',
  ...[markerFor(world, typeId) ?? []].flat(),
]

/** Always named: what comes without changes from release to release (bitrix24.md 3.5). */
export const taskSelect: readonly string[] = [
  'ID',
  'TITLE',
  'DESCRIPTION',
  'STATUS',
  'PRIORITY',
  'RESPONSIBLE_ID',
  'CREATED_BY',
  'CHANGED_BY',
  'GROUP_ID',
  'DEADLINE',
  'CREATED_DATE',
  'CHANGED_DATE',
  'CLOSED_DATE',
]

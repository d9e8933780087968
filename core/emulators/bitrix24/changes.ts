import { isDeepStrictEqual } from 'node:util'
import { idsIn, numberIn, textIn } from './item-values.ts'
import { RestError } from './rest-error.ts'
import {
  type Author,
  company,
  contact,
  deal,
  type Item,
  lead,
  type Status,
  type Write,
} from './rows.ts'
import { valueOf, type Value, type Values } from './values.ts'
import type { World } from './world.ts'

const eventNames = new Map([
  [lead, 'LEAD'],
  [deal, 'DEAL'],
  [contact, 'CONTACT'],
  [company, 'COMPANY'],
])

/** A new item; an empty responsible becomes its author (bitrix24.md 4.9). */
export function addItem(world: World, entityTypeId: number, fields: Values, author: Author): Item {
  const table = world.items(entityTypeId)
  if (!table) throw new RestError(400, 'NOT_FOUND', 'Smart process not found')
  const at = world.time.second()
  const id = table.nextId()
  const values = { assignedById: author.userId, ...withoutNull(fields) }
  const late = world.hasLateUpdatedTime ? { updatedTime: at + 1000 } : {}
  const draft = { id, entityTypeId, values: { ...values, ...late } }
  const item = newItem(world, draft, { at, userId: author.userId })
  table.put(item, world.time.now())
  record(world, { author, what: 'item', entityTypeId, id, fields, isChanged: true })
  if (item.values['stageId']) noteStage(world, item, 1, at)
  tell(world, item, 'ADD')
  for (const watch of world.watchers) watch(item, author)
  return item
}

/** Fills in what the portal decides: stage, times, authors, links. */
export function newItem(
  world: World,
  draft: Item,
  { at, userId }: { readonly at: number; readonly userId: number },
): Item {
  const { entityTypeId, values } = draft
  const isStaged = entityTypeId !== contact && entityTypeId !== company
  const [firstStage] = isStaged ? world.stagesOf(entityTypeId, numberIn(values['categoryId'])) : []
  const stage = isStaged
    ? (world.stage(entityTypeId, textIn(values['stageId'])) ?? firstStage)
    : undefined
  const made: Record<string, Value> = {
    createdTime: at,
    updatedTime: at,
    createdBy: userId,
    updatedBy: userId,
    lastActivityBy: userId,
    lastActivityTime: at,
    ...values,
    ...linked(values, {}),
  }
  if (stage) Object.assign(made, staged(entityTypeId, stage), { movedBy: userId, movedTime: at })
  return { ...draft, values: made }
}

/**
 * Changes an item; when nothing is really different nothing is saved: no new time, no event
 * (bitrix24.md 3.1).
 */
export function changeItem(world: World, item: Item, fields: Values, author: Author): Item {
  const { entityTypeId, id } = item
  const at = world.time.second()
  const next = { ...fields, ...linked(fields, item.values), ...restaged(world, item, fields) }
  const changed = Object.entries(next).filter(
    ([name, value]) => !isDeepStrictEqual(value, item.values[name] ?? initialOf(world, item, name)),
  )
  const isChanged = changed.length > 0
  record(world, { author, what: 'item', entityTypeId, id, fields, isChanged })
  if (!isChanged && world.skipsIdleSaves) return item
  const isMoved = changed.some(([name]) => name === 'stageId')
  const values: Values = {
    ...item.values,
    ...Object.fromEntries(changed),
    ...(isMoved ? { movedBy: author.userId, movedTime: at } : {}),
    updatedTime: at,
    updatedBy: author.userId,
  }
  const after = { ...item, values }
  world.items(entityTypeId)?.put(after, world.time.now())
  const isOtherFunnel = changed.some(([name]) => name === 'categoryId')
  if (isMoved) noteStage(world, after, stageMoveType(after, isOtherFunnel), at)
  // A move to another funnel is told by an event of its own, and by it alone (bitrix24.md 3.7).
  tell(world, after, isOtherFunnel && entityTypeId === deal ? 'MOVETOCATEGORY' : 'UPDATE')
  for (const watch of world.watchers) watch(after, author)
  return after
}

export function removeItem(world: World, item: Item, author: Author): void {
  world.items(item.entityTypeId)?.remove(item.id, world.time.now())
  const { entityTypeId, id } = item
  record(world, { author, what: 'item', entityTypeId, id, fields: {}, isChanged: true })
  tell(world, item, 'DELETE')
}

export function record(
  world: World,
  { author, ...write }: { readonly author: Author } & Omit<Write, 'at' | 'by' | 'via' | 'method'>,
): void {
  const { userId, via, method } = author
  world.writes.push({ at: world.time.clock.now(), by: userId, via, method, ...write })
}

const withoutNull = (fields: Values): Values =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

function initialOf(world: World, item: Item, name: string): Value {
  return world.specs(item.entityTypeId).find(spec => spec.name === name)?.initial ?? null
}

/** The first of the contacts is the contact. */
function linked(fields: Values, before: Values): Values {
  if ('contactIds' in fields) {
    const contactIds = idsIn(fields['contactIds'])
    return { contactIds: valueOf(contactIds), contactId: contactIds[0] ?? 0 }
  }
  const contactId = numberIn(fields['contactId'])
  if (!('contactId' in fields)) return {}
  const others = idsIn(before['contactIds']).filter(id => id !== contactId)
  return { contactId, contactIds: contactId === 0 ? [] : [contactId, ...others] }
}

function staged(entityTypeId: number, stage: Status): Values {
  const semantics = stage.semantics ?? 'P'
  const isClosed = semantics === 'P' ? 'N' : 'Y'
  return {
    stageId: stage.statusId,
    stageSemanticId: semantics,
    ...(entityTypeId === deal ? { closed: isClosed, isNew: stage.sort === 10 ? 'Y' : 'N' } : {}),
  }
}

function restaged(world: World, item: Item, fields: Values): Values {
  const { entityTypeId } = item
  if (!('stageId' in fields) && !('categoryId' in fields)) return {}
  const categoryId = numberIn(fields['categoryId'] ?? item.values['categoryId'])
  const stages = world.stagesOf(entityTypeId, categoryId)
  const isMovedAway = categoryId !== numberIn(item.values['categoryId'])
  const wanted = textIn(fields['stageId'])
  const stage =
    wanted === '' && isMovedAway ? stages[0] : stages.find(each => each.statusId === wanted)
  if (!stage && wanted === '' && !isMovedAway) return {}
  if (!stage)
    throw new RestError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value of field "stageId"')
  return { ...(entityTypeId === lead ? {} : { categoryId }), ...staged(entityTypeId, stage) }
}

function stageMoveType(item: Item, isOtherFunnel: boolean): number {
  if (isOtherFunnel) return 5
  return item.values['stageSemanticId'] === 'P' ? 2 : 3
}

function noteStage(world: World, item: Item, typeId: number, at: number): void {
  world.stageMoves.put(
    {
      id: world.stageMoves.nextId(),
      entityTypeId: item.entityTypeId,
      typeId,
      ownerId: item.id,
      at,
      categoryId: numberIn(item.values['categoryId']),
      semantics: textIn(item.values['stageSemanticId']),
      stageId: textIn(item.values['stageId']),
    },
    at,
  )
}

function tell(
  world: World,
  item: Item,
  what: 'ADD' | 'UPDATE' | 'DELETE' | 'MOVETOCATEGORY',
): void {
  const at = world.time.second()
  const name = eventNames.get(item.entityTypeId)
  const { id, entityTypeId, values } = item
  if (name !== undefined) {
    const moved = what === 'MOVETOCATEGORY'
    const extra = moved ? { CATEGORY_ID: values['categoryId'], STAGE_ID: values['stageId'] } : {}
    world.events.tell(`ONCRM${name}${what}`, { FIELDS: { ID: id, ...extra } }, at, world.connector)
    return
  }
  const data = { FIELDS: { ID: id, ENTITY_TYPE_ID: entityTypeId } }
  world.events.tell(`ONCRMDYNAMICITEM${what}`, data, at, world.connector)
  world.events.tell(`ONCRMDYNAMICITEM${what}_${entityTypeId}`, data, at, world.connector)
}

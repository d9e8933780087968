import { type Answer, authorOf, type Call, mayTouch, type Methods, viewOf } from '../call.ts'
import { record } from '../changes.ts'
import type { Rules } from '../filter.ts'
import { pageOf } from '../paging.ts'
import { accessDenied, classicError, missing, RestError } from '../rest-error.ts'
import { type Activity, contact, deal, type Item, lead } from '../rows.ts'
import {
  idsOf,
  intOf,
  isRecord,
  isYes,
  listOf,
  paramOf,
  recordOf,
  textOf,
  type Values,
} from '../values.ts'

const ownerOf = (call: Call, row: Activity): Item | undefined =>
  call.world.items(row.ownerTypeId)?.one(row.ownerId)

const isReadable = (call: Call, row: Activity): boolean => {
  const owner = ownerOf(call, row)
  return row.responsibleId === call.actor.userId || (owner !== undefined && mayTouch(call, owner))
}

const rules = (call: Call): Rules<Activity> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'OWNER_ID') return { as: 'number', read: row => row.ownerId }
    if (name === 'OWNER_TYPE_ID') return { as: 'number', read: row => row.ownerTypeId }
    if (name === 'RESPONSIBLE_ID') return { as: 'number', read: row => row.responsibleId }
    if (name === 'TYPE_ID') return { as: 'number', read: row => row.typeId }
    if (name === 'PROVIDER_ID') return { as: 'text', read: row => row.providerId }
    if (name === 'COMPLETED') return { as: 'flag', read: row => (row.isCompleted ? 'Y' : 'N') }
    if (name === 'CREATED') return { as: 'moment', read: row => row.createdAt }
    if (name === 'LAST_UPDATED') return { as: 'moment', read: row => row.updatedAt }
    return name === 'DEADLINE' ? { as: 'moment', read: row => row.deadline } : null
  },
})

function shown(call: Call, row: Activity): Record<string, unknown> {
  const { time } = call.world
  return {
    ID: String(row.id),
    OWNER_ID: String(row.ownerId),
    OWNER_TYPE_ID: String(row.ownerTypeId),
    TYPE_ID: String(row.typeId),
    PROVIDER_ID: row.providerId,
    PROVIDER_TYPE_ID: row.providerTypeId,
    SUBJECT: row.subject,
    CREATED: time.iso(row.createdAt),
    LAST_UPDATED: time.iso(row.updatedAt),
    START_TIME: time.iso(row.createdAt),
    END_TIME: time.iso(row.deadline ?? row.createdAt),
    DEADLINE: row.deadline === null ? '' : time.iso(row.deadline),
    COMPLETED: row.isCompleted ? 'Y' : 'N',
    STATUS: row.isCompleted ? '2' : '1',
    RESPONSIBLE_ID: String(row.responsibleId),
    PRIORITY: '2',
    DIRECTION: String(row.direction),
    DESCRIPTION: row.description,
    DESCRIPTION_TYPE: '1',
    SETTINGS: [],
    AUTHOR_ID: String(row.authorId),
    EDITOR_ID: String(row.authorId),
  }
}

function list(call: Call): Answer {
  const { BINDINGS: raw, ...filter } = recordOf(paramOf(call.params, 'filter'))
  const bindings = new Set(
    listOf(raw)
      .filter(isRecord)
      .map(each => `${textOf(each['OWNER_TYPE_ID'])} ${textOf(each['OWNER_ID'])}`),
  )
  const page = pageOf({
    view: viewOf(call, call.world.activities),
    params: { ...call.params, filter, FILTER: filter },
    rules: rules(call),
    isReadable: row =>
      isReadable(call, row) &&
      (raw === undefined || bindings.has(`${row.ownerTypeId} ${row.ownerId}`)),
  })
  const result = page.rows.map(row => shown(call, row))
  return { result, total: page.total ?? 0, next: page.next }
}

function activityOf(call: Call): Activity {
  const id = intOf(paramOf(call.params, 'id'))
  const row = id === null ? undefined : call.world.activities.one(id)
  if (!row) throw classicError('Activity is not found.')
  if (!isReadable(call, row)) throw classicError('Access denied.')
  return row
}

function put(call: Call, row: Activity, fields: Values): void {
  call.world.activities.put(row, call.world.time.second())
  record(call.world, {
    author: authorOf(call),
    what: 'activity',
    entityTypeId: row.ownerTypeId,
    id: row.id,
    fields,
    isChanged: true,
  })
  call.world.events.tell('ONCRMACTIVITYUPDATE', { FIELDS: { ID: row.id } }, row.updatedAt)
}

function update(call: Call): Answer {
  const row = activityOf(call)
  const fields = recordOf(paramOf(call.params, 'fields'))
  const responsibleId = intOf(fields['RESPONSIBLE_ID']) ?? row.responsibleId
  const isCompleted =
    fields['COMPLETED'] === undefined ? row.isCompleted : isYes(fields['COMPLETED'])
  const subject = textOf(fields['SUBJECT']) || row.subject
  const updatedAt = call.world.time.second()
  put(call, { ...row, responsibleId, isCompleted, subject, updatedAt }, { responsibleId })
  return { result: true }
}

/** `{ownerTypeId, ownerId, deadline, title?, description?, responsibleId?}` (bitrix24.md 3.2). */
function addTodo(call: Call): Answer {
  const [ownerTypeId, ownerId] = idsOf([call.params['ownerTypeId'], call.params['ownerId']])
  if (ownerTypeId === undefined || ownerId === undefined) throw missing('ownerId')
  const deadline = call.world.time.parse(textOf(call.params['deadline']))
  if (deadline === null) throw missing('deadline')
  const owner = call.world.items(ownerTypeId)?.one(ownerId)
  if (!owner) throw new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found')
  if (!mayTouch(call, owner)) throw accessDenied()
  const at = call.world.time.second()
  const row: Activity = {
    id: call.world.activities.nextId(),
    ownerTypeId,
    ownerId,
    typeId: 6,
    providerId: 'CRM_TODO',
    providerTypeId: 'TODO',
    subject: textOf(call.params['title']),
    description: textOf(call.params['description']),
    responsibleId: intOf(call.params['responsibleId']) ?? call.actor.userId,
    authorId: call.actor.userId,
    isCompleted: false,
    direction: 0,
    createdAt: at,
    updatedAt: at,
    deadline,
  }
  put(call, row, { subject: row.subject, responsibleId: row.responsibleId })
  return { result: { id: row.id } }
}

function giveTodo(call: Call): Answer {
  const row = activityOf(call)
  if (row.isCompleted)
    throw new RestError(
      400,
      'CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO',
      'Cannot change the responsible person of a completed activity',
    )
  const responsibleId = intOf(call.params['responsibleId'])
  if (responsibleId === null) throw missing('responsibleId')
  put(call, { ...row, responsibleId, updatedAt: call.world.time.second() }, { responsibleId })
  return { result: { id: row.id } }
}

const entityNames = new Map([
  ['lead', lead],
  ['deal', deal],
  ['contact', contact],
  ['company', 4],
])
const entityTypeOf = (name: string): number =>
  entityNames.get(name) ?? Number(/^dynamic_(\d+)$/.exec(name)?.[1] ?? 0)

function commented(call: Call, entityType: string, entityId: number): void {
  const owner = call.world.items(entityTypeOf(entityType))?.one(entityId)
  if (!owner) throw new RestError(400, 'OWNER_NOT_FOUND', 'Owner was not found')
  if (!mayTouch(call, owner)) throw accessDenied()
}

/** Not idempotent: each call makes one more comment (bitrix24.md 3.2). */
function addComment(call: Call): Answer {
  // Only lower case is understood here.
  const fields = call.params['fields']
  if (!isRecord(fields)) throw missing('fields')
  const entityType = textOf(fields['ENTITY_TYPE']).toLowerCase()
  const entityId = intOf(fields['ENTITY_ID']) ?? 0
  const text = textOf(fields['COMMENT'])
  if (text === '') throw new RestError(400, 'INVALID_ARG_VALUE', 'Empty comment message')
  commented(call, entityType, entityId)
  const at = call.world.time.second()
  const id = call.world.comments.nextId()
  call.world.comments.put({ id, entityType, entityId, authorId: call.actor.userId, text, at }, at)
  record(call.world, {
    author: authorOf(call),
    what: 'comment',
    entityTypeId: entityTypeOf(entityType),
    id,
    fields: { entityId, text },
    isChanged: true,
  })
  return { result: id }
}

function listComments(call: Call): Answer {
  const filter = recordOf(paramOf(call.params, 'filter'))
  const entityType = textOf(filter['ENTITY_TYPE']).toLowerCase()
  const entityId = intOf(filter['ENTITY_ID'])
  if (entityType === '' || entityId === null) throw missing('filter')
  commented(call, entityType, entityId)
  const page = pageOf({
    view: viewOf(call, call.world.comments),
    params: { ...call.params, filter: {}, FILTER: {}, order: { ID: 'ASC' } },
    rules: {
      time: call.world.time,
      isStrict: false,
      column: name => (name === 'ID' ? { as: 'number', isId: true, read: row => row.id } : null),
    },
    isReadable: row => row.entityType === entityType && row.entityId === entityId,
  })
  const result = page.rows.map(row => ({
    ID: String(row.id),
    ENTITY_ID: String(row.entityId),
    ENTITY_TYPE: row.entityType,
    CREATED: call.world.time.iso(row.at),
    COMMENT: row.text,
    AUTHOR_ID: String(row.authorId),
    FILES: [],
  }))
  return { result, total: page.total ?? 0, next: page.next }
}

/** Activities, to-dos and comments of the timeline (bitrix24.md 3.2). */
export const crmActivity: Methods = {
  'crm.activity.list': { scope: 'crm', run: list },
  'crm.activity.get': { scope: 'crm', run: call => ({ result: shown(call, activityOf(call)) }) },
  'crm.activity.update': { scope: 'crm', isWrite: true, run: update },
  'crm.activity.todo.add': { scope: 'crm', isWrite: true, run: addTodo },
  'crm.activity.todo.updateresponsibleuser': { scope: 'crm', isWrite: true, run: giveTodo },
  'crm.timeline.comment.add': { scope: 'crm', isWrite: true, run: addComment },
  'crm.timeline.comment.list': { scope: 'crm', run: listComments },
}

import { type Answer, type Call, callerOf, mayTouch, type Methods, viewOf } from '../call.ts'
import type { Rules } from '../filter.ts'
import { pageOf } from '../paging.ts'
import { accessDenied, missing, RestError } from '../rest-error.ts'
import { deal, lead, type StageMove, type Status } from '../rows.ts'
import { intOf, paramOf, textOf } from '../values.ts'

function types(call: Call): Answer {
  if (!callerOf(call).isAdmin) throw accessDenied()
  const rows = call.world.types.all().map(({ id, entityTypeId, title }) => ({
    id,
    title,
    code: '',
    entityTypeId,
    isCategoriesEnabled: 'Y',
    isStagesEnabled: 'Y',
    isClientEnabled: 'Y',
    isObserversEnabled: 'Y',
    isRecyclebinEnabled: 'Y',
    isAutomationEnabled: 'Y',
    isLinkWithProductsEnabled: 'Y',
  }))
  return { result: { types: rows }, total: rows.length }
}

function categories(call: Call): Answer {
  const entityTypeId = intOf(call.params['entityTypeId'])
  if (entityTypeId === null) throw missing('entityTypeId')
  const isKnown = entityTypeId === deal || entityTypeId >= 128
  if (entityTypeId === lead || !isKnown || !call.world.items(entityTypeId))
    throw new RestError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
  const rows = call.world.categories
    .filter(category => category.entityTypeId === entityTypeId)
    .map(({ id, name, sort, isDefault }) => ({
      id,
      name,
      sort,
      entityTypeId,
      isDefault: isDefault ? 'Y' : 'N',
      originId: '',
      originatorId: '',
    }))
  return { result: { categories: rows }, total: rows.length }
}

const extraSemantics = { P: 'process', S: 'success', F: 'failure' } as const

const shownStatus = (status: Status) => ({
  ID: String(status.id),
  ENTITY_ID: status.entityId,
  STATUS_ID: status.statusId,
  NAME: status.name,
  NAME_INIT: '',
  SORT: String(status.sort),
  SYSTEM: status.sort === 10 ? 'Y' : 'N',
  CATEGORY_ID: status.categoryId === null ? null : String(status.categoryId),
  COLOR: status.color,
  // Null is «in progress» (bitrix24.md 3.1).
  SEMANTICS: status.semantics === 'P' ? null : status.semantics,
  EXTRA: { SEMANTICS: extraSemantics[status.semantics ?? 'P'], COLOR: status.color },
})

const statusRules = (call: Call): Rules<Status> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'ENTITY_ID') return { as: 'text', read: row => row.entityId }
    if (name === 'STATUS_ID') return { as: 'text', read: row => row.statusId }
    if (name === 'SORT') return { as: 'number', read: row => row.sort }
    return name === 'CATEGORY_ID' ? { as: 'number', read: row => row.categoryId } : null
  },
})

/** The whole list at once, as a directory is (bitrix24.md 3.1). */
function statuses(call: Call): Answer {
  const { statuses: table } = call.world
  const rows: Status[] = []
  for (let start = 0, total = 1; start < total; start += 50) {
    const page = pageOf({
      view: table,
      params: { ...call.params, start },
      rules: statusRules(call),
      isReadable: () => true,
    })
    rows.push(...page.rows)
    total = page.total ?? 0
  }
  return { result: rows.map(shownStatus), total: rows.length }
}

function statusItems(call: Call): Answer {
  const entityId = textOf(paramOf(call.params, 'entityId'))
  const rows = call.world.statuses
    .all()
    .filter(status => status.entityId === entityId)
    .map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId }))
  return { result: rows }
}

const historyRules = (call: Call, entityTypeId: number): Rules<StageMove> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'OWNER_ID') return { as: 'number', read: row => row.ownerId }
    if (name === 'TYPE_ID') return { as: 'number', read: row => row.typeId }
    if (name === 'CATEGORY_ID') return { as: 'number', read: row => row.categoryId }
    if (name === 'CREATED_TIME') return { as: 'moment', read: row => row.at }
    const stage = entityTypeId === lead ? 'STATUS_ID' : 'STAGE_ID'
    return name === stage ? { as: 'text', read: row => row.stageId } : null
  },
})

/** Stages only: nobody keeps a history of responsibles in CRM (bitrix24.md 3.1). */
function stageHistory(call: Call): Answer {
  const entityTypeId = intOf(call.params['entityTypeId'])
  if (entityTypeId === null) throw missing('entityTypeId')
  const page = pageOf({
    view: viewOf(call, call.world.stageMoves),
    params: call.params,
    rules: historyRules(call, entityTypeId),
    isReadable(row) {
      const item = call.world.items(entityTypeId)?.one(row.ownerId)
      return row.entityTypeId === entityTypeId && item !== undefined && mayTouch(call, item)
    },
  })
  const idOf = (id: number) => (call.quirks.historyIds === 'text' ? String(id) : id)
  const items = page.rows.map(row => ({
    ID: idOf(row.id),
    TYPE_ID: idOf(row.typeId),
    OWNER_ID: idOf(row.ownerId),
    CREATED_TIME: call.world.time.iso(row.at),
    ...(entityTypeId === lead
      ? { STATUS_SEMANTIC_ID: row.semantics, STATUS_ID: row.stageId }
      : {
          CATEGORY_ID: idOf(row.categoryId),
          STAGE_SEMANTIC_ID: row.semantics,
          STAGE_ID: row.stageId,
        }),
  }))
  return { result: { items }, total: page.total, next: page.next }
}

/** Types, funnels, directories, the history of stages (bitrix24.md 3.1). */
export const crmReference: Methods = {
  'crm.type.list': { scope: 'crm', run: types },
  'crm.category.list': { scope: 'crm', run: categories },
  'crm.status.list': { scope: 'crm', run: statuses },
  'crm.status.entity.items': { scope: 'crm', run: statusItems },
  'crm.stagehistory.list': { scope: 'crm', run: stageHistory },
}

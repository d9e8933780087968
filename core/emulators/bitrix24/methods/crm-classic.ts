import {
  type Answer,
  authorOf,
  type Call,
  mayTouch,
  type Method,
  type Methods,
  viewOf,
} from '../call.ts'
import { addItem, changeItem, removeItem } from '../changes.ts'
import { writable } from '../coerce.ts'
import type { FieldSpec } from '../fields.ts'
import { idsIn } from '../item-values.ts'
import { pageOf } from '../paging.ts'
import { renderClassic } from '../render-item.ts'
import { classicError } from '../rest-error.ts'
import { company, contact, deal, type Item, lead } from '../rows.ts'
import { intOf, isRecord, listOf, type Params, paramOf, recordOf, textOf } from '../values.ts'
import { itemRules } from './crm-item.ts'

const upper = (spec: FieldSpec) => spec.upper

function itemOf(call: Call, entityTypeId: number): Item {
  const id = intOf(paramOf(call.params, 'id'))
  if (id === null || id <= 0) throw classicError('ID is not defined or invalid.')
  const item = call.world.items(entityTypeId)?.one(id)
  const what = entityTypeId === contact ? 'Contact is not found' : 'Not found'
  if (!item) throw classicError(what)
  if (!mayTouch(call, item)) throw classicError('Access denied')
  return item
}

function fieldsOf(call: Call): Params {
  const raw = paramOf(call.params, 'fields')
  if (!isRecord(raw) && !Array.isArray(raw)) throw classicError("Parameter 'fields' must be array")
  return recordOf(raw)
}

function list(call: Call, entityTypeId: number): Answer {
  const table = call.world.items(entityTypeId)
  if (!table) throw classicError('Failed to get list. General error.')
  const selected = listOf(paramOf(call.params, 'select')).map(textOf)
  const names = new Set(selected.length === 0 ? ['*'] : [...selected, 'ID'])
  const page = pageOf({
    view: viewOf(call, table),
    params: call.params,
    rules: itemRules(call.world, entityTypeId, { nameOf: upper, isStrict: false }),
    isReadable: item => mayTouch(call, item),
  })
  const result = page.rows.map(item => renderClassic(call.world, item, names))
  return { result, total: page.total ?? 0, next: page.next }
}

function update(call: Call, entityTypeId: number): Answer {
  const item = itemOf(call, entityTypeId)
  const fields = writable(call.world, entityTypeId, fieldsOf(call), spec => [spec.upper])
  changeItem(call.world, item, fields, authorOf(call))
  return { result: true }
}

function add(call: Call, entityTypeId: number): Answer {
  const fields = writable(call.world, entityTypeId, fieldsOf(call), spec => [spec.upper])
  return { result: addItem(call.world, entityTypeId, fields, authorOf(call)).id }
}

function remove(call: Call, entityTypeId: number): Answer {
  removeItem(call.world, itemOf(call, entityTypeId), authorOf(call))
  return { result: true }
}

function entityMethods(name: string, entityTypeId: number): readonly (readonly [string, Method])[] {
  const shown = (call: Call): Answer => {
    const item = itemOf(call, entityTypeId)
    return { result: renderClassic(call.world, item, null) }
  }
  return [
    [`crm.${name}.list`, { scope: 'crm', run: call => list(call, entityTypeId) }],
    [`crm.${name}.get`, { scope: 'crm', run: shown }],
    [
      `crm.${name}.update`,
      { scope: 'crm', isWrite: true, run: call => update(call, entityTypeId) },
    ],
    [`crm.${name}.add`, { scope: 'crm', isWrite: true, run: call => add(call, entityTypeId) }],
    [
      `crm.${name}.delete`,
      { scope: 'crm', isWrite: true, run: call => remove(call, entityTypeId) },
    ],
  ]
}

/** `crm.deal.contact.items.get`: who is linked, the first one as primary (bitrix24.md 3.2). */
function contactsOf(call: Call, entityTypeId: number): Answer {
  const item = itemOf(call, entityTypeId)
  const rows = idsIn(item.values['contactIds']).map((contactId, index) => ({
    CONTACT_ID: contactId,
    SORT: (index + 1) * 10,
    ROLE_ID: 0,
    IS_PRIMARY: index === 0 ? 'Y' : 'N',
  }))
  return { result: rows }
}

/** `crm.duplicate.findbycomm` (bitrix24.md 3.2). */
function findByCommunication(call: Call): Answer {
  const values = new Set(listOf(paramOf(call.params, 'values')).map(textOf))
  const type = textOf(paramOf(call.params, 'type'))
  const found = [
    ['LEAD', lead],
    ['CONTACT', contact],
    ['COMPANY', company],
  ] as const
  const hits = found.flatMap(([name, entityTypeId]) => {
    const rows = call.world.items(entityTypeId)?.all() ?? []
    const ids = rows.filter(item => hasCommunication(item, type, values)).map(item => item.id)
    return ids.length > 0 ? [[name, ids.slice(0, 20)] as const] : []
  })
  return { result: hits.length > 0 ? Object.fromEntries(hits) : [] }
}

const hasCommunication = (item: Item, type: string, values: ReadonlySet<string>): boolean =>
  listOf(item.values['fm'])
    .filter(isRecord)
    .some(each => each['typeId'] === type && values.has(textOf(each['value'])))

/** crm.deal.*, crm.lead.*, crm.contact.*, crm.company.* (bitrix24.md 3.2). */
export const crmClassic: Methods = {
  ...Object.fromEntries([
    ...entityMethods('lead', lead),
    ...entityMethods('deal', deal),
    ...entityMethods('contact', contact),
    ...entityMethods('company', company),
  ]),
  'crm.deal.contact.items.get': { scope: 'crm', run: call => contactsOf(call, deal) },
  'crm.lead.contact.items.get': { scope: 'crm', run: call => contactsOf(call, lead) },
  'crm.duplicate.findbycomm': { scope: 'crm', run: findByCommunication },
}

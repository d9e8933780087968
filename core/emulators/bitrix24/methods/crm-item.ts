import { type Answer, authorOf, type Call, mayTouch, type Methods, viewOf } from '../call.ts'
import { addItem, changeItem, removeItem } from '../changes.ts'
import { writable } from '../coerce.ts'
import type { FieldSpec } from '../fields.ts'
import type { Column, Rules } from '../filter.ts'
import { pageOf } from '../paging.ts'
import { itemName, renderItem, type Selection } from '../render-item.ts'
import { accessDenied, mismatched, missing, RestError } from '../rest-error.ts'
import type { Item } from '../rows.ts'
import type { Table } from '../table.ts'
import { intOf, isRecord, isYes, listOf, type Params, recordOf, textOf } from '../values.ts'
import type { World } from '../world.ts'

/** A parameter that must be a whole number: the binder answers with code 100 (bitrix24.md 11.4). */
function wholeNumber(call: Call, name: string): number {
  const raw = call.params[name]
  if (raw === undefined || raw === null) throw missing(name)
  const number = intOf(raw)
  if (number === null) throw mismatched(name, 'int')
  return number
}

function fieldsOf(call: Call): Params {
  const raw = call.params['fields']
  if (raw === undefined || raw === null) throw missing('fields')
  if (!isRecord(raw) && !Array.isArray(raw)) throw mismatched('fields', 'array')
  return recordOf(raw)
}

function tableOf(call: Call): { readonly entityTypeId: number; readonly table: Table<Item> } {
  const entityTypeId = wholeNumber(call, 'entityTypeId')
  const table = call.world.items(entityTypeId)
  if (!table) throw new RestError(400, 'NOT_FOUND', 'Smart process not found')
  if (call.world.people.one(call.actor.userId)?.kind === 'extranet')
    throw new RestError(403, 'allowed_only_intranet_user', 'Extranet user is not allowed')
  return { entityTypeId, table }
}

function itemOf(call: Call, isStale = false): Item {
  const { table } = tableOf(call)
  const id = wholeNumber(call, 'id')
  const item = isStale ? viewOf(call, table).one(id) : table.one(id)
  if (!item) throw new RestError(400, 'NOT_FOUND', 'Element not found')
  if (!mayTouch(call, item)) throw accessDenied()
  return item
}

const isOriginal = (call: Call): boolean => isYes(call.params['useOriginalUfNames'])

function selectionOf(call: Call): Selection {
  const names = listOf(call.params['select']).map(textOf)
  const isWhole = names.length === 0 || names.includes('*')
  return { names: isWhole ? null : new Set(names), isOriginal: isOriginal(call) }
}

/** Fields of an entity as a filter names them. */
export function itemRules(
  world: World,
  entityTypeId: number,
  { nameOf, isStrict }: { nameOf(spec: FieldSpec): string; readonly isStrict: boolean },
): Rules<Item> {
  const specs = new Map(world.specs(entityTypeId).map(spec => [nameOf(spec), spec]))
  return {
    time: world.time,
    isStrict,
    column(name) {
      const spec = specs.get(name)
      if (spec) return columnOf(spec)
      return /^(parentId|PARENT_ID_)\d+$/.test(name)
        ? {
            as: 'number',
            read: item => item.values[name.replace('PARENT_ID_', 'parentId')] ?? null,
          }
        : null
    },
  }
}

function columnOf(spec: FieldSpec): Column<Item> {
  const read = (item: Item) => item.values[spec.name] ?? spec.initial
  if (spec.name === 'id') return { as: 'number', isId: true, read: item => item.id }
  if (spec.type === 'integer' || spec.type === 'user' || spec.type === 'double')
    return { as: 'number', read }
  if (spec.type === 'datetime' || spec.type === 'date') return { as: 'moment', read }
  if (spec.isCustom && spec.type === 'char') return { as: 'flag', read }
  return { as: 'text', read }
}

function list(call: Call): Answer {
  const { entityTypeId, table } = tableOf(call)
  const original = isOriginal(call)
  const page = pageOf({
    view: viewOf(call, table),
    params: call.params,
    rules: itemRules(call.world, entityTypeId, {
      nameOf: spec => itemName(spec, original),
      isStrict: true,
    }),
    isReadable: item => mayTouch(call, item),
  })
  const selection = selectionOf(call)
  const items = page.rows.map(item => renderItem(call.world, item, selection))
  const zero = call.quirks.fastTotal === 'zero' ? 0 : undefined
  return { result: { items }, total: page.total ?? zero, next: page.next }
}

function shownItem(call: Call, item: Item): Answer {
  const selection = { names: null, isOriginal: isOriginal(call) }
  return { result: { item: renderItem(call.world, item, selection) } }
}

function update(call: Call): Answer {
  const item = itemOf(call)
  const refused = call.world.refusals.get(`${item.entityTypeId}:${item.id}`)
  if (refused) throw new RestError(refused.status, refused.code, refused.description)
  const original = isOriginal(call)
  const names = (spec: FieldSpec) => [itemName(spec, original)]
  const fields = writable(call.world, item.entityTypeId, fieldsOf(call), names)
  return shownItem(call, changeItem(call.world, item, fields, authorOf(call)))
}

function add(call: Call): Answer {
  const { entityTypeId } = tableOf(call)
  const original = isOriginal(call)
  const names = (spec: FieldSpec) => [itemName(spec, original)]
  const fields = writable(call.world, entityTypeId, fieldsOf(call), names)
  return shownItem(call, addItem(call.world, entityTypeId, fields, authorOf(call)))
}

function described(call: Call): Answer {
  const { entityTypeId } = tableOf(call)
  const original = isOriginal(call)
  const entries = call.world.specs(entityTypeId).map(spec => [
    itemName(spec, original),
    {
      type: spec.type,
      isRequired: false,
      isReadOnly: spec.isReadOnly,
      isImmutable: false,
      isMultiple: spec.isMultiple,
      isDynamic: spec.isCustom,
      title: spec.name,
      upperName: spec.upper,
    },
  ])
  return { result: { fields: Object.fromEntries(entries) } }
}

/** crm.item.* (bitrix24.md 3.1). */
export const crmItem: Methods = {
  'crm.item.list': { scope: 'crm', run: list },
  'crm.item.get': { scope: 'crm', run: call => shownItem(call, itemOf(call, true)) },
  'crm.item.update': { scope: 'crm', isWrite: true, run: update },
  'crm.item.add': { scope: 'crm', isWrite: true, run: add },
  'crm.item.delete': {
    scope: 'crm',
    isWrite: true,
    run(call) {
      removeItem(call.world, itemOf(call), authorOf(call))
      return { result: [] }
    },
  },
  'crm.item.fields': { scope: 'crm', run: described },
}

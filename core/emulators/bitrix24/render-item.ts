import type { FieldSpec } from './fields.ts'
import { contact, deal, type Item, lead } from './rows.ts'
import type { PortalTime } from './time.ts'
import { isRecord, textOf, type Value } from './values.ts'
import type { World } from './world.ts'

export interface Selection {
  /** null: everything. */
  readonly names: ReadonlySet<string> | null
  /** Custom fields under their own names, not in camelCase. */
  readonly isOriginal: boolean
}

export const everything: Selection = { names: null, isOriginal: false }

/** How a field is called in the answers of crm.item.*. */
export const itemName = (spec: FieldSpec, isOriginal: boolean): string =>
  spec.isCustom && isOriginal ? spec.upper : spec.name

/** An item as crm.item.* shows it: camelCase, native types (bitrix24.md 2.5, 3.1). */
export function renderItem(
  world: World,
  item: Item,
  { names, isOriginal }: Selection,
): Record<string, unknown> {
  const hasCustom = names?.has('UF_*') === true || names?.has('ufCrm*') === true
  const shown = world.specs(item.entityTypeId).flatMap(spec => {
    const name = itemName(spec, isOriginal)
    // Phones and e-mails come only with everything (bitrix24.md 3.1).
    if (names !== null && spec.type === 'crm_multifield') return []
    if (names !== null && !names.has(name) && !(hasCustom && spec.isCustom)) return []
    return [[name, shownValue(world.time, spec, cellOf(item, spec))] as const]
  })
  const isWhole = names === null
  return {
    ...Object.fromEntries(shown),
    ...(isWhole ? parentsOf(item) : {}),
    ...(isWhole || names.has('entityTypeId') ? { entityTypeId: item.entityTypeId } : {}),
  }
}

const cellOf = (item: Item, spec: FieldSpec): Value =>
  spec.name === 'id' ? item.id : (item.values[spec.name] ?? spec.initial)

const parentsOf = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item.values).filter(([name]) => name.startsWith('parentId')))

function shownValue(time: PortalTime, spec: FieldSpec, value: Value): unknown {
  return (spec.type === 'datetime' || spec.type === 'date') && typeof value === 'number'
    ? time.iso(value)
    : value
}

/** An item as crm.deal.*, crm.lead.* and crm.contact.* show it: UPPER_CASE, all of it text. */
export function renderClassic(
  world: World,
  item: Item,
  names: ReadonlySet<string> | null,
): Record<string, unknown> {
  const shown = world.specs(item.entityTypeId).flatMap(spec => {
    if (spec.type === 'crm_multifield') return classicContacts(item, names)
    // «*» leaves out custom fields and links (bitrix24.md 3.2).
    if (spec.isMultiple && !spec.isCustom) return []
    const isShown =
      names === null ||
      names.has(spec.upper) ||
      (names.has('*') && !spec.isCustom) ||
      (names.has('UF_*') && spec.isCustom)
    const value = cellOf(item, spec)
    return isShown ? [[spec.upper, classicValue(world.time, spec, value)] as const] : []
  })
  return Object.fromEntries(shown)
}

function classicValue(time: PortalTime, spec: FieldSpec, value: Value): unknown {
  if (spec.type === 'datetime' || spec.type === 'date')
    return typeof value === 'number' ? time.iso(value) : ''
  if (Array.isArray(value)) return value.map(textOf)
  if (spec.type === 'double') return Number(value ?? 0).toFixed(2)
  return value === null ? null : textOf(value)
}

function classicContacts(
  item: Item,
  names: ReadonlySet<string> | null,
): (readonly [string, unknown])[] {
  const fm = item.values['fm']
  const all = Array.isArray(fm) ? fm.filter(isRecord) : []
  return ['PHONE', 'EMAIL', 'IM'].flatMap(type => {
    const rows = all
      .filter(each => each['typeId'] === type)
      .map(each => ({
        ID: textOf(each['id']),
        VALUE_TYPE: textOf(each['valueType']),
        VALUE: textOf(each['value']),
        TYPE_ID: type,
      }))
    const isShown = names === null || names.has(type)
    return isShown && rows.length > 0 ? [[type, rows] as const] : []
  })
}

/** The prefix of an item in bindings of tasks: `D_12`, `T80_6` (bitrix24.md 3.1). */
export function bindingOf(entityTypeId: number, id: number): string {
  const known = new Map([
    [lead, 'L'],
    [deal, 'D'],
    [contact, 'C'],
    [4, 'CO'],
  ])
  return `${known.get(entityTypeId) ?? `T${entityTypeId.toString(16)}`}_${id}`
}

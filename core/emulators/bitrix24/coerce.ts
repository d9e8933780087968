import type { FieldSpec, FieldType } from './fields.ts'
import { RestError } from './rest-error.ts'
import type { PortalTime } from './time.ts'
import {
  intOf,
  isYes,
  listOf,
  type Params,
  textOf,
  type Value,
  valueOf,
  type Values,
} from './values.ts'
import type { World } from './world.ts'

type NameOf = (spec: FieldSpec) => readonly string[]

/** What of the given fields may be written, in the portal's own types; the rest is passed over. */
export function writable(
  world: World,
  entityTypeId: number,
  fields: Params,
  namesOf: NameOf,
): Values {
  const entries = world.specs(entityTypeId).flatMap(spec => {
    const name = namesOf(spec).find(each => each in fields)
    if (spec.isReadOnly || name === undefined) return []
    return [[spec.name, coerced(world, spec, fields[name])] as const]
  })
  return Object.fromEntries(entries)
}

function coerced(world: World, spec: FieldSpec, raw: unknown): Value {
  if (spec.isMultiple)
    return listOf(raw)
      .map(each => (spec.type === 'crm_multifield' ? valueOf(each) : scalar(world, spec, each)))
      .filter(each => each !== null)
  return scalar(world, spec, raw)
}

/** An empty value empties the field (bitrix24.md 3.1). */
function scalar(world: World, spec: FieldSpec, raw: unknown): Value {
  const text = raw === false ? '' : textOf(raw).trim()
  if (text === '') return emptied[spec.type] ?? null
  if (spec.type === 'char') return isYes(raw) ? 'Y' : 'N'
  if (spec.type === 'datetime' || spec.type === 'date') return moment(world.time, spec, text)
  const isNumber = spec.type === 'integer' || spec.type === 'user' || spec.type === 'double'
  return isNumber ? numberOf(spec, text) : text
}

function numberOf(spec: FieldSpec, text: string): number | null {
  const number = spec.type === 'double' ? Number(text) : (intOf(text) ?? Number.NaN)
  if (Number.isNaN(number)) return refuse(spec)
  return number === 0 && spec.type !== 'double' ? null : number
}

const emptied: Readonly<Partial<Record<FieldType, Value>>> = { string: '', char: 'N' }

/** A pure date is midnight of UTC, however it is written (bitrix24.md 4.10). */
function moment(time: PortalTime, spec: FieldSpec, text: string): number {
  const isDate = spec.type === 'date'
  const at = time.parse(isDate ? text.slice(0, 10) : text) ?? refuse(spec)
  return Math.floor(at / 1000) * 1000 + (isDate ? time.offsetMinutes * 60_000 : 0)
}

function refuse(spec: FieldSpec): never {
  throw new RestError(
    400,
    'CRM_FIELD_ERROR_VALUE_NOT_VALID',
    `Invalid value of field "${spec.name}"`,
  )
}

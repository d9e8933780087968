import type { FieldSpec } from './fields.ts'
import { RestError } from './rest-error.ts'
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
  const text = textOf(raw).trim()
  if (text === '' || raw === false)
    return spec.type === 'string' ? '' : spec.type === 'char' ? 'N' : null
  switch (spec.type) {
    case 'integer':
    case 'user':
      return intOf(text) === 0 ? null : (intOf(text) ?? refuse(spec))
    case 'double':
      return Number.isNaN(Number(text)) ? refuse(spec) : Number(text)
    case 'char':
      return isYes(raw) ? 'Y' : 'N'
    case 'datetime':
      return moment(world, spec, text)
    case 'date': {
      // A pure date is midnight of UTC, however it is written (bitrix24.md 4.10).
      const at = world.time.parse(text.slice(0, 10)) ?? refuse(spec)
      return at + world.time.offsetMinutes * 60_000
    }
    default:
      return text
  }
}

function moment(world: World, spec: FieldSpec, text: string): number {
  const at = world.time.parse(text) ?? refuse(spec)
  return Math.floor(at / 1000) * 1000
}

function refuse(spec: FieldSpec): never {
  throw new RestError(
    400,
    'CRM_FIELD_ERROR_VALUE_NOT_VALID',
    `Invalid value of field "${spec.name}"`,
  )
}

/** Values that fit a JSON Schema, values that do not, and a check of its own that tells them apart. */
import * as fc from 'fast-check'

/** The part of JSON Schema that zod writes for our contract. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const within = (size: number, least = 0, most = Infinity) => least <= size && size <= most

type Type = NonNullable<JsonSchema['type']>

function typeOf(schema: JsonSchema): Type {
  if (!schema.type) throw new Error(`a schema this file does not know: ${JSON.stringify(schema)}`)
  return schema.type
}

/** Does the value fit? Written apart from zod, so that the two can disagree. */
export function fitsSchema(schema: JsonSchema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.some(choice => fitsSchema(choice, value))
  if ('const' in schema) return value === schema.const
  if (schema.enum) return schema.enum.includes(value)
  return fitsType[typeOf(schema)](schema, value)
}

const fitsType: Readonly<Record<Type, (schema: JsonSchema, value: unknown) => boolean>> = {
  object: (schema, value) => isRecord(value) && fitsObject(schema, value),
  array: ({ items = {}, minItems, maxItems }, value) =>
    Array.isArray(value) &&
    within(value.length, minItems, maxItems) &&
    value.every(item => fitsSchema(items, item)),
  string: (schema, value) => typeof value === 'string' && fitsString(schema, value),
  number: ({ minimum = -Infinity, maximum }, value) =>
    typeof value === 'number' && Number.isFinite(value) && within(value, minimum, maximum),
  integer: (schema, value) => Number.isSafeInteger(value) && fitsType.number(schema, value),
  boolean: (_schema, value) => typeof value === 'boolean',
  null: (_schema, value) => value === null,
}

function fitsObject(schema: JsonSchema, value: Record<string, unknown>): boolean {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema
  if (required.some(name => !Object.hasOwn(value, name))) return false
  return Object.entries(value).every(([name, inner]) => {
    if (Object.hasOwn(properties, name)) {
      const isLeftOut = inner === undefined && !required.includes(name)
      return isLeftOut || fitsSchema(properties[name] ?? {}, inner)
    }
    // Zod leaves an own `__proto__` of a record out instead of refusing it.
    if (name === '__proto__' && typeof additionalProperties === 'object') return true
    if (propertyNames && !fitsSchema(propertyNames, name)) return false
    if (typeof additionalProperties === 'boolean') return additionalProperties
    return fitsSchema(additionalProperties, inner)
  })
}

const fitsString = ({ pattern, minLength, maxLength }: JsonSchema, value: string): boolean =>
  within(value.length, minLength, maxLength) && (!pattern || new RegExp(pattern).test(value))

/** Values that fit. */
export function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(fitting))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  return fittingType[typeOf(schema)](schema)
}

const fittingType: Readonly<Record<Type, (schema: JsonSchema) => fc.Arbitrary<unknown>>> = {
  object: schema => fittingObject(schema),
  array: ({ items = {}, minItems = 0, maxItems = 3 }) =>
    fc.array(fitting(items), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 2) }),
  string: schema => fittingString(schema),
  number: ({ minimum = -1000, maximum = 1000 }) =>
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  integer: ({ minimum = -1000, maximum = 1000 }) =>
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 2 ** 31) }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
}

function fittingObject(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, fitting(inner)])),
    { requiredKeys: [...required], noNullPrototype: true },
  )
  if (!isRecord(additionalProperties)) return known
  // An own `__proto__` is left out by zod, so it does not arrive as it was sent.
  const key = fc.string({ maxLength: 9 }).filter(name => name !== '__proto__')
  return fc.dictionary(key, fitting(additionalProperties), { maxKeys: 3, noNullPrototype: true })
}

function fittingString({
  pattern,
  minLength = 0,
  maxLength = 40,
}: JsonSchema): fc.Arbitrary<string> {
  if (pattern) return fc.uuid()
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) })
}

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    Number.NaN,
    Infinity,
    -1,
    0.5,
    2 ** 60,
    '',
    'x',
    [],
    {},
    [[]],
    'я'.repeat(3_000_000),
    '__proto__',
    ["' OR 1=1 --"],
    new Date(0),
    10n,
  ),
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom('{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":1}}').map(parsed),
)
function parsed(text: string): unknown {
  return JSON.parse(text)
}

/** Where a fitting value is spoiled: at the top, in a field, by a field more or a field less. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const options: fc.Arbitrary<unknown>[] = [strange]
  if (Array.isArray(value)) {
    options.push(strange.map(added => value.concat([added]) as unknown))
    for (const [i, item] of value.entries())
      options.push(spoiled(item).map(other => value.with(i, other) as unknown))
  } else if (isRecord(value)) {
    options.push(
      fc
        .tuple(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
          strange,
        )
        .map(([name, more]) => withField(value, name, more)),
    )
    for (const name of Object.keys(value)) {
      const { [name]: inner, ...rest } = value
      options.push(
        fc.constant(rest),
        spoiled(inner).map(other => withField(value, name, other)),
      )
    }
  }
  return fc.oneof(...options)
}

/** An own field even when it is called `__proto__`, as JSON.parse makes it. */
function withField(value: Record<string, unknown>, name: string, inner: unknown): unknown {
  const copy = { ...value }
  Object.defineProperty(copy, name, {
    value: inner,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return copy
}

/** Values that do not fit, most of them nearly. */
export const misfitting = (schema: JsonSchema): fc.Arbitrary<unknown> =>
  fitting(schema)
    .chain(spoiled)
    .filter(value => !fitsSchema(schema, value))

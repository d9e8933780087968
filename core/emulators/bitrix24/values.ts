/** What a caller sent, before anybody looked into it. */
export type Params = Readonly<Record<string, unknown>>

/** A value a record of the portal holds; moments are epoch milliseconds of a whole second. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value }
export type Values = Readonly<Record<string, Value>>

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** PHP knows one array: a list is a record of 0..n. */
export function recordOf(value: unknown): Params {
  if (Array.isArray(value)) return Object.fromEntries(value.map((each, index) => [index, each]))
  return isRecord(value) ? value : {}
}

/** A scalar as text; anything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A whole number, also written as text; null: it is none. */
export function intOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : null
}

/** A list, a record's values, or one scalar alone; nothing is an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  return isRecord(value) ? Object.values(value) : [value]
}

export const idsOf = (value: unknown): number[] =>
  listOf(value)
    .map(intOf)
    .filter(id => id !== null)

export const isYes = (value: unknown): boolean =>
  value === true || value === 1 || value === '1' || value === 'Y' || value === 'true'

/** Whatever JSON carries, as a value of the portal. */
export function valueOf(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(valueOf)
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, valueOf(each)]))
  return null
}

/** A parameter by its name in any letter case, as the old methods read it. */
export function paramOf(params: Params, name: string): unknown {
  if (name in params) return params[name]
  const wanted = name.toLowerCase()
  return Object.entries(params).find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** Reading what the portal says: every value may be of another type than the documentation's. */
export type Bag = Readonly<Record<string, unknown>>

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const bagOf = (value: unknown): Bag => (isBag(value) ? value : {})

/** PHP sends an empty map as `[]` and a list with gaps as a map (bitrix24.md 2.4). */
export function listOf(value: unknown): readonly Bag[] {
  const values = Array.isArray(value) ? value : isBag(value) ? Object.values(value) : []
  return values.filter(isBag)
}

/** Numbers come as numbers or strings by the family of the method (bitrix24.md 2.5). */
export function numberIn(bag: Bag, name: string): number | null {
  const value = bag[name]
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** An id: 0, '' and whatever is no positive integer mean nobody. */
export function idIn(bag: Bag, name: string): number | null {
  const number = numberIn(bag, name)
  return number !== null && Number.isSafeInteger(number) && number > 0 ? number : null
}

export function textIn(bag: Bag, name: string): string {
  const value = bag[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

/** `true`, 'Y', '1' and 1 (bitrix24.md 2.4, 3.1). */
export function isSet(bag: Bag, name: string): boolean {
  const value = bag[name]
  return value === true || value === 'Y' || value === 1 || value === '1'
}

/** ISO 8601 with an offset → UTC ms (bitrix24.md 4.10); null for anything else, `{}` included. */
export function timeIn(bag: Bag, name: string): number | null {
  const value = bag[name]
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}

export function idsIn(bag: Bag, name: string): readonly number[] {
  const value = bag[name]
  const values = Array.isArray(value) ? value : isBag(value) ? Object.values(value) : [value]
  return values.flatMap(each => idIn({ each }, 'each') ?? [])
}

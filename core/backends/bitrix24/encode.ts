/** How parameters travel: as JSON in a call, as a query in the style of PHP in a batch. */
import { BackendError } from '../errors.ts'
import type { Params } from './shapes.ts'

/**
 * `method?a[b][0]=…` of one command (bitrix24.md 2.4): names and values percent-encoded once,
 * booleans Y and N. What PHP cannot tell from absence is left out: null, undefined, empty lists and
 * objects, so an empty list is no filter here. Throws `broken` for a number that is none.
 */
export function commandOf(method: string, params: Params): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(params)) collect(pairs, encoded(name), value)
  return pairs.length === 0 ? method : `${method}?${pairs.join('&')}`
}

function collect(pairs: string[], path: string, value: unknown): void {
  const scalar = scalarOf(value)
  if (scalar !== null) pairs.push(`${path}=${encoded(scalar)}`)
  else if (Array.isArray(value))
    value.filter(isThere).forEach((one, index) => collect(pairs, `${path}[${index}]`, one))
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value))
      collect(pairs, `${path}[${encoded(name)}]`, one)
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined

function scalarOf(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'Y' : 'N'
    case 'number':
      return String(finite(value))
    case 'bigint':
      return String(value)
    default:
      return null
  }
}

function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new BackendError('broken', 'a parameter is not a finite number', { code: 'invalid' })
  return value
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

/**
 * The body of a call. A portal takes JSON it cannot read for no parameters at all and answers
 * without a filter (bitrix24.md 11.11): so no lone surrogate, which PHP does not read, leaves here.
 */
export const bodyOf = (params: Params): string =>
  JSON.stringify(params, (_name, value: unknown) => wellFormed(value))

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'number') return finite(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.keys(value).every(name => name.isWellFormed())
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toWellFormed(), one]))
}

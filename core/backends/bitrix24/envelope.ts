/** The portal's answers, read with suspicion: every one of them is somebody else's text. */
import type { Answer } from './shapes.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What a refusal says; `status` is null inside a batch. */
export interface Refusal {
  readonly status: number | null
  readonly code: string
  readonly description: string
}

/** How hard a method worked (bitrix24.md 2.3), in ms; `resetInMs` counts from the answer. */
export interface Work {
  readonly operatingMs: number
  readonly resetInMs: number | null
  readonly tookMs: number
}

/** `error` present is a refusal whatever the status; without `result` an answer is senseless. */
export type Reading =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly work: Work | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'senseless'; readonly isJson: boolean }

export function readingOf(status: number, text: string): Reading {
  const json = jsonOf(text)
  const fields = fieldsOf(json)
  if (fields && Object.hasOwn(fields, 'error'))
    return { kind: 'refused', refusal: refusalOf(fields, status) }
  if (!fields || !Object.hasOwn(fields, 'result') || status < 200 || status > 299)
    return { kind: 'senseless', isJson: json !== undefined }
  return { kind: 'answered', answer: answerOf(fields), work: workOf(fields['time']) }
}

const answerOf = (fields: Fields): Answer => ({
  result: fields['result'],
  next: countOf(fields['next']),
  total: countOf(fields['total']),
  at: startOf(fields['time']),
})

/** Undefined when it is no JSON. A key that would change a prototype when copied is dropped. */
export function jsonOf(text: string): unknown {
  try {
    return /__proto__|\\u00[57]/i.test(text)
      ? JSON.parse(text, (name, value: unknown) => (name === '__proto__' ? undefined : value))
      : JSON.parse(text)
  } catch {
    return undefined
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const fieldsOf = (value: unknown): Fields | null => (isFields(value) ? value : null)

/** `error` may be a code, a number, empty, a sentence or, in version 3, an object. */
export function refusalOf(fields: Fields, status: number | null): Refusal {
  const nested = fieldsOf(fields['error'])
  const code = textOf(nested ? nested['code'] : fields['error']).trim()
  const said = textOf(nested ? nested['message'] : fields['error_description'])
  const isCode = /^[\w.:-]{0,80}$/.test(code)
  return isCode
    ? { status, code, description: said }
    : { status, code: '', description: `${code} ${said}` }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** A whole number from 0, also as text. */
export function countOf(value: unknown): number | null {
  const number = numberOf(value)
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** Also as text; never NaN. */
export function numberOf(value: unknown): number | null {
  const isText = typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)
  const number = isText ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** ISO with its zone; a time without one would be read in ours. */
function instantOf(value: unknown): number | null {
  if (typeof value !== 'string') return null
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}

/** `time.date_start`, UTC ms. */
export const startOf = (time: unknown): number | null => instantOf(fieldsOf(time)?.['date_start'])

/** From the `time` of an answer; null when it tells of no `operating`, as a box does not. */
export function workOf(time: unknown): Work | null {
  const fields = fieldsOf(time)
  const operating = numberOf(fields?.['operating'])
  if (!fields || operating === null || operating < 0) return null
  const took = numberOf(fields['duration']) ?? 0
  return {
    operatingMs: operating * 1000,
    resetInMs: resetInMsOf(fields),
    tookMs: Math.max(0, took * 1000),
  }
}

/** By the portal's clock on both ends, so ours may be wrong. */
function resetInMsOf(time: Fields): number | null {
  const seconds = numberOf(time['operating_reset_at'])
  const resetAt = seconds === null ? instantOf(time['operating_reset_at']) : seconds * 1000
  const finish = numberOf(time['finish'])
  const answeredAt = finish === null ? instantOf(time['date_finish']) : finish * 1000
  return resetAt === null || answeredAt === null ? null : resetAt - answeredAt
}

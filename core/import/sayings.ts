import { folded } from './columns.ts'
import type { FieldName, Mapping } from './mapping.ts'

type Value = (field: FieldName) => string | null

/** What the statuses of a file say, as the mapping explains them. */
export interface Sayings {
  isClosed(value: Value): boolean
  /** Said by a status, whoever the row names. */
  isUnassigned(value: Value): boolean
  isWaiting(value: Value): boolean
  isAwaitingApproval(value: Value): boolean
}

export function sayingsOf(mapping: Mapping): Sayings {
  return {
    isClosed: oneOf(mapping.closed),
    isUnassigned: oneOf(mapping.unassigned),
    isWaiting: beginning(mapping.waiting),
    isAwaitingApproval: beginning(mapping.approval),
  }
}

function oneOf(rule: Mapping['unassigned']): (value: Value) => boolean {
  const values = new Set(rule?.values.map(folded))
  const fields = rule?.fields ?? []
  return value => fields.some(field => values.has(folded(value(field) ?? '')))
}

function beginning(rule: Mapping['approval']): (value: Value) => boolean {
  const prefixes = (rule?.prefixes ?? []).map(folded)
  const fields = rule?.fields ?? []
  return value =>
    fields.some(field => {
      const text = folded(value(field) ?? '')
      return prefixes.some(prefix => text.startsWith(prefix))
    })
}

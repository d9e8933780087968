import type { Desk } from './desk.ts'

type Value = string | number | boolean | null | undefined

/**
 * Named fields in words: people and departments by name, an instant by default as its digits, a stage
 * by its own name, else by its status; null: nobody.
 */
export function fieldsInWords(
  desk: Desk,
  fields: Readonly<Record<string, Value>>,
  instantInWords: (at: number) => string = String,
): string | null {
  const words = Object.entries(withoutStageParts(fields)).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    if (typeof value === 'number') return [instantInWords(value)]
    return [isNamed(name) ? desk.nameOf(String(value)) : String(value)]
  })
  return words.length === 0 ? null : words.join(', ')
}

const isNamed = (name: string): boolean => name === 'responsible' || name === 'department'

/** The status, its name and the moment of closing are one thing to a reader: the stage. */
function withoutStageParts(
  fields: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  if (fields['status'] === undefined) return fields
  const { status, statusName, closedAt: _closedAt, ...others } = fields
  return { stage: statusName ?? status, ...others }
}

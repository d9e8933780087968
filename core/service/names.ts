import type { Desk } from './desk.ts'

type Value = string | number | boolean | null | undefined

/** Named fields in words: people and departments by name, an instant by default as its digits; null: nobody. */
export function fieldsInWords(
  desk: Desk,
  fields: Readonly<Record<string, Value>>,
  instantInWords: (at: number) => string = String,
): string | null {
  const words = Object.entries(fields).flatMap(([name, value]) => {
    if (value === null || value === undefined) return []
    if (typeof value === 'number') return [instantInWords(value)]
    return [isNamed(name) ? desk.nameOf(String(value)) : String(value)]
  })
  return words.length === 0 ? null : words.join(', ')
}

const isNamed = (name: string): boolean => name === 'responsible' || name === 'department'

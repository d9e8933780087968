import { type FieldName, type Mapping, fieldNames } from './mapping.ts'
import { ImportError, problemOf } from './problem.ts'

/** Where each field of the mapping stands in the rows of one file. */
export interface Columns {
  readonly header: readonly string[]
  readonly indexOf: ReadonlyMap<FieldName, number>
  readonly subjectParts: readonly number[]
  readonly textParts: readonly {
    readonly index: number
    readonly title: { ru: string; en: string }
  }[]
}

/** Columns and values are compared in lower case, `ё` as `е`, runs of spaces as one. */
export function folded(text: string): string {
  return text.trim().toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ')
}

/** Throws an `ImportError`: `duplicateColumn`, `missingColumn` at the line of the header. */
export function columnsOf(header: readonly string[], line: number, mapping: Mapping): Columns {
  const places = placesOf(header, line)
  const indexOf = new Map<FieldName, number>()
  for (const field of fieldNames) {
    const names = mapping.columns[field] ?? []
    const index = names.map(name => places.get(folded(name))).find(place => place !== undefined)
    if (index !== undefined) indexOf.set(field, index)
    else if (mapping.required.includes(field))
      throw new ImportError(
        problemOf(
          'missingColumn',
          { line, value: header.join(', ') },
          { column: names.join(', ') },
        ),
      )
  }
  const place = (column: string): number[] => {
    const index = places.get(folded(column))
    return index === undefined ? [] : [index]
  }
  return {
    header,
    indexOf,
    subjectParts: (mapping.subjectParts ?? []).flatMap(place),
    textParts: (mapping.textParts ?? []).flatMap(part =>
      place(part.column).map(index => ({ index, title: part.title })),
    ),
  }
}

function placesOf(header: readonly string[], line: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const [index, name] of header.entries()) {
    const key = folded(name)
    if (key === '') continue
    if (places.has(key))
      throw new ImportError(problemOf('duplicateColumn', { line, field: name.trim() }))
    places.set(key, index)
  }
  return places
}

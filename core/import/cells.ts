import { type Columns, folded } from './columns.ts'
import type { ReadDate } from './dates.ts'
import { type FieldName, type Mapping, datesOf, longestOf } from './mapping.ts'
import { ImportError, problemOf } from './problem.ts'
import type { Row } from './rows.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
const longestBlank = 100

/** The cells of one row by field; blank and unknown ones are null. Each throws an `ImportError`. */
export interface Cells {
  value(field: FieldName): string | null
  date(field: FieldName): number | null
  /** A due that is only a day means its `dueTime`. */
  due(): number | null
  number(field: FieldName): number | null
  /** Several values in one cell, parted by comma, semicolon or line end. */
  list(field: FieldName): string[]
  at(index: number): string | null
}

/** A reader of cells for the files of one mapping; `row` must have been checked for shape. */
export function cellReader(mapping: Mapping, columns: Columns, readDate: ReadDate): (row: Row) => Cells {
  const blank = new Set(mapping.blank.map(folded))
  const dueMs = dueMsOf(mapping.dueTime)
  return row => {
    const wrong = (code: string, field: FieldName, value: string) =>
      new ImportError(
        problemOf(
          code,
          { line: row.line, field: columns.header[columns.indexOf.get(field) ?? -1] ?? field, value },
          { limit: longestOf(field), expected: datesOf(mapping) },
        ),
      )
    const at = (index: number): string | null => {
      const text = (row.values[index] ?? '').trim()
      return text === '' || (text.length <= longestBlank && blank.has(folded(text))) ? null : text
    }
    const value = (field: FieldName): string | null => {
      const index = columns.indexOf.get(field)
      const found = index === undefined ? null : at(index)
      if (found !== null && found.length > longestOf(field)) throw wrong('fieldTooLong', field, found)
      return found
    }
    const dated = (field: FieldName) => {
      const text = value(field)
      const found = text === null ? null : readDate(text)
      if (text !== null && found === null) throw wrong('badDate', field, text)
      return found
    }
    return {
      at,
      value,
      date: field => dated(field)?.at ?? null,
      due() {
        const found = dated('dueAt')
        return found === null ? null : found.at + (found.isDayOnly ? dueMs : 0)
      },
      number(field) {
        const text = value(field)
        const found = text === null ? null : Number(text.replace(',', '.').replaceAll(/\s/gu, ''))
        if (text !== null && found !== null && !isSensible(found)) throw wrong('badNumber', field, text)
        return found
      },
      list: field =>
        (value(field) ?? '')
          .split(/[,;\n]/)
          .map(part => part.trim())
          .filter(part => part !== ''),
    }
  }
}

const isSensible = (number: number): boolean => number >= 0 && number <= 1_000_000

function dueMsOf(dueTime: string | undefined): number {
  if (dueTime === undefined) return dayMs - minuteMs
  const [hours, minutes] = dueTime.split(':').map(Number)
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * minuteMs
}

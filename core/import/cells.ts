import { type Columns, folded } from './columns.ts'
import type { Found, ReadDate } from './dates.ts'
import { type FieldName, type Mapping, datesOf, longestOf } from './mapping.ts'
import { ImportError, problemOf } from './problem.ts'
import type { Row } from './rows.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
const largestNumber = 1_000_000

/** What is the same for every row of a file. */
interface Table {
  readonly mapping: Mapping
  readonly columns: Columns
  readonly readDate: ReadDate
  readonly blank: ReadonlySet<string>
  readonly longestBlank: number
  readonly dueMs: number
}

/** The cells of one row by field; blank and unknown ones are null. Each may throw an `ImportError`. */
export class Cells {
  readonly #table: Table
  readonly #row: Row

  constructor(table: Table, row: Row) {
    this.#table = table
    this.#row = row
  }

  at(index: number): string | null {
    const text = (this.#row.values[index] ?? '').trim()
    const { blank, longestBlank } = this.#table
    const isBlank = text.length <= longestBlank && blank.has(folded(text))
    return text === '' || isBlank ? null : text
  }

  value(field: FieldName): string | null {
    const index = this.#table.columns.indexOf.get(field)
    const found = index === undefined ? null : this.at(index)
    if (found !== null && found.length > longestOf(field))
      throw this.#wrong('fieldTooLong', field, found)
    return found
  }

  date(field: FieldName): number | null {
    return this.#dated(field)?.at ?? null
  }

  /** A due that is only a day means its `dueTime`. */
  due(): number | null {
    const found = this.#dated('dueAt')
    if (found === null) return null
    return found.at + (found.isDayOnly ? this.#table.dueMs : 0)
  }

  number(field: FieldName): number | null {
    const text = this.value(field)
    if (text === null) return null
    const found = Number(text.replace(',', '.').replaceAll(/\s/gu, ''))
    if (!(found >= 0 && found <= largestNumber)) throw this.#wrong('badNumber', field, text)
    return found
  }

  /** Several values in one cell, parted by comma, semicolon or line end. */
  list(field: FieldName): string[] {
    const parts = (this.value(field) ?? '').split(/[,;\n]/).map(part => part.trim())
    return parts.filter(part => part !== '')
  }

  #dated(field: FieldName): Found | null {
    const text = this.value(field)
    const found = text === null ? null : this.#table.readDate(text)
    if (text !== null && found === null) throw this.#wrong('badDate', field, text)
    return found
  }

  #wrong(code: string, field: FieldName, value: string): ImportError {
    const { columns, mapping } = this.#table
    const column = columns.header[columns.indexOf.get(field) ?? -1] ?? field
    const details = { limit: longestOf(field), expected: datesOf(mapping) }
    return new ImportError(problemOf(code, { line: this.#row.line, field: column, value }, details))
  }
}

/** A reader of cells for one file; `row` must have been checked for shape. */
export function cellReader(
  mapping: Mapping,
  columns: Columns,
  readDate: ReadDate,
): (row: Row) => Cells {
  const blank = new Set(mapping.blank.map(folded))
  const longestBlank = Math.max(0, ...mapping.blank.map(value => value.length))
  const dueMs = dueMsOf(mapping.dueTime)
  const table = { mapping, columns, readDate, blank, longestBlank, dueMs }
  return row => new Cells(table, row)
}

function dueMsOf(dueTime: string | undefined): number {
  if (dueTime === undefined) return dayMs - minuteMs
  const [hours, minutes] = dueTime.split(':').map(Number)
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * minuteMs
}

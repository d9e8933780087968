import { type Cells, cellReader } from './cells.ts'
import { type Columns, folded } from './columns.ts'
import { compileDates } from './dates.ts'
import type { Entry } from './entry.ts'
import { type FieldName, type Mapping, datesOf, longestOf } from './mapping.ts'
import { ImportError, problemOf } from './problem.ts'
import type { Row } from './rows.ts'
import { type Sayings, sayingsOf } from './sayings.ts'

/** How the rows of one file are understood; `zone` replaces the mapping's. */
export interface Reading {
  readonly mapping: Mapping
  readonly columns: Columns
  readonly zone: string
  readonly asOfAt: number
  readonly language: 'ru' | 'en'
}

const hourMs = 3_600_000
const normalPriority = 1

/**
 * A reader of rows: an entry, or null for a row later than `asOfAt`, which does not exist. Throws
 * an `ImportError` for a row that cannot be understood: `ragged`, `controlCharacter`,
 * `fieldTooLong`, `noNumber`, `badDate`, `badNumber`.
 */
export function interpreter(reading: Reading): (row: Row) => Entry | null {
  const { mapping, columns, language } = reading
  const readCells = cellReader(mapping, columns, compileDates(mapping.dates, reading.zone))
  const sayings = sayingsOf(mapping)
  const sources = new Map(Object.entries(mapping.sources).map(([name, to]) => [folded(name), to]))
  const priorities = new Map(
    Object.entries(mapping.priorities).map(([name, to]) => [folded(name), to]),
  )
  return row => {
    checkShape(row, columns.header)
    const cells = readCells(row)
    const createdAt = cells.date('createdAt')
    const at = cells.date('changedAt') ?? (mapping.isLog ? null : (createdAt ?? reading.asOfAt))
    if (at === null) throw momentless(row, columns, mapping)
    if (at > reading.asOfAt) return null
    const number = numberOf(row, cells, columns)
    return {
      number,
      line: row.line,
      at,
      order: cells.number('order') ?? 0,
      createdAt,
      ...standing(cells, sayings),
      dueAt: cells.due(),
      department: cells.value('department') ?? mapping.oneDepartment?.[language] ?? null,
      client: cells.value('client'),
      subject: subjectOf(number, cells, reading),
      text: textOf(cells, reading),
      kind: cells.value('kind'),
      source: foundIn(sources, cells.value('source')) ?? 'other',
      priority: foundIn(priorities, cells.value('priority')) ?? normalPriority,
      ...measures(cells),
      phones: cells.list('phone'),
      emails: cells.list('email'),
    }
  }
}

/** A row of a log without a moment has no place in it. */
function momentless(row: Row, columns: Columns, mapping: Mapping): ImportError {
  const field = columns.header[columns.indexOf.get('changedAt') ?? -1] ?? ''
  return new ImportError(
    problemOf('badDate', { line: row.line, field }, { expected: datesOf(mapping) }),
  )
}

/** Empty cells beyond the header are forgiven: spreadsheets leave them. */
function checkShape(row: Row, header: readonly string[]): void {
  const extra = row.values.slice(header.length)
  if (row.values.length < header.length || extra.some(value => value.trim() !== ''))
    throw new ImportError(
      problemOf(
        'ragged',
        { line: row.line, value: row.values.join(' | ') },
        { expected: header.length, found: row.values.length },
      ),
    )
  const bad = row.values.findIndex(value => value.includes('\0'))
  if (bad >= 0)
    throw new ImportError(
      problemOf('controlCharacter', {
        line: row.line,
        field: header[bad] ?? '',
        value: (row.values[bad] ?? '').replaceAll('\0', '␀'),
      }),
    )
}

function standing(cells: Cells, sayings: Sayings) {
  const value = (field: FieldName) => cells.value(field)
  const status = value('status')
  const closedAt = cells.date('closedAt')
  const person = cells.value('responsible')
  const isSaidUnassigned = sayings.isUnassigned(value)
  return {
    person,
    closedAt,
    statusName: cells.value('subStatus') ?? status,
    isClosed: status === null ? closedAt !== null : sayings.isClosed(value),
    isUnassigned: person === null || isSaidUnassigned,
    isWaiting: sayings.isWaiting(value) && !isSaidUnassigned,
    isAwaitingApproval: sayings.isAwaitingApproval(value),
  }
}

/** A table without numbers is numbered by its lines. */
function numberOf(row: Row, cells: Cells, columns: Columns): string {
  const index = columns.indexOf.get('number')
  if (index === undefined) return String(row.line)
  const number = cells.value('number')
  if (number === null)
    throw new ImportError(
      problemOf('noNumber', { line: row.line, field: columns.header[index] ?? '' }),
    )
  return number
}

function subjectOf(number: string, cells: Cells, reading: Reading): string {
  const { mapping, columns, language } = reading
  const parts = columns.subjectParts.map(index => cells.at(index)).filter(part => part !== null)
  const joined = parts.length === 0 ? null : parts.join(' · ').slice(0, longestOf('subject'))
  return (
    cells.value('subject') ??
    joined ??
    mapping.untitled[language].replaceAll('{{number}}', () => number)
  )
}

function textOf(cells: Cells, reading: Reading): string {
  const lines = reading.columns.textParts.flatMap(part => {
    const value = cells.at(part.index)
    return value === null ? [] : [`${part.title[reading.language]}: ${value}`]
  })
  const text = cells.value('text')
  return (text === null ? lines : [text, ...lines]).join('\n').slice(0, longestOf('text'))
}

function foundIn<Meaning>(meanings: ReadonlyMap<string, Meaning>, value: string | null) {
  return value === null ? undefined : meanings.get(folded(value))
}

function measures(cells: Cells) {
  const hours = cells.number('effortHours')
  return {
    weight: cells.number('weight'),
    effortMs: hours === null ? null : Math.round(hours * hourMs),
    skill: cells.value('skill'),
  }
}

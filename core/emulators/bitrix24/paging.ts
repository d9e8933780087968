import { type Column, type Matcher, matcherOf, type Rules } from './filter.ts'
import { RestError } from './rest-error.ts'
import type { Row, View } from './table.ts'
import { intOf, type Params, paramOf, recordOf, textOf } from './values.ts'

/** Fixed in the old protocol (bitrix24.md 2.3). */
export const pageSize = 50

export interface Page<Kind> {
  readonly rows: readonly Kind[]
  /** Absent in the fast mode, which counts nothing (bitrix24.md 2.5). */
  readonly total?: number
  readonly next?: number
}

export interface Query<Kind extends Row> {
  readonly view: View<Kind>
  readonly params: Params
  readonly rules: Rules<Kind>
  isReadable(row: Kind): boolean
  readonly isDescendingById?: boolean
}

interface OrderStep<Kind> {
  readonly column: Column<Kind>
  readonly isDescending: boolean
}

/** A page by `filter`, `order` and `start`; rows that may not be read are silently absent. */
export function pageOf<Kind extends Row>(query: Query<Kind>): Page<Kind> {
  const { params, rules } = query
  const matcher = matcherOf(recordOf(paramOf(params, 'filter')), rules)
  const order = orderOf(recordOf(paramOf(params, 'order')), rules)
  const start = intOf(paramOf(params, 'start')) ?? 0
  const isFast = start < 0
  // The kernel thinks in pages: what is no multiple of 50 is rounded down (bitrix24.md 2.5).
  const offset = isFast ? 0 : Math.floor(start / pageSize) * pageSize
  const [first] = order
  const isById = first === undefined || first.column.isId === true
  const isDescending = first ? first.isDescending : query.isDescendingById === true
  const found = matching(query, matcher, isById && isDescending)
  if (isFast && isById) return { rows: taken(found, pageSize) }
  const all = [...found]
  if (!isById) all.sort((one, two) => compared(one, two, order))
  const rows = all.slice(offset, offset + pageSize)
  if (isFast) return { rows }
  const end = offset + rows.length
  return { rows, total: all.length, ...(end < all.length ? { next: end } : {}) }
}

function* matching<Kind extends Row>(
  query: Query<Kind>,
  matcher: Matcher<Kind>,
  isDescending: boolean,
): Iterable<Kind> {
  const from = Math.max(0, matcher.from)
  const to = Math.min(Number.MAX_SAFE_INTEGER - 1, matcher.to)
  for (const row of query.view.between(from, to, isDescending))
    if (matcher.test(row) && query.isReadable(row)) yield row
}

function taken<Kind>(rows: Iterable<Kind>, count: number): Kind[] {
  const found: Kind[] = []
  for (const row of rows) {
    found.push(row)
    if (found.length === count) break
  }
  return found
}

function orderOf<Kind>(order: Params, rules: Rules<Kind>): OrderStep<Kind>[] {
  return Object.entries(order).flatMap(([name, direction]) => {
    const column = rules.column(name)
    if (column) return [{ column, isDescending: /^desc/i.test(textOf(direction)) }]
    if (!rules.isStrict) return []
    throw new RestError(
      400,
      'INVALID_ARG_VALUE',
      `Invalid order: field '${name}' is not allowed in order`,
    )
  })
}

function compared<Kind extends Row>(
  one: Kind,
  two: Kind,
  order: readonly OrderStep<Kind>[],
): number {
  for (const { column, isDescending } of order) {
    const [left, right] = [sortable(column.read(one)), sortable(column.read(two))]
    if (left !== right) return (left < right ? -1 : 1) * (isDescending ? -1 : 1)
  }
  return one.id - two.id
}

function sortable(cell: unknown): string | number {
  return typeof cell === 'number' ? cell : textOf(Array.isArray(cell) ? cell[0] : cell)
}

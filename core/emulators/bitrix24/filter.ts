import { RestError } from './rest-error.ts'
import type { PortalTime } from './time.ts'
import { idsOf, isRecord, isYes, listOf, type Params, textOf } from './values.ts'

/** How a field is compared. `moment`: epoch ms; `flag`: 'Y' or 'N', asked for by 1 or 0. */
export type Comparison = 'number' | 'text' | 'moment' | 'flag'

export interface Column<Kind> {
  readonly as: Comparison
  /** A cell, or several of a multiple field. */
  read(row: Kind): unknown
  readonly isId?: boolean
}

export interface Rules<Kind> {
  readonly time: PortalTime
  column(name: string): Column<Kind> | null
  /** Controllers refuse what they do not know, old methods pass it over (bitrix24.md 3.1). */
  readonly isStrict: boolean
}

export interface Matcher<Kind> {
  test(row: Kind): boolean
  readonly from: number
  readonly to: number
}

type Test<Kind> = (row: Kind) => boolean

const operators = [
  '!=%',
  '!%=',
  '!=',
  '!@',
  '!%',
  '>=',
  '<=',
  '=%',
  '%=',
  '>',
  '<',
  '=',
  '%',
  '@',
  '!',
]

/** Filter of the form `{">=id": 5, "!stageId": "WON", "0": {"logic": "OR", …}}` (bitrix24.md 3.1). */
export function matcherOf<Kind>(filter: Params, rules: Rules<Kind>): Matcher<Kind> {
  const bounds = { from: -Infinity, to: Infinity }
  const tests = Object.entries(filter).flatMap(([key, wanted]) => {
    if (key.toLowerCase() === 'logic') return []
    if (/^\d+$/.test(key) && isRecord(wanted)) return [groupTest(wanted, rules)]
    const [operator, name] = split(key)
    const column = rules.column(name)
    if (column?.isId) narrow(bounds, operator, wanted)
    return [columnTest({ operator, name, wanted }, column, rules)]
  })
  return { ...bounds, test: row => tests.every(test => test(row)) }
}

function groupTest<Kind>(group: Params, rules: Rules<Kind>): Test<Kind> {
  const isOr = textOf(group['logic'] ?? group['LOGIC']).toUpperCase() === 'OR'
  const parts = Object.entries(group)
    .filter(([key]) => key.toLowerCase() !== 'logic')
    .map(([key, value]) =>
      /^\d+$/.test(key) && isRecord(value)
        ? matcherOf(value, rules).test
        : matcherOf({ [key]: value }, rules).test,
    )
  return row => (isOr ? parts.some(test => test(row)) : parts.every(test => test(row)))
}

function split(key: string): readonly [string, string] {
  const operator = operators.find(each => key.startsWith(each)) ?? ''
  return [operator, key.slice(operator.length)]
}

/** Lower and upper ends that a condition on the id leaves, so that a page need not look at all rows. */
function narrow(bounds: { from: number; to: number }, operator: string, wanted: unknown): void {
  const ids = idsOf(wanted)
  if (ids.length === 0) return
  const [least, most] = [Math.min(...ids), Math.max(...ids)]
  const ends: Readonly<Record<string, readonly [from: number, to: number]>> = {
    '>': [least + 1, Infinity],
    '>=': [least, Infinity],
    '<': [-Infinity, most - 1],
    '<=': [-Infinity, most],
    '=': [least, most],
    '@': [least, most],
    '': [least, most],
  }
  const [from, to] = ends[operator] ?? [-Infinity, Infinity]
  bounds.from = Math.max(bounds.from, from)
  bounds.to = Math.min(bounds.to, to)
}

interface Condition {
  readonly operator: string
  readonly name: string
  readonly wanted: unknown
}

function columnTest<Kind>(
  { operator, name, wanted }: Condition,
  column: Column<Kind> | null,
  rules: Rules<Kind>,
): Test<Kind> {
  if (!column) {
    if (!rules.isStrict) return () => true
    throw new RestError(
      400,
      'INVALID_ARG_VALUE',
      `Invalid filter: field '${name}' is not allowed in filter`,
    )
  }
  const isList = Array.isArray(wanted) || isRecord(wanted)
  const values = listOf(wanted ?? '').map(each => comparable(each, column.as, rules.time, isList))
  if (values.includes(null)) {
    if (rules.isStrict)
      throw new RestError(
        400,
        'INVALID_ARG_VALUE',
        `Invalid filter: field '${name}' has invalid value`,
      )
    return () => false
  }
  const isHit = hitOf(
    operator,
    values.filter(value => value !== null),
  )
  return row => {
    const cell = column.read(row)
    const cells =
      Array.isArray(cell) && cell.length > 0 ? cell : [Array.isArray(cell) ? null : cell]
    const isNegative = operator.startsWith('!')
    const hits = cells.map(each => isHit(cellOf(each, column.as)))
    return isNegative ? hits.every(Boolean) : hits.some(Boolean)
  }
}

type Comparable = string | number

/** null: not a value of this field. Moments inside arrays are not converted (bitrix24.md 3.1). */
function comparable(
  value: unknown,
  as: Comparison,
  time: PortalTime,
  isList: boolean,
): Comparable | null {
  const text = textOf(value)
  if (text === '') return ''
  if (as === 'number') return Number.isNaN(Number(text)) ? text : Number(text)
  if (as === 'flag') return isYes(value) ? 'y' : 'n'
  if (as === 'moment') return isList ? text : time.parse(text)
  return text.toLowerCase()
}

function cellOf(cell: unknown, as: Comparison): Comparable {
  if (cell === null || cell === undefined) return ''
  if (as === 'number' || as === 'moment') return typeof cell === 'number' ? cell : Number(cell)
  return textOf(cell).toLowerCase()
}

type Hit = (cell: Comparable) => boolean

function hitOf(operator: string, values: readonly Comparable[]): Hit {
  const [first = ''] = values
  const text = String(first)
  const like = patternOf(text)
  // Zero stands for «nothing» in old columns: an empty wish finds it too.
  const isSame: Hit = cell => values.some(value => cell === value || (value === '' && cell === 0))
  const ordered =
    (isHit: Hit): Hit =>
    cell =>
      cell !== '' && isHit(cell)
  const isIn: Hit = cell => String(cell).includes(text)
  const isLike: Hit = cell => like.test(String(cell))
  const not =
    (isHit: Hit): Hit =>
    cell =>
      !isHit(cell)
  const hits: Readonly<Record<string, Hit>> = {
    '>': ordered(cell => cell > first),
    '>=': ordered(cell => cell >= first),
    '<': ordered(cell => cell < first),
    '<=': ordered(cell => cell <= first),
    '%': isIn,
    '!%': not(isIn),
    '=%': isLike,
    '%=': isLike,
    '!=%': not(isLike),
    '!%=': not(isLike),
    '!': not(isSame),
    '!=': not(isSame),
    '!@': not(isSame),
  }
  return hits[operator] ?? isSame
}

/** `abc%` as SQL means it. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('%', '.*')}$`,
    'su',
  )

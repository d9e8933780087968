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

function narrow(bounds: { from: number; to: number }, operator: string, wanted: unknown): void {
  if (operator === '@' || ((operator === '' || operator === '=') && Array.isArray(wanted))) {
    const ids = idsOf(wanted)
    bounds.from = Math.max(bounds.from, Math.min(...ids))
    bounds.to = Math.min(bounds.to, Math.max(...ids))
    return
  }
  const number = Number(textOf(wanted) || Number.NaN)
  if (Number.isNaN(number)) return
  if (operator === '>' || operator === '>=')
    bounds.from = Math.max(bounds.from, operator === '>' ? Math.floor(number) + 1 : number)
  if (operator === '<' || operator === '<=')
    bounds.to = Math.min(bounds.to, operator === '<' ? Math.ceil(number) - 1 : number)
  if (operator === '' || operator === '=') {
    bounds.from = Math.max(bounds.from, number)
    bounds.to = Math.min(bounds.to, number)
  }
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

function hitOf(operator: string, values: readonly Comparable[]): (cell: Comparable) => boolean {
  const [first = ''] = values
  const text = String(first)
  // Zero stands for «nothing» in old columns: an empty wish finds it too.
  const isSame = (cell: Comparable) =>
    values.some(value => cell === value || (value === '' && cell === 0))
  const like = patternOf(text)
  switch (operator) {
    case '>':
      return cell => cell !== '' && cell > first
    case '>=':
      return cell => cell !== '' && cell >= first
    case '<':
      return cell => cell !== '' && cell < first
    case '<=':
      return cell => cell !== '' && cell <= first
    case '%':
      return cell => String(cell).includes(text)
    case '!%':
      return cell => !String(cell).includes(text)
    case '=%':
    case '%=':
      return cell => like.test(String(cell))
    case '!=%':
    case '!%=':
      return cell => !like.test(String(cell))
    case '!':
    case '!=':
    case '!@':
      return cell => !isSame(cell)
    default:
      return isSame
  }
}

/** `abc%` as SQL means it. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('%', '.*')}$`,
    'su',
  )

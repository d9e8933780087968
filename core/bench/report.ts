/** One measured number with what it is held against. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'MB' | '×' | 'rows/s' | 'errors'
  /** The bound; `atMost` unless `isFloor`. null: told for comparison only. */
  readonly budget: number | null
  readonly isFloor?: boolean
  readonly note?: string
}

export const isKept = ({ value, budget, isFloor }: Row): boolean =>
  budget === null || (isFloor ? value >= budget : value <= budget)

const shown = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3)

/** A line of the table. */
export function lineOf(row: Row): string {
  const bound = row.budget === null ? '' : `${row.isFloor ? '≥' : '≤'} ${row.budget} ${row.unit}`
  const verdict = row.budget === null ? ' ' : isKept(row) ? '✓' : '✗'
  return `${verdict} ${row.name.padEnd(64)} ${`${shown(row.value)} ${row.unit}`.padStart(14)}   ${bound.padEnd(14)} ${row.note ?? ''}`.trimEnd()
}

/** One object a line, for machines. */
export const jsonOf = (row: Row): string =>
  JSON.stringify({
    name: row.name,
    value: row.value,
    unit: row.unit,
    budget: row.budget,
    ok: isKept(row),
  })

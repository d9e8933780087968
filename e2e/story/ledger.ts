import { expect } from '@playwright/test'
import { type Dump, rowsOf, type Row } from '../worlds.ts'

/** Where a case must lie in the hub at the end of a story; a field that is absent is as it was. */
export interface Fate {
  /** Name; null: nobody. */
  readonly responsible?: string | null
  readonly department?: string
  readonly isDeferred?: boolean
}

/** What a story did, case by case, to be compared with what the hub says in the end. */
export class Ledger {
  readonly #before: Dump
  readonly #fates = new Map<string, Fate>()

  constructor(before: Dump) {
    this.#before = before
  }

  note(number: string, fate: Fate): void {
    this.#fates.set(number, { ...this.#fates.get(number), ...fate })
  }

  noteAll(numbers: readonly string[], fate: Fate): void {
    for (const number of numbers) this.note(number, fate)
  }

  forget(number: string): void {
    this.#fates.delete(number)
  }

  /** Every case is where the story put it, and every other where it was. */
  expectAll(after: Dump): void {
    const lie = (dump: Dump, row: Row) => ({
      responsible: nameIn(dump, 'employees', 'employeeId', row['responsibleId']),
      department: nameIn(dump, 'departments', 'departmentId', row['departmentId']),
      isDeferred: row['deferredUntil'] !== null,
    })
    const expected = byNumber(this.#before, row => ({
      ...lie(this.#before, row),
      ...this.#fates.get(String(row['number'])),
    }))
    const found = byNumber(after, row => lie(after, row))
    expect(found).toEqual(expected)
  }
}

const byNumber = <T>(dump: Dump, of: (row: Row) => T): Record<string, T> =>
  Object.fromEntries(rowsOf(dump, 'cases').map(row => [row['number'], of(row)]))

function nameIn(dump: Dump, table: string, key: string, id: unknown): string | null {
  return id === null ? null : String(rowsOf(dump, table).find(row => row[key] === id)?.['name'])
}

/** Every decision the window was told of is in the hub once, and what was applied is in the history once. */
export function expectOnce(
  after: Dump,
  decided: readonly string[],
  cancelled: readonly string[],
): void {
  const outcomes = new Map(
    rowsOf(after, 'applied').map(row => [
      String(row['id']),
      JSON.parse(String(row['outcome'])).outcome,
    ]),
  )
  const written = new Map<string, number>()
  for (const { decisionId } of rowsOf(after, 'history'))
    if (decisionId != null)
      written.set(String(decisionId), (written.get(String(decisionId)) ?? 0) + 1)
  expect(new Set(decided).size).toBe(decided.length)
  expect(decided.filter(id => !outcomes.has(id) && !cancelled.includes(id))).toEqual([])
  expect(cancelled.filter(id => outcomes.has(id))).toEqual([])
  for (const [id, outcome] of outcomes)
    expect([id, written.get(id) ?? 0]).toEqual([id, outcome === 'applied' ? 1 : 0])
  expect([...written.keys()].filter(id => !outcomes.has(id))).toEqual([])
}

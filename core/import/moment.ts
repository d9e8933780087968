import { compileDates } from './dates.ts'
import type { Mapping } from './mapping.ts'
import { ImportError, problemOf } from './problem.ts'

/** The moment `asOf` in UTC ms; null means now. Throws an `ImportError`: `badAsOf`. */
export function momentOf(
  asOf: string | null,
  mapping: Mapping,
  zone: string,
  now: () => number,
): number {
  if (asOf === null) return now()
  const found = compileDates(['ISO', ...mapping.dates], zone)(asOf.trim())
  if (found === null) throw new ImportError(problemOf('badAsOf', { value: asOf }))
  return found.at
}

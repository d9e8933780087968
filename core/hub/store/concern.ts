import { z } from 'zod'
import type { CaseRow } from './tables.ts'

/** Whom a change may concern: whoever sees one of these departments or people; `all`: anybody. */
export const concernSchema = z.union([
  z.literal('all'),
  z.strictObject({ departments: z.array(z.string()), people: z.array(z.string()) }),
])
export type Concern = z.infer<typeof concernSchema>

type Placed = Pick<CaseRow, 'departmentId' | 'responsibleId'>

/** Those who saw the case before and those who see it now. */
export function concernOf(before: Placed | null, after: Placed): Concern {
  const places = before ? [before, after] : [after]
  return {
    departments: [...new Set(places.map(one => one.departmentId))],
    people: [...new Set(places.flatMap(one => one.responsibleId ?? []))],
  }
}

/** Both together. */
export function joined(one: Concern | null, other: Concern): Concern {
  if (one === null || other === 'all') return other
  if (one === 'all') return one
  return {
    departments: [...new Set([...one.departments, ...other.departments])],
    people: [...new Set([...one.people, ...other.people])],
  }
}

/** Is anything of it where this viewer looks? */
export function concerns(
  concern: Concern,
  viewer: {
    readonly seesAll: boolean
    readonly departments: ReadonlySet<string>
    readonly people: ReadonlySet<string>
  },
): boolean {
  if (concern === 'all' || viewer.seesAll) return true
  return (
    concern.departments.some(id => viewer.departments.has(id)) ||
    concern.people.some(id => viewer.people.has(id))
  )
}

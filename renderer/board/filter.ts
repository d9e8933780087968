import { create } from 'zustand'
import type { Case } from '../../core/domain/case.ts'
import { departmentOf } from '../../core/domain/department.ts'
import { isMine } from '../../core/domain/dropped.ts'
import type { DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { subtreeOf } from '../../core/domain/org-index.ts'
import type { World } from '../state/world.ts'

/** Whose cases the board shows; `nobody`: those without a responsible. */
export interface Filter {
  readonly departmentId: DepartmentId | null
  readonly person: EmployeeId | 'nobody' | null
}

export const everything: Filter = { departmentId: null, person: null }

/** Kept while other views are looked at. */
export const useFilter = create<Filter>(() => everything)

/** The cases that are mine to move and fit the filter. */
export function shownOf(
  cases: Iterable<Case>,
  { departmentId, person }: Filter,
  { drop, index, inbox }: World,
): readonly Case[] {
  const departments = departmentId === null ? null : subtreeOf(index, [departmentId])
  const isInside = (theCase: Case) => {
    const own = departmentOf(theCase, index, inbox.kinds, inbox.fallback)
    return departments === null || (own !== null && departments.has(own))
  }
  const responsibleId = person === 'nobody' ? null : person
  return [...cases].filter(
    theCase =>
      (person === null || theCase.responsibleId === responsibleId) &&
      isMine(theCase, drop) &&
      isInside(theCase),
  )
}

import type { CaseId } from '../../core/domain/id.ts'

export interface Arrivals {
  /** How many of the cases now in «Начало» came since somebody last looked. */
  note(place: string | null, caseIds: readonly CaseId[], isLookedAt: boolean): number
}

/** What is there when a space opens has not arrived; what left and came back has. */
export function createArrivals(): Arrivals {
  let here: string | null = null
  let known: ReadonlySet<CaseId> = new Set()
  let arrived: ReadonlySet<CaseId> = new Set()
  return {
    note(place, caseIds, isLookedAt) {
      const isOther = place !== here
      const fresh = isOther ? [] : caseIds.filter(id => !known.has(id) || arrived.has(id))
      here = place
      known = new Set(caseIds)
      arrived = new Set(isLookedAt ? [] : fresh)
      return arrived.size
    },
  }
}

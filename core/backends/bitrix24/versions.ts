import type { CaseId } from '../../domain/id.ts'
import type { WholeCase } from './map-case.ts'

const recentMs = 20 * 60_000
const most = 50_000

interface Seen {
  readonly updatedAt: number
  readonly text: string
  readonly step: number
}

/**
 * The portal's times go by the second (bitrix24.md 4.2), so two states of a case within one second
 * would look alike: what came later gets the higher version. Remembered for what changed lately;
 * the next whole pull takes everything as it comes.
 */
export function createVersions(): { stamp(theCase: WholeCase): WholeCase } {
  const seen = new Map<CaseId, Seen>()
  let latest = 0
  return {
    stamp(theCase) {
      const { caseId, updatedAt } = theCase
      latest = Math.max(latest, updatedAt)
      const before = seen.get(caseId)
      if (updatedAt < latest - recentMs && !before) return theCase
      const text = JSON.stringify({ ...theCase, version: 0 })
      const isSame = before?.updatedAt === updatedAt
      const step = isSame ? before.step + (before.text === text ? 0 : 1) : 0
      seen.delete(caseId)
      seen.set(caseId, { updatedAt, text, step })
      if (seen.size > most) seen.delete(seen.keys().next().value ?? caseId)
      return { ...theCase, version: theCase.version + Math.min(step, 99) }
    },
  }
}

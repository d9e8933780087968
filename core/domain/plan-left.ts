import { severityOf } from './assign.ts'
import type { Case } from './case.ts'
import type { Reason } from './decision.ts'
import { type Hint, hintsFor } from './hint.ts'
import type { EmployeeId } from './id.ts'
import type { Plan } from './plan.ts'

export interface WhyLeft {
  /** For how many people what speaks against them; the most frequent first. */
  readonly counts: readonly { readonly code: LeftCode; readonly count: number }[]
  /** The best of those a case may still be given to knowingly; null: it is forbidden with all. */
  readonly best: Hint | null
}

export type LeftCode =
  | 'full'
  | 'vacation'
  | 'sick'
  | 'trip'
  | 'away'
  | 'outsideHours'
  | 'dayClosed'
  | 'lacksSkill'
  | 'clientOfOther'
  | 'takesNone'
  | 'notMine'
  | 'gradual'

/** Why a case of the plan is left over, counted over the people it could have gone to. */
export function whyLeft(
  theCase: Case,
  { after }: Pick<Plan, 'after'>,
  candidates?: Iterable<EmployeeId>,
): WhyLeft {
  const hints = hintsFor([theCase], after, candidates)
  const counts = new Map<LeftCode, number>()
  for (const { judgement } of hints) {
    const code = codeOf(judgement.reasons)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const allowed = hints.filter(({ judgement }) => judgement.verdict !== 'blocked')
  return {
    counts: [...counts]
      .map(([code, count]) => ({ code, count }))
      .toSorted((a, b) => b.count - a.count),
    best: allowed.find(isOnlyFull) ?? allowed[0] ?? null,
  }
}

/** Here and able, with too much to do: better than one who is away and has nothing. */
const isOnlyFull = ({ judgement: { reasons } }: Hint): boolean =>
  ['full', 'gradual'].includes(codeOf(reasons))

const codes: Readonly<Record<string, LeftCode>> = {
  noRight: 'notMine',
  dismissed: 'takesNone',
  limitZero: 'takesNone',
  excluded: 'takesNone',
  overLimit: 'full',
  overKindLimit: 'full',
  outsideHours: 'outsideHours',
  dayClosed: 'dayClosed',
  lacksSkill: 'lacksSkill',
  clientOfOther: 'clientOfOther',
}
const leaves: Readonly<Record<string, LeftCode>> = {
  vacation: 'vacation',
  sick: 'sick',
  trip: 'trip',
}

/** The first thing against a person; with nothing against one, only the plan's own restraint is. */
function codeOf(reasons: readonly Reason[]): LeftCode {
  const [first] = reasons
  if (!first || severityOf(first) === 'information') return 'gradual'
  if (first.code === 'absentNow' || first.code === 'absentPastDue')
    return leaves[String(first['kind'])] ?? 'away'
  return codes[first.code] ?? 'takesNone'
}

/** What `seeds-program.ts` prints. */
export interface SeedsAnswer {
  readonly seeds: number
  readonly decisions: number
  readonly deaths: number
  /** Writes of decisions that changed something. */
  readonly effects: number
  readonly seconds: number
  readonly violationCount: number
  /** The first of them. */
  readonly violations: readonly { readonly seed: number; readonly what: string }[]
  /** Seeds whose two lives differed. */
  readonly unlike: readonly number[]
  /** What is not promised, by name. */
  readonly noted: Readonly<Record<string, number>>
}

/** Of several processes together. */
export function together(answers: readonly SeedsAnswer[]): SeedsAnswer {
  const sum = (name: 'seeds' | 'decisions' | 'deaths' | 'effects' | 'violationCount') =>
    answers.reduce((total, one) => total + one[name], 0)
  const noted: Record<string, number> = {}
  for (const one of answers)
    for (const [name, count] of Object.entries(one.noted)) noted[name] = (noted[name] ?? 0) + count
  return {
    seeds: sum('seeds'),
    decisions: sum('decisions'),
    deaths: sum('deaths'),
    effects: sum('effects'),
    seconds: Math.max(...answers.map(({ seconds }) => seconds)),
    violationCount: sum('violationCount'),
    violations: answers.flatMap(({ violations }) => violations),
    unlike: answers.flatMap(({ unlike }) => unlike),
    noted,
  }
}

/** One line a thing that is only counted. */
export const notedLines = ({ noted }: SeedsAnswer): string[] =>
  Object.entries(noted)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${count} × ${name}`)

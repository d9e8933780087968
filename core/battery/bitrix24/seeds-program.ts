/** Lives of a range of seeds, each twice, as a process of its own; prints one JSON line. */
import { prepareGround } from './ground.ts'
import { live } from './life.ts'
import type { SeedsAnswer } from './seeds-answer.ts'

// Errors are part of the weather here, and nobody reads where they were made.
Error.stackTraceLimit = 0

const [from, count] = process.argv.slice(2).map(Number)
const ground = prepareGround()
const startedAt = performance.now()
const noted: Record<string, number> = {}
const violations: { seed: number; what: string }[] = []
const unlike: number[] = []
const sums = { seeds: 0, decisions: 0, deaths: 0, effects: 0 }

for (let seed = from ?? 1; sums.seeds < (count ?? 0); seed += 1) {
  const one = await live({ seed, ground })
  const other = await live({ seed, ground })
  if (one.hash !== other.hash) unlike.push(seed)
  for (const what of one.violations) violations.push({ seed, what })
  for (const what of one.noted) noted[what] = (noted[what] ?? 0) + 1
  sums.seeds += 1
  sums.decisions += one.decisions
  sums.deaths += one.deaths
  sums.effects += one.effects
}

const answer: SeedsAnswer = {
  ...sums,
  seconds: (performance.now() - startedAt) / 1_000,
  violationCount: violations.length,
  violations: violations.slice(0, 10),
  unlike: unlike.slice(0, 10),
  noted,
}
process.stdout.write(`${JSON.stringify(answer)}\n`)
process.exit(0)

/** Runs schedules as a process of its own and prints one JSON line: counts, and the first fault found. */
import * as fc from 'fast-check'
import { createRunner } from './run-schedule.ts'
import { schedules } from './schedule.ts'
import type { Schedule } from './schedule.ts'

const [seed, count, isShort] = process.argv.slice(2)
const runner = createRunner()
const total = { acts: 0, decisions: 0, effects: 0, kills: 0 }

const isSound = async (schedule: Schedule) => {
  const { broken, ...counts } = await runner.run(schedule)
  for (const name of ['acts', 'decisions', 'effects', 'kills'] as const) total[name] += counts[name]
  if (broken.length > 0) throw new Error(broken.slice(0, 5).join('; '))
}

const details = await fc.check(fc.asyncProperty(schedules, isSound), {
  seed: Number(seed),
  numRuns: Number(count),
  // Whoever only wants to know whether a fault is found does not wait for the smallest case of it.
  endOnFailure: isShort === 'short',
})
runner.close()

const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = details
const fault = failed
  ? {
      at: numRuns,
      path: counterexamplePath,
      schedule: counterexample,
      why: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    }
  : null
process.stdout.write(`${JSON.stringify({ runs: numRuns, ...total, fault })}\n`)
process.exit(0)

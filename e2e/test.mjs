import { prepare } from '../electron/prepare.mjs'
import { runProgram } from '../electron/program.mjs'
/** `npm test`: installs what is missing, then types, lint, unit, store, sync, hub, build and browser tests. */
import { languageOf, wordsIn } from '../electron/words.mjs'
import { countLine, sumOf } from './count.mjs'
import { findSteps } from './steps.mjs'

const asked = process.argv.slice(2)
const { steps, unknown } = findSteps(asked)

if (unknown.length > 0) {
  process.stderr.write(
    `No such step: ${unknown.join(', ')}. Steps: ${findSteps([])
      .steps.map(({ name }) => name)
      .join(', ')}\n`,
  )
  process.exitCode = 2
} else await runProgram(test)

async function test() {
  const startedAt = Date.now()
  const node = await prepare(wordsIn(languageOf('en', {})), { isBuildNeeded: false })
  /** @type {import('./count.mjs').Count[]} */
  const counts = []
  for (const { name, run } of steps) {
    process.stdout.write(`\n── ${name}\n`)
    const stepAt = Date.now()
    const count = await run(node)
    counts.push(count)
    const outcome = count.failed === 0 ? 'ok' : 'FAILED'
    process.stdout.write(`── ${name}: ${outcome}, ${countLine(count)}, ${secondsSince(stepAt)} s\n`)
  }
  const sum = sumOf(counts)
  process.stdout.write(`\nin ${secondsSince(startedAt)} s\n${countLine(sum)}\n`)
  return sum.failed === 0 ? 0 : 1
}

/** @param {number} at */
function secondsSince(at) {
  return ((Date.now() - at) / 1000).toFixed(1)
}

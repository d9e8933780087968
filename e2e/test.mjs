/** `npm test`: installs what is missing, then types, lint, unit, store, sync, hub (on SQLite and on PostgreSQL), build and browser tests. */
import { Failure } from '../electron/failure.mjs'
import { prepare } from '../electron/prepare.mjs'
import { runProgram } from '../electron/program.mjs'
import { wordsIn } from '../electron/words.mjs'
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
  let node = ''
  /** @type {import('./steps.mjs').Step} */
  const install = {
    name: 'install',
    async run() {
      node = await prepare(wordsIn('en'), { isBuildNeeded: false })
      return { passed: 1, failed: 0, skipped: 0 }
    },
  }
  /** @type {import('./count.mjs').Count[]} */
  const counts = []
  for (const step of [install, ...steps]) {
    counts.push(await counted(step, node))
    if (node === '') break
  }
  const sum = sumOf(counts)
  for (const failure of sum.failures) process.stdout.write(`failed: ${failure}\n`)
  process.stdout.write(`\nin ${secondsSince(startedAt)} s\n${countLine(sum)}\n`)
  return sum.failed === 0 ? 0 : 1
}

/** @type {(step: import('./steps.mjs').Step, node: string) => Promise<import('./count.mjs').Count>} */
async function counted({ name, run }, node) {
  process.stdout.write(`\n── ${name}\n`)
  const startedAt = Date.now()
  const count = await run(node).catch(error => {
    process.stdout.write(`${error instanceof Failure ? error.message : error.stack}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  const outcome = count.failed === 0 ? 'ok' : 'FAILED'
  process.stdout.write(
    `── ${name}: ${outcome}, ${countLine(count)}, ${secondsSince(startedAt)} s\n`,
  )
  return count
}

/** @param {number} at */
function secondsSince(at) {
  return ((Date.now() - at) / 1000).toFixed(1)
}

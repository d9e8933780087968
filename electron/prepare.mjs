import { bundle, isBuilt } from './bundle.mjs'
import { Failure } from './failure.mjs'
import { install, isInstalled, nodePath } from './install.mjs'
import { inTurn } from './turn.mjs'

/**
 * Installs, and for `isBuildNeeded` builds, what is missing or older than its sources.
 * @param {import('./words.mjs').Say} say
 * @param {{ isBuildNeeded: boolean }} wish
 * @returns {Promise<string>} path of Node 24
 */
export async function prepare(say, { isBuildNeeded }) {
  const isReady = () => isInstalled() && (!isBuildNeeded || isBuilt())
  if (isReady()) return nodePath
  return inTurn(
    async () => {
      if (!isInstalled()) await install(say, tell)
      if (isBuildNeeded && !isBuilt()) await bundle(nodePath, say, tell)
      return nodePath
    },
    () => tell(say('waitingForOther')),
  )
}

/** A line of progress; standard output stays free for results. */
export function tell(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`)
}

/**
 * Ends the process as the program says: a failure is one sentence, anything else is ours and has a stack.
 * @param {() => Promise<void>} program
 */
export async function runProgram(program) {
  try {
    await program()
  } catch (error) {
    const text = error instanceof Failure ? error.message : error instanceof Error ? error.stack : error
    process.stderr.write(`${text}\n`)
    process.exitCode = 1
  }
}

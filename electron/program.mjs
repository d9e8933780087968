import { endChildren, onEndAsked } from './children.mjs'
import { Failure } from './failure.mjs'

/**
 * Runs a program to its exit code. Whatever it started ends with it: when it is done, when it
 * fails (a failure of the user's is one sentence, one of ours has a stack) and when it is told to.
 * @param {() => Promise<number>} program
 */
export async function runProgram(program) {
  onEndAsked(() => void endChildren().then(() => process.exit()))
  try {
    process.exitCode = await program()
  } catch (error) {
    tell(textOf(error))
    process.exitCode = 1
  } finally {
    await endChildren()
  }
}

/** A line of progress; standard output stays free for results. */
export function tell(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`)
}

/** @param {unknown} error */
const textOf = error => {
  if (error instanceof Failure) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

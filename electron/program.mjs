import { endChildren, onEndAsked } from './children.mjs'
import { Failure } from './failure.mjs'

const lastWordMs = 200

/**
 * Runs a program to its exit code. Whatever it started ends with it: when it is done, when it
 * fails (a failure of the user's is one sentence, one of ours has a stack) and when it is told to.
 * @param {() => Promise<number>} program
 */
export async function runProgram(program) {
  let isToldToEnd = false
  onEndAsked(() => {
    isToldToEnd = true
    // The program sees its children end and has its last word; one that waits for none has not.
    void endChildren().then(() => setTimeout(() => process.exit(), lastWordMs))
  })
  try {
    process.exitCode = await program()
  } catch (error) {
    if (!isToldToEnd) tell(textOf(error))
    process.exitCode = 1
  } finally {
    await endChildren()
  }
}

/** A line for whoever watches; standard output stays free for results. */
export function tell(/** @type {string} */ text) {
  process.stderr.write(`${overProgress()}${text}\n`)
}

/** How far it has come: in a terminal each line takes the place of the one before. */
export function tellProgress(/** @type {string} */ text) {
  if (!process.stderr.isTTY) return tell(text)
  process.stderr.write(overProgress() + text)
  isProgressShown = true
}

let isProgressShown = false

function overProgress() {
  const isOver = isProgressShown
  isProgressShown = false
  return isOver ? '\r\u001B[2K' : ''
}

/** @param {unknown} error */
const textOf = error => {
  if (error instanceof Failure) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

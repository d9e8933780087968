/** `node electron/run.mjs FILE …`: a program of ours on Node 24, whatever the shell has; installs what is missing. */
import { endOf, startChild } from './children.mjs'
import { prepare } from './prepare.mjs'
import { runProgram } from './program.mjs'
import { languageOf, wordsIn } from './words.mjs'

await runProgram(async () => {
  const node = await prepare(wordsIn(languageOf(undefined, process.env)), { isBuildNeeded: false })
  return endOf(startChild(node, process.argv.slice(2), { stdio: 'inherit' }))
})

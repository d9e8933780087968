/** `node electron/run.mjs FILE …`: runs a program of ours on Node 24, whatever the shell has; installs first what is missing. */
import { spawn } from 'node:child_process'
import { prepare, runProgram } from './prepare.mjs'
import { languageOf, wordsIn } from './words.mjs'

const say = wordsIn(languageOf(undefined, process.env))
await runProgram(async () => {
  const node = await prepare(say, { isBuildNeeded: false })
  const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(/** @type {NodeJS.Signals} */ (signal)))
  process.exitCode = await new Promise(resolve =>
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143))),
  )
})

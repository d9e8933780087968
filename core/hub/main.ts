/** The hub as its own program: `npm run hub -- [command]`. */
import { runCommand } from './cli/run-command.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  say: text => void process.stdout.write(`${text}\n`),
  complain: text => void (text === '' || process.stderr.write(`${text}\n`)),
})

/** The hub as its own program: `npm run hub -- [command]`. */
import { runCommand } from './cli/run-command.ts'

// The file holds clients and telephones, in whatever folder it lies.
process.umask(0o077)
// Other users of this computer see titles: what was typed may hold a password.
process.title = 'nachalo-hub'
process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  say: text => void process.stdout.write(`${text}\n`),
  complain: text => void (text === '' || process.stderr.write(`${text}\n`)),
})

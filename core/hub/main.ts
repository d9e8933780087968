/** The hub as its own program: `npm run hub -- [command]`. */
import { readCommandLine, Misused } from './cli/command-line.ts'
import { backupCommand, exportCommand, importCommand, restoreCommand } from './cli/copies.ts'
import { type Desk, deskOf, Stopped } from './cli/desk.ts'
import { doctorCommand } from './cli/doctor.ts'
import { KeyFileRefused } from './cli/key-file.ts'
import { serveCommand } from './cli/serve.ts'
import { tokenCommand } from './cli/token-command.ts'
import { speak } from './http/speak.ts'
import { HubRefusal } from './server.ts'
import { NewerDatabase } from './store/migrations.ts'

const commands: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  serve: serveCommand,
  token: tokenCommand,
  export: exportCommand,
  import: importCommand,
  backup: backupCommand,
  restore: restoreCommand,
  doctor: doctorCommand,
}

process.exitCode = await run(process.argv.slice(2))

/** Exit code: 0 done, 1 something stands in the way, 2 wrongly typed. */
async function run(args: readonly string[]): Promise<number> {
  try {
    const desk = deskOf(readCommandLine(args, process.env))
    if (desk.line.isHelp) desk.say(desk.t('hub.cli.help'))
    else await commandNamed(desk.line.words[0] ?? '')(desk)
    return 0
  } catch (error) {
    return explained(error, args.includes('en') ? 'en' : 'ru')
  }
}

function commandNamed(name: string): (desk: Desk) => Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Misused(name)
  return command
}

/** What stopped the program, as a sentence; only our own faults are thrown on. */
function explained(error: unknown, language: 'ru' | 'en'): number {
  const t = speak(language)
  const complain = (text: string) => void process.stderr.write(text === '' ? '' : `${text}\n`)
  if (error instanceof Misused) complain(`${t('hub.cli.misused', { what: error.what })}\n${t('hub.cli.seeHelp')}`)
  else if (error instanceof Stopped) complain(error.message)
  else if (error instanceof KeyFileRefused) complain(t('hub.cli.keyOpen', { path: error.path }))
  else if (error instanceof NewerDatabase) complain(t('hub.cli.newer'))
  else if (error instanceof HubRefusal) complain(refusalText(error, language))
  else throw error
  return error instanceof Misused ? 2 : 1
}

function refusalText({ code, address }: HubRefusal, language: 'ru' | 'en'): string {
  const t = speak(language)
  if (code === 'insecure') return t('hub.cli.insecure', { address })
  return address === '' ? t('hub.cli.busyCommand') : t('hub.cli.busy', { address })
}

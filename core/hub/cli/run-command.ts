import type { Language } from '../../words/words.ts'
import { speak } from '../http/speak.ts'
import { HubRefusal } from '../server.ts'
import { NewerDatabase } from '../store/migrations.ts'
import { postgresFault } from '../store/postgres-faults.ts'
import { isDatabaseFault } from '../store/sqlite.ts'
import { readCommandLine, Misused } from './command-line.ts'
import { backupCommand, exportCommand, importCommand, restoreCommand } from './copies.ts'
import { type Desk, type Outside, Stopped } from './desk.ts'
import { doctorCommand } from './doctor.ts'
import { identityCommand } from './identity-command.ts'
import { KeyFileRefused } from './key-file.ts'
import { serveCommand } from './serve.ts'
import { tokenCommand } from './token-command.ts'

const commands: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  serve: serveCommand,
  token: tokenCommand,
  identity: identityCommand,
  export: exportCommand,
  import: importCommand,
  backup: backupCommand,
  restore: restoreCommand,
  doctor: doctorCommand,
}

/** Runs one command; the exit code: 0 done, 1 something stands in the way, 2 wrongly typed. */
export async function runCommand(args: readonly string[], outside: Outside): Promise<number> {
  try {
    const line = readCommandLine(args, outside.environment)
    const desk: Desk = { ...outside, line, t: speak(line.language) }
    if (line.isPasswordSeen) desk.complain(desk.t('hubDatabase.passwordSeen'))
    if (line.isHelp) desk.say(`${desk.t('hub.cli.help')}\n\n${desk.t('hubDatabase.help')}`)
    else await commandNamed(desk.line.words[0] ?? '')(desk)
    return 0
  } catch (error) {
    return explained(error, args.includes('en') ? 'en' : 'ru', outside)
  }
}

function commandNamed(name: string): (desk: Desk) => Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Misused(name)
  return command
}

/** What stopped the program, as a sentence; only our own faults are thrown on. */
function explained(error: unknown, language: Language, { complain }: Outside): number {
  const t = speak(language)
  if (error instanceof Misused)
    complain(`${t('hub.cli.misused', { what: error.what })}\n${t('hub.cli.seeHelp')}`)
  else if (error instanceof Stopped) complain(error.message)
  else if (error instanceof KeyFileRefused) complain(t('hub.cli.keyOpen', { path: error.path }))
  else if (error instanceof NewerDatabase) complain(t('hub.cli.newer'))
  else if (error instanceof HubRefusal) complain(refusalText(error, language))
  else complain(worldText(error, language))
  return error instanceof Misused ? 2 : 1
}

/** What the disk, the network or the database said; our own faults are thrown on. */
function worldText(error: unknown, language: Language): string {
  const t = speak(language)
  const why = postgresFault(error)
  if (why !== null) return t('hubDatabase.away', { why })
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === null) throw error
  if (code === 'EADDRINUSE')
    return t('hub.cli.portTaken', {
      port: error instanceof Error && 'port' in error ? error.port : '',
    })
  return isDatabaseFault(error)
    ? t('hub.cli.unreadable', { why: code })
    : t('hub.cli.failed', { why: code })
}

function refusalText({ code, address }: HubRefusal, language: Language): string {
  const t = speak(language)
  if (code === 'insecure') return t('hub.cli.insecure', { address })
  return address === '' ? t('hub.cli.busyCommand') : t('hub.cli.busy', { address })
}

#!/usr/bin/env node
import { resolve } from 'node:path'
import { dataFolder } from '../data-folder.ts'
import { createWords } from '../words/words.ts'
import { backupCommand } from './backup-command.ts'
import { type CommandLine, commandLine } from './command-line.ts'
import { doctorCommand } from './doctor-command.ts'
import { emulatorCommand } from './emulator-command.ts'
import { importCommand } from './import-command.ts'
import { probeCommand, webhookVariable } from './probe-command.ts'
import { type ExitCode, type Terminal, terminal } from './terminal.ts'

process.umask(0o077)
const line = commandLine(process.argv.slice(2), process.env)
// npm changes into the project's folder; paths mean the one where the user stands.
const from = process.env['INIT_CWD'] ?? process.cwd()
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
process.exitCode = await obey(line, terminal(createWords(line.language).t, process))

async function obey(typed: CommandLine, io: Terminal): Promise<ExitCode> {
  const place = {
    dataFolder: dataFolder(typed.dataDir === null ? null : resolve(from, typed.dataDir)),
    from,
    language: typed.language,
    signal: interruption.signal,
  }
  if (typed.kind === 'import') return importCommand(typed, place, io)
  if (typed.kind === 'doctor') return doctorCommand({ ...place, isJson: typed.isJson }, io)
  if (typed.kind === 'backup') {
    const to = typed.to === null ? null : resolve(from, typed.to)
    return backupCommand({ ...place, isJson: typed.isJson, to }, io)
  }
  if (typed.kind === 'emulator') return emulatorCommand(typed, place, io)
  if (typed.kind === 'probe') {
    const webhook = process.env[webhookVariable] ?? ''
    return probeCommand({ ...place, webhook, isJson: typed.isJson }, io)
  }
  if (typed.kind === 'help') {
    io.out(io.t('cli.help'))
    return 0
  }
  io.err(io.t(`cli.misused.${typed.code}`, { value: typed.value }))
  io.err(io.t('cli.seeHelp'))
  return 2
}

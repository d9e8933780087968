#!/usr/bin/env node
import { resolve } from 'node:path'
import { dataFolder } from '../data-folder.ts'
import { createWords } from '../words/words.ts'
import { backupCommand } from './backup-command.ts'
import { type CommandLine, commandLine } from './command-line.ts'
import { doctorCommand } from './doctor-command.ts'
import { importCommand } from './import-command.ts'
import { type ExitCode, type Terminal, terminal } from './terminal.ts'

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
  switch (typed.kind) {
    case 'help':
      io.out(io.t('cli.help'))
      return 0
    case 'misused':
      io.err(io.t(`cli.misused.${typed.code}`, { value: typed.value }))
      io.err(io.t('cli.seeHelp'))
      return 2
    case 'import':
      return importCommand(typed, place, io)
    case 'doctor':
      return doctorCommand({ ...place, isJson: typed.isJson }, io)
    case 'backup':
      return backupCommand({ ...place, isJson: typed.isJson, to: typed.to === null ? null : resolve(from, typed.to) }, io)
  }
}

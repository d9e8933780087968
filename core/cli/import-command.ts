import { mkdirSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { freeImportName, hubFile } from '../console/spaces.ts'
import type { ImportCounts } from '../contract.ts'
import { type ImportOptions, importFile } from '../import/import-file.ts'
import type { Problem } from '../import/problem.ts'
import type { Language } from '../words/words.ts'
import type { ImportLine } from './command-line.ts'
import { liveAddress } from './live.ts'
import { type ExitCode, type Terminal, printable } from './terminal.ts'

export interface Place {
  readonly dataFolder: string
  /** Relative paths of files are meant from here. */
  readonly from: string
  readonly language: Language
  readonly signal: AbortSignal
}

/** Reads a file and, unless it is a dry run, makes a new space of it. */
export async function importCommand(
  line: ImportLine,
  place: Place,
  io: Terminal,
): Promise<ExitCode> {
  if (line.isDryRun) return run(line, null, place, io)
  const address = await liveAddress(place.dataFolder)
  if (address !== null) {
    io.err(io.t('cli.live', { folder: place.dataFolder, address }))
    return 1
  }
  const space = freeImportName(place.dataFolder)
  const databasePath = hubFile(place.dataFolder, space)
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 })
  const code = await run(line, databasePath, place, io)
  if (code !== 0) rmSync(dirname(databasePath), { recursive: true, force: true })
  else if (!line.isJson) io.out(io.t('cli.import.space', { space }))
  return code
}

async function run(
  line: ImportLine,
  databasePath: string | null,
  place: Place,
  io: Terminal,
): Promise<ExitCode> {
  const { counts, problem } = await importFile({
    source: resolve(place.from, line.file),
    mapping: line.mapping.endsWith('.json') ? resolve(place.from, line.mapping) : line.mapping,
    asOf: line.asOf,
    databasePath,
    language: place.language,
    signal: place.signal,
    onProgress: progressOn(io),
    ...(line.zone === null ? {} : { zone: line.zone }),
  })
  io.progress('')
  if (problem !== null) {
    io.err(problemText(problem, line.file, io))
    return misuses.has(problem.reason.code) ? 2 : 1
  }
  if (counts !== null) report(counts, line, io)
  return 0
}

const misuses = new Set(['unknownMapping', 'badAsOf', 'unknownZone'])

function progressOn(io: Terminal): NonNullable<ImportOptions['onProgress']> {
  let shownAt = 0
  return ({ stage, done, total }) => {
    const now = Date.now()
    if (now - shownAt < 100) return
    shownAt = now
    const percent = total === null || total === 0 ? '' : `${Math.floor((done / total) * 100)} %`
    io.progress(io.t(`cli.import.${stage}`, { percent }))
  }
}

const mostListed = 20

function report(counts: ImportCounts, line: ImportLine, io: Terminal): void {
  if (line.isJson) return io.out(JSON.stringify(counts))
  const { total, unassigned, assigned, waiting, closed } = counts.cases
  io.out(io.t(line.isDryRun ? 'cli.import.understood' : 'cli.import.imported', { file: line.file }))
  io.out(io.t('cli.import.cases', { total, unassigned, assigned, waiting, closed }))
  const { rows, departments, employees } = counts
  io.out(io.t('cli.import.found', { rows, departments, employees }))
  if (counts.skipped.length === 0) return
  io.err(io.t('cli.import.skipped', { number: counts.skipped.length }))
  for (const problem of counts.skipped.slice(0, mostListed))
    io.err(problemText(problem, line.file, io))
}

/** «файл.csv, строка 12, столбец «срок»: Дата не читается: «завтра». Ожидается: …» */
function problemText({ line, field, value, reason }: Problem, file: string, io: Terminal): string {
  const details = { line, field: printable(field), value: printable(value), ...reason }
  const place = [
    file,
    line > 0 ? io.t('cli.import.line', { line }) : '',
    field === '' ? '' : io.t('cli.import.field', { field: details.field }),
    value === '' ? '' : io.t('cli.import.value', { value: details.value }),
  ].filter(part => part !== '')
  const said = io.t(`import.problem.${reason.code}`, details)
  return `${place.join(', ')}: ${said} ${io.t(`import.remedy.${reason.code}`, details)}`
}

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ImportPreview } from '../contract.ts'
import { writeCompany } from '../hub/seed.ts'
import type { Language } from '../words/words.ts'
import { companyOf } from './company-of.ts'
import { type Mapping, readMapping } from './mapping.ts'
import { momentOf } from './moment.ts'
import { type Problem, explained, problemOf } from './problem.ts'
import { stageFile } from './stage-file.ts'
import { type Staging, openStaging } from './staging.ts'
import { type Survey, surveyor } from './survey.ts'
import { titlesOf } from './titles.ts'
import { isZone } from './zone.ts'

export type ImportProgress = (progress: {
  /** `reading` counts bytes, `writing` rows of the hub. */
  readonly stage: 'reading' | 'writing'
  readonly done: number
  readonly total: number | null
}) => void

export interface ImportOptions {
  /** A path, or the bytes themselves. */
  readonly source: string | AsyncIterable<Uint8Array>
  /** A preset (`mappingNames`) or the path of a `.json` of the same shape. */
  readonly mapping: string
  /** ISO 8601 or the mapping's own form; null: now. */
  readonly asOf: string | null
  /** Where the hub is to lie; there must be none. Null: a dry run, nothing is written. */
  readonly databasePath: string | null
  readonly language: Language
  /** What the file is called, when the path does not say it. */
  readonly fileName?: string
  /** IANA zone of dates that name none, in place of the mapping's. */
  readonly zone?: string
  readonly now?: () => number
  readonly onProgress?: ImportProgress
  readonly signal?: AbortSignal
}

/**
 * Reads a table or an event log and writes it as a fresh hub. Rows later than `asOf` do not exist;
 * a row that cannot be understood is left out and listed. What makes the whole file unusable comes
 * back as `problem`, with `counts` null and nothing written. Instants stay as the file has them: to
 * today's clock an old log is old. A case has a due only where a column says it.
 */
export async function importFile(options: ImportOptions): Promise<ImportPreview> {
  const staging = openStaging()
  try {
    return await imported(options, staging)
  } catch (error) {
    return { counts: null, problem: explained(error, options.source), sample: [] }
  } finally {
    staging.close()
  }
}

async function imported(options: ImportOptions, staging: Staging): Promise<ImportPreview> {
  const mapping = readMapping(options.mapping)
  const zone = options.zone ?? mapping.zone
  if (!isZone(zone)) return failed(problemOf('unknownZone', { value: zone }))
  const asOfAt = momentOf(options.asOf, mapping, zone, options.now ?? (() => Date.now()))
  const file = await opened(options)
  const { skipped, sample } = await stageFile(
    file.bytes,
    { mapping, zone, asOfAt, language: options.language },
    staging,
    options.signal,
  )
  const survey = await surveyed(staging, mapping, options.signal)
  if (survey.rows === 0)
    return failed(skipped[0] ?? problemOf('noRows', {}, { asOf: options.asOf ?? '' }))
  const { databasePath } = options
  if (databasePath !== null) await write({ databasePath, survey, staging, zone }, options)
  const counts = {
    rows: survey.rows,
    skipped,
    departments: survey.departments.size,
    employees: [...survey.people.values()].filter(person => !person.isSystem).length,
    cases: survey.cases,
  }
  return { counts, problem: null, sample }
}

function failed(problem: Problem): ImportPreview {
  return { counts: null, problem, sample: [] }
}

async function opened(options: ImportOptions) {
  const { source, onProgress, signal } = options
  const total = typeof source === 'string' ? (await stat(source)).size : null
  const bytes = typeof source === 'string' ? createReadStream(source) : source
  return { bytes: told(bytes, total, onProgress, signal) }
}

async function* told(
  bytes: AsyncIterable<Uint8Array>,
  total: number | null,
  onProgress: ImportProgress | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const piece of bytes) {
    signal?.throwIfAborted()
    done += piece.byteLength
    onProgress?.({ stage: 'reading', done, total })
    yield piece
  }
}

const casesBetweenPauses = 500

async function surveyed(staging: Staging, mapping: Mapping, signal?: AbortSignal): Promise<Survey> {
  const { add, survey } = surveyor(mapping)
  let count = 0
  for (const entries of staging.cases()) {
    add(entries)
    count += 1
    if (count % casesBetweenPauses === 0) {
      await setImmediate()
      signal?.throwIfAborted()
    }
  }
  return survey()
}

interface Found {
  readonly databasePath: string
  readonly survey: Survey
  readonly staging: Staging
  readonly zone: string
}

async function write(
  { databasePath, survey, staging, zone }: Found,
  options: ImportOptions,
): Promise<void> {
  const total = survey.cases.total + survey.clients.size + survey.historyLines
  const named = typeof options.source === 'string' ? basename(options.source) : ''
  const titles = titlesOf(options.language, options.fileName ?? named)
  await writeCompany(databasePath, companyOf(survey, staging, titles, zone), {
    onProgress: done =>
      options.onProgress?.({ stage: 'writing', done: Math.min(done, total), total }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
}

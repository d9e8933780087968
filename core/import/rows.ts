import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { ImportError, problemOf } from './problem.ts'
import { separatorOf } from './separator.ts'

/** One record; `line` is where it begins, from 1. */
export interface Row {
  readonly line: number
  readonly values: readonly string[]
}

/** Longer than this a record is not a row of a table but a lost quote. */
const longestRecordBytes = 16 * 1024 * 1024
/** The header must end within this many characters. */
const longestHeader = 1_000_000

/**
 * Records of a text with `\n` line ends, one by one; the separator (`,` `;` tab) is the one the
 * first line uses most. Lines without any value are passed over. Throws an `ImportError`:
 * `quoteOpen`, `recordTooLong`, `badRow`, and whatever `text` throws.
 */
export async function* readRows(text: AsyncIterable<string>): AsyncGenerator<Row> {
  const pieces = text[Symbol.asyncIterator]()
  const head = await headOf(pieces)
  let lastLine = 0
  const parser = parse({
    delimiter: separatorOf(head),
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecordBytes,
    info: true,
    on_record: (values, { lines }) => {
      lastLine = lines
      return values
    },
  })
  const done = pipeline(Readable.from(withHead(head, pieces)), parser).catch(error => {
    throw explained(error, lastLine + 1)
  })
  done.catch(() => {})
  try {
    for await (const record of parser) {
      const found: { info: { lines: number }; record: string[] } = record
      const values = found.record
      if (values.some(value => value.trim() !== ''))
        yield { line: found.info.lines - newlinesIn(values), values }
    }
  } catch (error) {
    throw explained(error, lastLine + 1)
  }
  await done
}

async function headOf(pieces: AsyncIterator<string>): Promise<string> {
  let head = ''
  while (!head.includes('\n') && head.length < longestHeader) {
    const next = await pieces.next()
    if (next.done === true) break
    head += next.value
  }
  return head
}

async function* withHead(head: string, pieces: AsyncIterator<string>): AsyncGenerator<string> {
  yield head
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next())
    if (next.value !== '') yield next.value
}

function newlinesIn(values: readonly string[]): number {
  let count = 0
  for (const value of values)
    for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) count += 1
  return count
}

function explained(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new ImportError(problemOf('quoteOpen', { line }))
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new ImportError(problemOf('recordTooLong', { line }, { limit: longestRecordBytes }))
  return new ImportError(problemOf('badRow', { line, value: error.message }))
}

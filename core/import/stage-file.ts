import type { ImportPreview } from '../contract.ts'
import { columnsOf } from './columns.ts'
import { decode } from './decode.ts'
import { type Reading, interpreter } from './interpret.ts'
import { ImportError, type Problem, problemOf } from './problem.ts'
import { type Row, readRows } from './rows.ts'
import type { Staging } from './staging.ts'

export interface Staged {
  readonly skipped: readonly Problem[]
  /** The header and the first rows, cells cut short. */
  readonly sample: ImportPreview['sample']
}

/** More rows left out than this, and the file is not what the mapping takes it for. */
const mostSkipped = 10_000
const sampleRows = 20
const longestCell = 200

/**
 * Puts the rows of a file into `staging`. Throws an `ImportError` for what makes the whole file
 * unusable: `empty`, `tooManySkipped`, and those of `decode`, `readRows` and `columnsOf`.
 */
export async function stageFile(
  bytes: AsyncIterable<Uint8Array>,
  reading: Omit<Reading, 'columns'>,
  staging: Staging,
  signal?: AbortSignal,
): Promise<Staged> {
  const skipped: Problem[] = []
  const sample: string[][] = []
  let interpret: ReturnType<typeof interpreter> | null = null
  for await (const row of readRows(decode(bytes))) {
    signal?.throwIfAborted()
    if (sample.length <= sampleRows)
      sample.push(row.values.map(value => value.slice(0, longestCell)))
    if (interpret === null) {
      const columns = columnsOf(row.values, row.line, reading.mapping)
      interpret = interpreter({ ...reading, columns })
    } else addOrSkip(row, interpret, staging, skipped)
  }
  if (interpret === null) throw new ImportError(problemOf('empty'))
  return { skipped, sample }
}

function addOrSkip(
  row: Row,
  interpret: ReturnType<typeof interpreter>,
  staging: Staging,
  skipped: Problem[],
): void {
  try {
    const entry = interpret(row)
    if (entry !== null) staging.add(entry)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    skipped.push(error.problem)
    if (skipped.length > mostSkipped)
      throw new ImportError(problemOf('tooManySkipped', error.problem, { limit: mostSkipped }))
  }
}
